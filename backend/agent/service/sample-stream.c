/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/service/sample-stream.h"

#include "backend/agent/base/clock.h"
#include "backend/model/base/record-json.h"

/* A call of SubscribeStatistics; lives until its client disconnects. */
typedef struct
{
  NtKernel *kernel;
  NtVarlinkCall *call;
  GPtrArray *links;
  guint source;
} Stream;

static gboolean
sample_cb (gpointer user_data)
{
  Stream *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtSamples) samples = NULL;
  g_autoptr (JsonObject) parameters = NULL;

  /* A slow client misses samples, but no traffic: the counters keep counting. */
  if (nt_varlink_call_get_pending (self->call) > 0)
    return G_SOURCE_CONTINUE;

  samples = nt_kernel_sample (self->kernel, self->links, &error);
  if (samples == NULL)
    {
      g_warning ("cannot read counters: %s", error->message);
      return G_SOURCE_CONTINUE;
    }
  parameters = nt_record_to_json (samples);
  nt_varlink_call_reply_continues (self->call, parameters);
  return G_SOURCE_CONTINUE;
}

static void
closed_cb (NtVarlinkCall *call, gpointer user_data)
{
  Stream *self = user_data;

  g_signal_handlers_disconnect_by_data (self->call, self);
  nt_clock_clear (&self->source);
  g_ptr_array_unref (self->links);
  g_object_unref (self->kernel);
  g_object_unref (self->call);
  g_free (self);
}

/**
 * nt_sample_stream_start:
 * @call: a call of SubscribeStatistics, with more
 * @links: (element-type utf8): names of links; empty = all
 *
 * Sends the counters immediately and then at each interval, until the client disconnects.
 */
void
nt_sample_stream_start (NtKernel *kernel, NtVarlinkCall *call, guint interval_ms, GPtrArray *links)
{
  Stream *self = g_new0 (Stream, 1);

  self->kernel = g_object_ref (kernel);
  self->call = g_object_ref (call);
  self->links = g_ptr_array_ref (links);
  self->source = nt_clock_add_timeout (interval_ms, sample_cb, self);
  g_signal_connect (call, "closed", G_CALLBACK (closed_cb), self);
  sample_cb (self);
}
