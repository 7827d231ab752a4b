/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/text/team-offers.h"

#include <glib/gi18n-lib.h>

#include "app/text/facts.h"

static void
tell_queues (const NtFactListener *listener, const char *label, gint64 queues, int rule)
{
  g_autofree char *text = NULL;

  if (queues < 0)
    return;
  text = g_strdup_printf (_("%d, %s"), (int) queues, nt_enum_label (&nt_queue_rule_enum, rule));
  nt_facts_tell (listener, NT_FACTS_QUEUES, label, text);
}

/* Who of the members has what the team does not offer. */
static char *
describe_members (const NtTeamOffload *offload)
{
  g_autofree char *names = nt_facts_join_strings (offload->members);

  if (offload->offered || offload->members->len == 0)
    return g_strdup ("");
  return g_strdup_printf (_("; only %s has it"), names);
}

static const char *
describe_bond (const NtTeamOffload *offload)
{
  if (offload->offered == offload->bond)
    return "";
  return offload->bond ? _("; the kernel’s bond has it") : _("; the kernel’s bond does not have it");
}

static void
tell_offload (const NtFactListener *listener, const NtTeamOffload *offload)
{
  g_autofree char *members = describe_members (offload);
  g_autofree char *text = g_strconcat (offload->offered ? _("on") : _("off"), members, describe_bond (offload), NULL);

  nt_facts_tell (listener, NT_FACTS_OFFLOADS, nt_enum_label (&nt_offload_enum, offload->offload), text);
}

/**
 * nt_team_facts_tell:
 * @listener: who is told
 * @features: what a team offers
 *
 * Tells what a team offers by what its members can do.
 */
void
nt_team_facts_tell (const NtFactListener *listener, const NtTeamFeatures *features)
{
  tell_queues (listener, _("Receive queues"), features->rx_queues, features->queue_rule);
  tell_queues (listener, _("Transmit queues"), features->tx_queues, features->queue_rule);
  for (guint i = 0; i < features->offloads->len; i++)
    tell_offload (listener, features->offloads->pdata[i]);
}
