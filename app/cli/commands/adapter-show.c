/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/commands/adapter-show.h"

#include <glib/gi18n-lib.h>

#include "app/cli/frame/session.h"
#include "app/cli/print/fact-lines.h"
#include "app/text/adapter-facts.h"
#include "backend/varlink/wire/error.h"

static void
print_adapter (NtOutput *output, const NtState *state, const NtAdapter *adapter, const NtAdapterDetails *details)
{
  const NtFactSink listener = nt_facts_listen (output);

  nt_facts_print (output, _("Adapter"), adapter->name);
  nt_facts_print_health (output, _("State"), nt_health_of_link_state (adapter->state),
                         nt_enum_label (&nt_link_state_enum, adapter->state));
  nt_facts_print (output, _("Reason"), nt_enum_label (&nt_reason_enum, adapter->reason));
  nt_adapter_facts_list (&listener, state, adapter, details);
}

static void
show (NtSession *session, const NtAdapter *adapter, const NtAdapterDetails *details)
{
  NtOutput *output = nt_session_get_invocation (session)->output;
  const char *server = nt_session_get_server (session);

  if (!nt_output_is_json (output))
    {
      print_adapter (output, nt_session_get_state (session), adapter, details);
      return;
    }
  nt_output_add_json (output, server, "adapter", nt_facts_record_to_node (adapter));
  if (details != NULL)
    nt_output_add_json (output, server, "details", nt_facts_record_to_node (details));
}

static void
details_cb (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data)
{
  g_autoptr (NtAdapterReply) answer =
    nt_session_take_optional_reply (session, reply, error, &nt_adapter_reply_type);

  if (answer != NULL || g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_NOT_FOUND))
    show (session, user_data, answer ? answer->details : NULL);
}

static NtExit
show_on (NtSession *session, NtInvocation *invocation)
{
  const char *name = invocation->arguments[0];
  const NtAdapter *adapter = nt_state_find_adapter (nt_session_get_state (session), name);
  g_autoptr (JsonObject) parameters = json_object_new ();

  if (adapter == NULL)
    return nt_session_fail (session, NT_EXIT_REFUSED,
                            _("No adapter named “%s”. List adapters with “nicteam adapter list --all”."), name);
  json_object_set_string_member (parameters, "name", name);
  nt_session_call (session, "GetAdapter", parameters, details_cb, (gpointer) adapter);
  return NT_EXIT_OK;
}

/**
 * nt_adapter_show:
 *
 * Shows the details of an adapter. An agent without GetAdapter reports fewer of them.
 *
 * Returns: the exit status
 */
NtExit
nt_adapter_show (NtInvocation *invocation)
{
  return nt_session_run (invocation, show_on);
}
