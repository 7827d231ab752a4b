/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/text/adapter-facts.h"

#include <glib/gi18n-lib.h>

#include "app/text/facts.h"
#include "app/text/format.h"
#include "backend/model/request/rules.h"

static void
add_enums (const NtFactSink *listener, const char *label, const NtEnum *words, const GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    nt_facts_add (listener, NT_FACTS_TEAMING, label, nt_enum_label (words, nt_enum_parse (words, list->pdata[i])));
}

static void
add_membership (const NtFactSink *listener, const NtState *state, const NtAdapter *adapter)
{
  const NtTeam *team = nt_state_find_team (state, adapter->team);
  g_autofree char *owner = adapter->owner ? nt_owner_describe (adapter->owner) : NULL;

  nt_facts_add (listener, NT_FACTS_TEAMING, _("Team"), team ? team->name : NULL);
  nt_facts_add (listener, NT_FACTS_TEAMING, _("Teamable"), adapter->obstacles->len == 0 ? _("yes") : _("no"));
  add_enums (listener, _("Not teamable because"), &nt_obstacle_enum, adapter->obstacles);
  nt_facts_add (listener, NT_FACTS_TEAMING, _("Configured by"), owner);
  add_enums (listener, _("Caution"), &nt_caution_enum, adapter->cautions);
}

static void
add_link (const NtFactSink *listener, const NtAdapter *adapter, const NtAdapterDetails *details)
{
  g_autofree char *speed = nt_format_speed (adapter->speed_mbps);

  nt_facts_add (listener, NT_FACTS_LINK, _("Speed"), speed);
  nt_facts_add (listener, NT_FACTS_LINK, _("Duplex"), nt_enum_label (&nt_duplex_enum, adapter->duplex));
  nt_facts_add (listener, NT_FACTS_LINK, _("Enabled"), adapter->enabled ? _("yes") : _("no"));
  nt_facts_add (listener, NT_FACTS_LINK, _("Carrier"), adapter->carrier ? _("yes") : _("no"));
  if (details != NULL && !adapter->carrier)
    nt_facts_add (listener, NT_FACTS_LINK, _("Driver’s reason"),
                   nt_enum_label (&nt_link_detail_enum, details->link_detail));
}

static void
add_device (const NtFactSink *listener, const NtAdapter *adapter)
{
  g_autofree char *addresses = nt_facts_join_addresses (adapter->addresses);

  nt_facts_add (listener, NT_FACTS_DEVICE, _("MAC address"), adapter->mac);
  nt_facts_add (listener, NT_FACTS_DEVICE, _("Permanent MAC"), adapter->permanent_mac);
  nt_facts_add_number (listener, NT_FACTS_DEVICE, _("MTU"), adapter->mtu);
  nt_facts_add (listener, NT_FACTS_DEVICE, _("Driver"), adapter->driver);
  nt_facts_add (listener, NT_FACTS_DEVICE, _("Bus"), adapter->bus);
  nt_facts_add (listener, NT_FACTS_DEVICE, _("Description"), adapter->description);
  nt_facts_add (listener, NT_FACTS_DEVICE, _("Addresses"), addresses);
}

static void
add_functions (const NtFactSink *listener, const NtAdapterDetails *details)
{
  g_autofree char *rdma = nt_facts_join_strings (details->rdma_devices);
  g_autofree char *functions = NULL;

  if (details->virtual_functions >= 0)
    functions = g_strdup_printf (_("%d of %d"), (int) details->virtual_functions,
                                 (int) MAX (details->virtual_functions_max, details->virtual_functions));
  nt_facts_add_number (listener, NT_FACTS_DEVICE, _("NUMA node"), details->numa_node);
  nt_facts_add (listener, NT_FACTS_DEVICE, _("RDMA"), rdma);
  nt_facts_add (listener, NT_FACTS_DEVICE, _("Virtual functions"), functions);
  nt_facts_add (listener, NT_FACTS_DEVICE, _("Part of"), details->physical_function);
}

/* "on (tx-scatter-gather)" has the feature names that "ethtool -K" takes. */
static void
add_offload (const NtFactSink *listener, const NtAdapterDetails *details, NtOffload offload)
{
  g_autoptr (GPtrArray) words = nt_offload_find_words (offload, details->features);
  g_autofree char *list = nt_facts_join_strings (words);
  g_autofree char *text = words->len > 0 ? g_strdup_printf (_("on (%s)"), list) : g_strdup (_("off"));

  nt_facts_add (listener, NT_FACTS_OFFLOADS, nt_enum_label (&nt_offload_enum, offload), text);
}

static void
add_details (const NtFactSink *listener, const NtAdapterDetails *details)
{
  add_functions (listener, details);
  nt_facts_add_number (listener, NT_FACTS_QUEUES, _("Receive queues"), details->rx_queues);
  nt_facts_add_number (listener, NT_FACTS_QUEUES, _("Transmit queues"), details->tx_queues);
  for (int i = 0; i < nt_offload_enum.n_values; i++)
    add_offload (listener, details, i);
}

/**
 * nt_adapter_facts_list:
 * @details: (nullable): from the driver; %NULL if the agent does not report them
 *
 * Passes all facts about an adapter but its name and state to @listener.
 */
void
nt_adapter_facts_list (const NtFactSink *listener,
                       const NtState *state,
                       const NtAdapter *adapter,
                       const NtAdapterDetails *details)
{
  add_membership (listener, state, adapter);
  add_link (listener, adapter, details);
  add_device (listener, adapter);
  if (details != NULL)
    add_details (listener, details);
}

/**
 * nt_adapter_facts_check:
 * @adapter: an adapter without a team
 *
 * Checks what would happen if @adapter became a member of a team.
 *
 * Returns: (transfer full) (element-type NtProblem): errors and warnings of the rules
 */
GPtrArray *
nt_adapter_facts_check (const NtState *state, const NtAdapter *adapter)
{
  g_autoptr (NtRequest) request = nt_request_new ();
  NtTeamSpec *spec = nt_team_spec_new ();
  g_autoptr (GPtrArray) problems = NULL;
  GPtrArray *advice = nt_records_new ();

  spec->name = g_strdup ("");
  g_ptr_array_add (spec->members, g_strdup (adapter->name));
  g_ptr_array_add (request->set, spec);
  problems = nt_rules_check (state, request);
  for (guint i = 0; i < problems->len; i++)
    if (g_str_has_prefix (((const NtProblem *) problems->pdata[i])->field, "set[0].members"))
      g_ptr_array_add (advice, nt_record_ref (problems->pdata[i]));
  return advice;
}
