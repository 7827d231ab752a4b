/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/team-features.h"

#include <glib/gi18n-lib.h>

#include "cli/facts.h"

static void
print_queues (NtOutput *output, const char *label, gint64 queues, int rule)
{
  g_autofree char *text = NULL;

  if (queues < 0)
    return;
  text = g_strdup_printf (_("%d, %s"), (int) queues, nt_enum_label (&nt_queue_rule_enum, rule));
  nt_facts_print (output, label, text);
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
print_offload (NtOutput *output, const NtTeamOffload *offload)
{
  g_autofree char *members = describe_members (offload);
  g_autofree char *text = g_strconcat (offload->offered ? _("on") : _("off"), members, describe_bond (offload), NULL);

  nt_facts_print (output, nt_enum_label (&nt_offload_enum, offload->offload), text);
}

/**
 * nt_team_features_print:
 * @output: where to
 * @features: what a team offers
 */
void
nt_team_features_print (NtOutput *output, const NtTeamFeatures *features)
{
  print_queues (output, _("Receive queues"), features->rx_queues, features->queue_rule);
  print_queues (output, _("Transmit queues"), features->tx_queues, features->queue_rule);
  for (guint i = 0; i < features->offloads->len; i++)
    print_offload (output, features->offloads->pdata[i]);
}
