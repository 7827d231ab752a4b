/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/team-show.h"

#include <glib/gi18n-lib.h>

#include "cli/facts.h"
#include "cli/lists.h"
#include "cli/selection.h"
#include "cli/session.h"
#include "format.h"

static void
print_team (NtOutput *output, const NtTeam *team)
{
  g_autofree char *speed = nt_format_speed (team->speed);

  nt_facts_print (output, _("Team"), team->name);
  nt_facts_print_health (output, _("Status"), nt_health_of_status (team->status), nt_enum_label (&nt_status_enum, team->status));
  nt_facts_print (output, _("Teaming mode"), nt_enum_label (&nt_team_mode_enum, team->mode));
  nt_facts_print (output, _("Load balancing"), nt_enum_label (&nt_balance_enum, team->balance));
  nt_facts_print (output, _("LACP timer"), nt_enum_label (&nt_lacp_timer_enum, team->lacp_timer));
  nt_facts_print (output, _("LACP partner"), team->partner_mac);
  nt_facts_print (output, _("Receives on"), team->active_member);
  nt_facts_print (output, _("Device"), team->device);
  nt_facts_print (output, _("Bonding mode"), team->bond_mode);
  nt_facts_print (output, _("MAC address"), team->mac);
  nt_facts_print_number (output, _("MTU"), team->mtu);
  nt_facts_print (output, _("Speed"), speed);
  if (!team->managed)
    nt_facts_print (output, _("Managed"), _("no, it was made by something else"));
}

static void
print_whole_team (NtSession *session, NtInvocation *invocation, const NtTeam *team)
{
  print_team (invocation->output, team);
  nt_output_print (invocation->output, "\n");
  nt_lists_add_members_of (session, invocation, team, NULL);
  nt_output_flush (invocation->output);
  nt_output_print (invocation->output, "\n");
  nt_lists_add_interfaces_of (session, invocation, team, NULL);
  nt_output_flush (invocation->output);
}

/* Who names one team gets one; who may get several gets an array. */
static void
add_shown_json (NtSession *session, NtInvocation *invocation, const GPtrArray *teams)
{
  gboolean is_one = invocation->arguments[0] != NULL && invocation->arguments[1] == NULL &&
                    !nt_selection_is_pattern (invocation->arguments[0]);

  if (is_one)
    nt_output_add_json (invocation->output, nt_session_get_server (session), "team",
                        nt_facts_record_to_node (teams->pdata[0]));
  else
    nt_output_add_json (invocation->output, nt_session_get_server (session), "teams", nt_facts_records_to_node (teams));
}

static NtExit
show_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (GPtrArray) teams = nt_selection_find_teams (session, invocation->arguments, &code);

  if (teams == NULL)
    return code;
  if (nt_output_is_json (invocation->output))
    {
      add_shown_json (session, invocation, teams);
      return NT_EXIT_OK;
    }
  for (guint i = 0; i < teams->len; i++)
    {
      if (i > 0)
        nt_output_print (invocation->output, "\n");
      print_whole_team (session, invocation, teams->pdata[i]);
    }
  return NT_EXIT_OK;
}

/**
 * nt_team_show:
 * @invocation: a command line that says which teams
 *
 * Shows all that is known of teams.
 *
 * Returns: how it ended
 */
NtExit
nt_team_show (NtInvocation *invocation)
{
  if (!nt_selection_check (invocation))
    return NT_EXIT_USAGE;
  return nt_session_run (invocation, show_on);
}
