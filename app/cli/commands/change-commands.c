/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/cli/frame/command.h"
#include "app/cli/frame/option.h"
#include "app/cli/frame/session-apply.h"
#include "app/cli/frame/session-confirm.h"
#include "app/cli/frame/session.h"
#include "app/cli/print/fact-lines.h"
#include "app/text/format.h"
#include "backend/model/history/event.h"

static const NtPending *
get_pending (NtSession *session, NtExit *code)
{
  const NtPending *pending = nt_session_get_state (session)->pending;

  if (pending == NULL)
    *code = nt_session_fail (session, NT_EXIT_REFUSED, _("No change is waiting for confirmation"));
  return pending;
}

static void
confirmed_cb (NtSession *session, gboolean confirmed, gpointer user_data)
{
  if (confirmed)
    nt_session_report_done (session, "confirmed", _("change confirmed"));
}

static NtExit
confirm_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  const NtPending *pending = get_pending (session, &code);

  if (pending != NULL)
    nt_session_confirm (session, pending, confirmed_cb, NULL);
  return code;
}

static NtExit
confirm (NtInvocation *invocation)
{
  return nt_session_run (invocation, confirm_on);
}

static void
reverted_cb (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data)
{
  if (error != NULL)
    nt_session_fail_with (session, error);
  else
    nt_session_report_done (session, "reverted", _("change reverted"));
}

static NtExit
revert_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;

  if (get_pending (session, &code) != NULL)
    nt_session_call (session, "Revert", NULL, reverted_cb, NULL);
  return code;
}

static NtExit
revert (NtInvocation *invocation)
{
  return nt_session_run (invocation, revert_on);
}

static char *change_id;

static const GOptionEntry undo_options[] = {
  { "change", 0, 0, NT_OPTION_TEXT, &change_id,
    N_("Undo only if this is the last change; ids are in “nicteam --json history”"), N_("ID") },
  { NULL },
};

static NtExit
undo_on (NtSession *session, NtInvocation *invocation)
{
  nt_session_undo (session, change_id, _("last change undone"));
  return NT_EXIT_OK;
}

static NtExit
undo (NtInvocation *invocation)
{
  return nt_session_run (invocation, undo_on);
}

static void
add_entry (NtSession *session, const NtHistoryEntry *entry)
{
  NtOutput *output = nt_session_get_invocation (session)->output;
  g_autofree char *time = nt_format_time (entry->time_s);
  g_autofree char *what = nt_history_entry_describe (entry);

  nt_output_begin_row (output, nt_session_get_server (session));
  nt_output_add_cell (output, time);
  nt_output_add_health (output, nt_health_of_outcome (entry->outcome), nt_enum_label (&nt_outcome_enum, entry->outcome));
  nt_output_add_cell (output, entry->who);
  nt_output_add_cell (output, what);
}

static void
history_cb (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data)
{
  static const char *const titles[] = { N_("TIME"), N_("OUTCOME"), N_("USER"), N_("CHANGE"), NULL };
  NtOutput *output = nt_session_get_invocation (session)->output;
  g_autoptr (NtHistory) history = nt_session_take_reply (session, reply, error, &nt_history_type);

  if (history == NULL)
    return;
  nt_output_set_columns (output, titles);
  for (guint i = 0; i < history->entries->len; i++)
    add_entry (session, history->entries->pdata[i]);
  nt_output_add_json (output, nt_session_get_server (session), "history", nt_facts_records_to_node (history->entries));
}

static NtExit
history_on (NtSession *session, NtInvocation *invocation)
{
  nt_session_call (session, "GetHistory", NULL, history_cb, NULL);
  return NT_EXIT_OK;
}

static NtExit
history (NtInvocation *invocation)
{
  return nt_session_run (invocation, history_on);
}

static void
add_event (NtSession *session, const NtEvent *event)
{
  NtOutput *output = nt_session_get_invocation (session)->output;
  g_autofree char *time = nt_format_time (event->time_ms / 1000);
  g_autofree char *what = nt_event_describe (event);

  nt_output_begin_row (output, nt_session_get_server (session));
  nt_output_add_cell (output, time);
  nt_output_add_cell (output, event->team);
  nt_output_add_health (output, nt_health_of_event (event), what);
}

static void
events_cb (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data)
{
  static const char *const titles[] = { N_("TIME"), N_("TEAM"), N_("EVENT"), NULL };
  NtOutput *output = nt_session_get_invocation (session)->output;
  g_autoptr (NtEventsReply) events = nt_session_take_reply (session, reply, error, &nt_events_reply_type);

  if (events == NULL)
    return;
  nt_output_set_columns (output, titles);
  for (guint i = 0; i < events->events->len; i++)
    add_event (session, events->events->pdata[i]);
  nt_output_add_json (output, nt_session_get_server (session), "events", nt_facts_records_to_node (events->events));
}

static NtExit
events_on (NtSession *session, NtInvocation *invocation)
{
  nt_session_call (session, "GetEvents", NULL, events_cb, NULL);
  return NT_EXIT_OK;
}

static NtExit
events (NtInvocation *invocation)
{
  return nt_session_run (invocation, events_on);
}

const NtCommand nt_change_commands[] = {
  { "confirm", NULL, "", N_("Confirm the change that is waiting"), 0, 0, NULL, confirm },
  { "revert", NULL, "", N_("Revert the change that is waiting"), 0, 0, NULL, revert },
  { "undo", NULL, "", N_("Undo the last confirmed change; run again to redo it"), 0, 0, undo_options, undo },
  { "history", NULL, "", N_("List past changes with time, user and outcome"), 0, 0, NULL, history },
  { "events", NULL, "", N_("List recent events of links, members and teams, and changes"), 0, 0, NULL, events },
  { NULL },
};
