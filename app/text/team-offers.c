/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/text/team-offers.h"

#include <glib/gi18n-lib.h>

#include "app/text/facts.h"

static void
add_queues (const NtFactSink *listener, const char *label, gint64 queues, int rule)
{
  g_autofree char *text = NULL;

  if (queues < 0)
    return;
  text = g_strdup_printf (_("%d, %s"), (int) queues, nt_enum_label (&nt_queue_rule_enum, rule));
  nt_facts_add (listener, NT_FACTS_QUEUES, label, text);
}

/* Lists the members that have a feature which the team lacks. */
static char *
describe_members (const NtTeamOffload *offload)
{
  g_autofree char *names = nt_facts_join_strings (offload->members);

  if (offload->offered || offload->members->len == 0)
    return g_strdup ("");
  return g_strdup_printf (_("; supported only by %s"), names);
}

static const char *
describe_bond (const NtTeamOffload *offload)
{
  if (offload->offered == offload->bond)
    return "";
  return offload->bond ? _("; active in the kernel’s bond") : _("; not active in the kernel’s bond");
}

static void
add_offload (const NtFactSink *listener, const NtTeamOffload *offload)
{
  g_autofree char *members = describe_members (offload);
  g_autofree char *text = g_strconcat (offload->offered ? _("on") : _("off"), members, describe_bond (offload), NULL);

  nt_facts_add (listener, NT_FACTS_OFFLOADS, nt_enum_label (&nt_offload_enum, offload->offload), text);
}

/**
 * nt_team_offers_list:
 *
 * Passes the queues and offload features of a team to @listener.
 */
void
nt_team_offers_list (const NtFactSink *listener, const NtTeamFeatures *features)
{
  add_queues (listener, _("Receive queues"), features->rx_queues, features->queue_rule);
  add_queues (listener, _("Transmit queues"), features->tx_queues, features->queue_rule);
  for (guint i = 0; i < features->offloads->len; i++)
    add_offload (listener, features->offloads->pdata[i]);
}
