/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "app/cli/frame/command.h"
#include "app/cli/frame/option.h"
#include "app/cli/frame/session.h"
#include "app/cli/print/fact-lines.h"
#include "app/cli/print/standard-output.h"
#include "app/text/format.h"
#include "backend/model/base/record-json.h"
#include "backend/model/history/event.h"

static gint64 interval_s = 1;
static gint64 count;

static GCancellable *interrupt; /* ends all subscriptions */

static gboolean
parse_interval (const char *name, const char *value, gpointer data, GError **error)
{
  return nt_option_parse_number (name, value, 1, 60, &interval_s, error);
}

static gboolean
parse_count (const char *name, const char *value, gpointer data, GError **error)
{
  return nt_option_parse_number (name, value, 0, G_MAXINT, &count, error);
}

static const GOptionEntry stats_options[] = {
  { "interval", 'i', NT_OPTION_PARSED_BY (parse_interval), N_("Interval from 1 to 60 (default: 1)"), N_("SECONDS") },
  { "count", 'c', NT_OPTION_PARSED_BY (parse_count), N_("Number of reports; 0 = until interrupted"), N_("NUMBER") },
  { NULL },
};

/* A subscription on one server. */
typedef struct
{
  NtSession *session;
  NtInvocation *invocation;
  GCancellable *cancellable;
  NtSamples *samples;
  gint64 rounds;
} Watch;

static gboolean
interrupted_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

static void
cancel_cb (GCancellable *cancelled, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
print_json_line (Watch *watch, JsonObject *parameters)
{
  g_autoptr (JsonObject) line = json_object_new ();

  json_object_set_string_member (line, "server", nt_session_get_server (watch->session));
  json_object_set_object_member (line, "reply", json_object_ref (parameters));
  nt_output_print_object (line);
}

/* Nobody would see what else happens. */
static void
stop_if_unwritable (void)
{
  if (nt_stdout_has_failed ())
    g_cancellable_cancel (interrupt);
}

static void
print_line (Watch *watch, gint64 time_ms, NtHealth health, const char *what, const char *words)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (time_ms / 1000);
  g_autofree char *time = g_date_time_format (at, "%H:%M:%S");
  g_autofree char *painted = nt_output_colorize (health, words);

  g_print ("%s  %s  %s%s%s\n", time, nt_session_get_server (watch->session), what ? what : "", what ? ": " : "", painted);
}

static void
report_events (Watch *watch, const NtChanges *changes)
{
  for (guint i = 0; i < changes->events->len; i++)
    {
      const NtEvent *event = changes->events->pdata[i];
      g_autofree char *words = nt_event_describe (event);

      print_line (watch, event->time_ms, nt_health_of_event (event), event->team, words);
    }
}

/* Prints the initial status; earlier events are not reported. */
static void
report_state (Watch *watch, const NtState *state)
{
  print_line (watch, g_get_real_time () / 1000, nt_health_of_status (state->status), NULL,
              nt_enum_label (&nt_status_enum, state->status));
}

static void
changes_cb (NtVarlinkClient *client, JsonObject *parameters, gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (NtChanges) changes = nt_record_from_json (&nt_changes_type, parameters, NT_JSON_LENIENT, NULL);

  if (changes == NULL)
    return;
  if (nt_output_is_json (watch->invocation->output))
    print_json_line (watch, parameters);
  else if (changes->state != NULL)
    report_state (watch, changes->state);
  else
    report_events (watch, changes);
  stop_if_unwritable ();
}

static void
ended_cb (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data)
{
  Watch *watch = user_data;

  if (error != NULL && !g_cancellable_is_cancelled (watch->cancellable))
    nt_session_fail_with (session, error);
  g_clear_pointer (&watch->samples, nt_samples_unref);
  g_object_unref (watch->cancellable);
  g_free (watch);
}

/* Subscribes until interrupted. */
static void
follow (NtSession *session, NtInvocation *invocation, const char *method, JsonObject *parameters, NtVarlinkReplyFunc func)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->session = session;
  watch->invocation = invocation;
  watch->cancellable = g_cancellable_new ();
  g_cancellable_connect (interrupt, G_CALLBACK (cancel_cb), g_object_ref (watch->cancellable), g_object_unref);
  nt_session_follow (session, method, parameters, func, watch->cancellable, ended_cb, watch);
}

/* Runs on all servers in parallel until SIGINT. */
static NtExit
watch_all (NtInvocation *invocation, NtSessionFunc func)
{
  guint source;
  NtExit code;

  interrupt = g_cancellable_new ();
  source = g_unix_signal_add (SIGINT, interrupted_cb, interrupt);
  code = nt_session_run (invocation, func);
  g_source_remove (source);
  g_clear_object (&interrupt);
  return code;
}

static NtExit
monitor_on (NtSession *session, NtInvocation *invocation)
{
  follow (session, invocation, "Subscribe", NULL, changes_cb);
  return NT_EXIT_OK;
}

static NtExit
monitor (NtInvocation *invocation)
{
  return watch_all (invocation, monitor_on);
}

static const NtSample *
find_sample (const NtSamples *samples, const char *link)
{
  for (guint i = 0; i < samples->samples->len; i++)
    {
      const NtSample *sample = samples->samples->pdata[i];

      if (g_strcmp0 (sample->link, link) == 0)
        return sample;
    }
  return NULL;
}

static void
add_number (NtOutput *output, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  nt_output_add_cell (output, text);
}

static void
add_rate (NtOutput *output, gint64 before, gint64 now, double seconds)
{
  g_autofree char *text = nt_format_rate ((double) (now - before) / seconds);

  nt_output_add_cell (output, text);
}

static void
add_rates (Watch *watch, const NtSample *before, const NtSample *now, double seconds)
{
  NtOutput *output = watch->invocation->output;

  nt_output_begin_row (output, nt_session_get_server (watch->session));
  nt_output_add_cell (output, now->link);
  add_rate (output, before->rx_bytes, now->rx_bytes, seconds);
  add_rate (output, before->tx_bytes, now->tx_bytes, seconds);
  add_number (output, now->rx_packets - before->rx_packets);
  add_number (output, now->tx_packets - before->tx_packets);
  add_number (output, now->rx_errors + now->tx_errors);
  add_number (output, now->rx_dropped + now->tx_dropped);
}

static void
print_rates (Watch *watch, const NtSamples *now)
{
  static const char *const titles[] = { N_("LINK"), N_("RECEIVED"), N_("SENT"), N_("PACKETS IN"), N_("PACKETS OUT"),
                                        N_("ERRORS"), N_("DROPPED"), NULL };
  double seconds = (double) (now->time_us - watch->samples->time_us) / G_USEC_PER_SEC;

  nt_output_set_columns (watch->invocation->output, titles);
  for (guint i = 0; i < now->samples->len; i++)
    {
      const NtSample *sample = now->samples->pdata[i];
      const NtSample *before = find_sample (watch->samples, sample->link);

      if (before != NULL && seconds > 0)
        add_rates (watch, before, sample, seconds);
    }
  nt_output_flush (watch->invocation->output);
  nt_output_print (watch->invocation->output, "\n");
  nt_output_emit (watch->invocation->output);
}

static void
samples_cb (NtVarlinkClient *client, JsonObject *parameters, gpointer user_data)
{
  Watch *watch = user_data;
  NtSamples *samples = nt_record_from_json (&nt_samples_type, parameters, NT_JSON_LENIENT, NULL);

  if (samples == NULL)
    return;
  if (nt_output_is_json (watch->invocation->output))
    print_json_line (watch, parameters);
  else if (watch->samples != NULL)
    print_rates (watch, samples);
  /* A rate needs two samples, so the first one is not a report. */
  if (count > 0 && watch->samples != NULL && ++watch->rounds >= count)
    g_cancellable_cancel (watch->cancellable);
  g_clear_pointer (&watch->samples, nt_samples_unref);
  watch->samples = samples;
  stop_if_unwritable ();
}

static JsonObject *
make_statistics_request (char **links)
{
  JsonObject *request = json_object_new ();
  JsonArray *names = json_array_new ();

  for (guint i = 0; links[i] != NULL; i++)
    json_array_add_string_element (names, links[i]);
  json_object_set_int_member (request, "interval_ms", interval_s * 1000);
  json_object_set_array_member (request, "links", names);
  return request;
}

static gboolean
has_link (const NtState *state, const char *name)
{
  if (nt_state_find_adapter (state, name) != NULL)
    return TRUE;
  for (guint i = 0; i < state->teams->len; i++)
    {
      const NtTeam *team = state->teams->pdata[i];

      if (g_strcmp0 (team->device, name) == 0)
        return TRUE;
      for (guint j = 0; j < team->interfaces->len; j++)
        if (g_strcmp0 (((NtInterface *) team->interfaces->pdata[j])->device, name) == 0)
          return TRUE;
    }
  return FALSE;
}

static NtExit
stats_on (NtSession *session, NtInvocation *invocation)
{
  g_autoptr (JsonObject) request = make_statistics_request (invocation->arguments);

  for (guint i = 0; invocation->arguments[i] != NULL; i++)
    if (!has_link (nt_session_get_state (session), invocation->arguments[i]))
      return nt_session_fail (session, NT_EXIT_REFUSED, _("No adapter or device named “%s”"), invocation->arguments[i]);
  follow (session, invocation, "SubscribeStatistics", request, samples_cb);
  return NT_EXIT_OK;
}

static NtExit
show_statistics (NtInvocation *invocation)
{
  return watch_all (invocation, stats_on);
}

const NtCommand nt_watch_commands[] = {
  { "monitor", NULL, "", N_("Report changes as they happen"), 0, 0, NULL, monitor, TRUE },
  { "stats", NULL, N_("[DEVICE…]"), N_("Show the traffic of adapters, teams and interfaces"), 0, G_MAXUINT, stats_options,
    show_statistics, TRUE },
  { NULL },
};
