/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/sampler.h"

#include <string.h>

#include "app/reach/channel.h"
#include "backend/model/base/record-json.h"

/* The default interval */
#define INTERVAL_MS 1000

/* The traffic of one link */
typedef struct
{
  gint64 time;
  NtSample *last;
  NtSeries series;
} Record;

struct _NtSampler
{
  GObject parent_instance;

  NtServer *server;
  NtChannel *channel;
  GCancellable *cancellable;
  GHashTable *records; /* name of a link → Record */
  int interval;        /* in milliseconds */
};

G_DEFINE_TYPE (NtSampler, nt_sampler, G_TYPE_OBJECT)

enum
{
  SAMPLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
record_free (gpointer data)
{
  Record *record = data;

  g_clear_pointer (&record->last, nt_sample_unref);
  g_free (record);
}

static void
push (NtSeries *series, double rx, double tx)
{
  gsize rest = sizeof series->rx - sizeof series->rx[0];

  memmove (series->rx, series->rx + 1, rest);
  memmove (series->tx, series->tx + 1, rest);
  series->rx[NT_SERIES_LENGTH - 1] = rx;
  series->tx[NT_SERIES_LENGTH - 1] = tx;
  series->length = MIN (series->length + 1, NT_SERIES_LENGTH);
}

/* The counters of a recreated link start at zero again, which must not give a negative rate. */
static double
get_rate (gint64 before, gint64 after, gint64 microseconds)
{
  return after > before ? (after - before) * (double) G_USEC_PER_SEC / microseconds : 0;
}

static Record *
get_record (NtSampler *self, const char *link)
{
  Record *record = g_hash_table_lookup (self->records, link);

  if (record == NULL)
    {
      record = g_new0 (Record, 1);
      g_hash_table_insert (self->records, g_strdup (link), record);
    }
  return record;
}

static void
take_sample (NtSampler *self, const NtSample *sample, gint64 time)
{
  Record *record = get_record (self, sample->link);

  if (record->last != NULL && time > record->time)
    push (&record->series,
          get_rate (record->last->rx_bytes, sample->rx_bytes, time - record->time),
          get_rate (record->last->tx_bytes, sample->tx_bytes, time - record->time));
  g_clear_pointer (&record->last, nt_sample_unref);
  record->last = nt_sample_ref (sample);
  record->time = time;
}

static void
samples_cb (NtVarlinkClient *client, JsonObject *parameters, gpointer user_data)
{
  g_autoptr (NtSamples) samples =
    nt_record_from_json (&nt_samples_type, parameters, NT_JSON_LENIENT, NULL);

  if (samples != NULL)
    nt_sampler_take_samples (user_data, samples);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JsonObject) last = nt_channel_call_finish (NT_CHANNEL (source), result, NULL);
}

static void
unsubscribe (NtSampler *self)
{
  if (self->channel == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  nt_channel_close (self->channel);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->channel);
}

static void
subscribe (NtSampler *self)
{
  g_autoptr (JsonObject) parameters = json_object_new ();

  json_object_set_int_member (parameters, "interval_ms", self->interval);
  self->channel = nt_channel_new (nt_server_get_address (self->server), NT_TRANSPORT_DEFAULT);
  self->cancellable = g_cancellable_new ();
  nt_channel_call_async (self->channel,
                         VARLINK_INTERFACE ".SubscribeStatistics",
                         parameters,
                         samples_cb,
                         self,
                         self->cancellable,
                         ended_cb,
                         NULL);
}

/* Samples are taken while the server is connected. */
static void
state_changed_cb (NtSampler *self)
{
  gboolean is_online = nt_server_get_connection (self->server) == NT_CONNECTION_ONLINE;

  if (is_online && self->channel == NULL)
    subscribe (self);
  else if (!is_online)
    unsubscribe (self);
}

static void
nt_sampler_dispose (GObject *object)
{
  nt_sampler_set_server (NT_SAMPLER (object), NULL);

  G_OBJECT_CLASS (nt_sampler_parent_class)->dispose (object);
}

static void
nt_sampler_finalize (GObject *object)
{
  NtSampler *self = NT_SAMPLER (object);

  g_clear_pointer (&self->records, g_hash_table_unref);

  G_OBJECT_CLASS (nt_sampler_parent_class)->finalize (object);
}

static void
nt_sampler_class_init (NtSamplerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = nt_sampler_dispose;
  object_class->finalize = nt_sampler_finalize;

  /**
   * NtSampler::sampled:
   *
   * New rates are available.
   */
  signals[SAMPLED] =
    g_signal_new ("sampled", NT_TYPE_SAMPLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_sampler_init (NtSampler *self)
{
  self->interval = INTERVAL_MS;
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, record_free);
}

/**
 * nt_sampler_new:
 *
 * Returns: (transfer full): a sampler without a server
 */
NtSampler *
nt_sampler_new (void)
{
  return g_object_new (NT_TYPE_SAMPLER, NULL);
}

/**
 * nt_sampler_set_server:
 * @server: (nullable):
 *
 * Starts to sample all links of @server over a connection of its own, and drops the samples of the previous server.
 */
void
nt_sampler_set_server (NtSampler *self, NtServer *server)
{
  if (self->server == server)
    return;
  if (self->server != NULL)
    g_signal_handlers_disconnect_by_data (self->server, self);
  unsubscribe (self);
  g_hash_table_remove_all (self->records);

  g_set_object (&self->server, server);
  if (server == NULL)
    return;
  g_signal_connect_swapped (server, "state-changed", G_CALLBACK (state_changed_cb), self);
  state_changed_cb (self);
}

/**
 * nt_sampler_set_interval:
 * @milliseconds: from 250 to 60000; the default is 1000
 *
 * Existing rates are dropped, since they have a different time scale.
 */
void
nt_sampler_set_interval (NtSampler *self, int milliseconds)
{
  if (self->interval == milliseconds)
    return;
  self->interval = milliseconds;
  unsubscribe (self);
  g_hash_table_remove_all (self->records);
  if (self->server != NULL)
    state_changed_cb (self);
}

/**
 * nt_sampler_take_samples:
 * @samples: counters of links at one moment
 *
 * Computes rates from counters.
 */
void
nt_sampler_take_samples (NtSampler *self, const NtSamples *samples)
{
  for (guint i = 0; i < samples->samples->len; i++)
    take_sample (self, g_ptr_array_index (samples->samples, i), samples->time_us);
  g_signal_emit (self, signals[SAMPLED], 0);
}

/**
 * nt_sampler_get_series:
 *
 * Returns: (transfer none) (nullable): the rates of @link, valid until the next sample
 */
const NtSeries *
nt_sampler_get_series (NtSampler *self, const char *link)
{
  Record *record = g_hash_table_lookup (self->records, link);

  return record ? &record->series : NULL;
}

/**
 * nt_sampler_get_totals:
 *
 * Returns: (transfer none) (nullable): the counters of @link, valid until the next sample
 */
const NtSample *
nt_sampler_get_totals (NtSampler *self, const char *link)
{
  Record *record = g_hash_table_lookup (self->records, link);

  return record ? record->last : NULL;
}
