/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/adapter-show.h"

#include <glib/gi18n-lib.h>

#include "cli/facts.h"
#include "cli/session.h"
#include "format.h"
#include "model/offload.h"
#include "varlink/error.h"

static void
print_words (NtOutput *output, const char *label, const NtEnum *words, const GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    nt_facts_print (output, label, nt_enum_label (words, nt_enum_parse (words, list->pdata[i])));
}

static void
print_membership (NtOutput *output, const NtState *state, const NtAdapter *adapter)
{
  const NtTeam *team = nt_state_find_team (state, adapter->team);

  nt_facts_print (output, _("Team"), team ? team->name : NULL);
  nt_facts_print (output, _("Can be teamed"), adapter->obstacles->len == 0 ? _("yes") : _("no"));
  print_words (output, _("Cannot be teamed"), &nt_obstacle_enum, adapter->obstacles);
  print_words (output, _("Caution"), &nt_caution_enum, adapter->cautions);
}

static void
print_link (NtOutput *output, const NtAdapter *adapter, const NtAdapterDetails *details)
{
  g_autofree char *speed = nt_format_speed (adapter->speed);

  nt_facts_print (output, _("Speed"), speed);
  nt_facts_print (output, _("Duplex"), nt_enum_label (&nt_duplex_enum, adapter->duplex));
  nt_facts_print (output, _("Enabled"), adapter->enabled ? _("yes") : _("no"));
  nt_facts_print (output, _("Carrier"), adapter->carrier ? _("yes") : _("no"));
  if (details != NULL && !adapter->carrier)
    nt_facts_print (output, _("The driver says"), nt_enum_label (&nt_link_detail_enum, details->link_detail));
}

static void
print_device (NtOutput *output, const NtAdapter *adapter)
{
  g_autofree char *addresses = nt_facts_join_addresses (adapter->addresses);

  nt_facts_print (output, _("MAC address"), adapter->mac);
  nt_facts_print (output, _("Permanent MAC"), adapter->permanent_mac);
  nt_facts_print_number (output, _("MTU"), adapter->mtu);
  nt_facts_print (output, _("Driver"), adapter->driver);
  nt_facts_print (output, _("Bus"), adapter->bus);
  nt_facts_print (output, _("Description"), adapter->description);
  nt_facts_print (output, _("Addresses"), addresses);
}

static void
print_functions (NtOutput *output, const NtAdapterDetails *details)
{
  g_autofree char *rdma = nt_facts_join_strings (details->rdma_devices);
  g_autofree char *functions = NULL;

  if (details->virtual_functions >= 0)
    functions = g_strdup_printf (_("%d of %d"), (int) details->virtual_functions,
                                 (int) MAX (details->virtual_functions_max, details->virtual_functions));
  nt_facts_print_number (output, _("NUMA node"), details->numa_node);
  nt_facts_print (output, _("RDMA"), rdma);
  nt_facts_print (output, _("Virtual functions"), functions);
  nt_facts_print (output, _("Part of"), details->physical_function);
}

/* "on (tx-scatter-gather)": the word that "ethtool -K" takes is beside it. */
static void
print_offload (NtOutput *output, const NtAdapterDetails *details, NtOffload offload)
{
  g_autoptr (GPtrArray) words = nt_offload_find_words (offload, details->features);
  g_autofree char *list = nt_facts_join_strings (words);
  g_autofree char *text = words->len > 0 ? g_strdup_printf (_("on (%s)"), list) : g_strdup (_("off"));

  nt_facts_print (output, nt_enum_label (&nt_offload_enum, offload), text);
}

static void
print_details (NtOutput *output, const NtAdapterDetails *details)
{
  print_functions (output, details);
  nt_facts_print_number (output, _("Receive queues"), details->rx_queues);
  nt_facts_print_number (output, _("Transmit queues"), details->tx_queues);
  for (int i = 0; i < nt_offload_enum.n_values; i++)
    print_offload (output, details, i);
}

static void
print_adapter (NtOutput *output, const NtState *state, const NtAdapter *adapter, const NtAdapterDetails *details)
{
  nt_facts_print (output, _("Adapter"), adapter->name);
  nt_facts_print_health (output, _("State"), nt_health_of_link_state (adapter->state),
                         nt_enum_label (&nt_link_state_enum, adapter->state));
  nt_facts_print (output, _("Reason"), nt_enum_label (&nt_reason_enum, adapter->reason));
  print_membership (output, state, adapter);
  print_link (output, adapter, details);
  print_device (output, adapter);
  if (details != NULL)
    print_details (output, details);
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
  g_autoptr (NtAdapterReply) answer = nt_session_take_reply (session, reply, error, &nt_adapter_reply_type);

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
    return nt_session_fail (session, NT_EXIT_REFUSED, _("There is no adapter “%s”; see: nicteam adapter list --all"), name);
  json_object_set_string_member (parameters, "name", name);
  nt_session_call (session, "GetAdapter", parameters, details_cb, (gpointer) adapter);
  return NT_EXIT_OK;
}

/**
 * nt_adapter_show:
 * @invocation: a command line that names an adapter
 *
 * Shows all that is known of an adapter; of an agent that tells no details, what it does tell.
 *
 * Returns: how it ended
 */
NtExit
nt_adapter_show (NtInvocation *invocation)
{
  return nt_session_run (invocation, show_on);
}
