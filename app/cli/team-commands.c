/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "apply.h"
#include "cli/command.h"
#include "cli/facts.h"
#include "cli/lists.h"
#include "cli/session.h"
#include "format.h"

static char *mode_word, *balance_word, *timer_word, *standby, *new_name, *interface_name;
static char **vlans;
static gint64 mtu = -1;

#define COMMON_OPTIONS \
  { "mode", 'm', 0, G_OPTION_ARG_STRING, &mode_word, N_ ("switch-independent, static or lacp"), N_ ("MODE") }, \
  { "balance", 'b', 0, G_OPTION_ARG_STRING, &balance_word, \
    N_ ("transport-ports, ip-addresses, mac-addresses, hyper-v-port or dynamic"), N_ ("HOW") }, \
  { "lacp-timer", 0, 0, G_OPTION_ARG_STRING, &timer_word, N_ ("slow or fast"), N_ ("TIMER") }, \
  { "standby", 0, 0, G_OPTION_ARG_STRING, &standby, N_ ("The member that waits; “none” for none"), N_ ("ADAPTER") }, \
  { "mtu", 0, 0, G_OPTION_ARG_INT64, &mtu, N_ ("The largest packet, in bytes"), N_ ("BYTES") }

static const GOptionEntry create_options[] = {
  COMMON_OPTIONS,
  { "vlan", 'v', 0, G_OPTION_ARG_STRING_ARRAY, &vlans,
    N_ ("The VLAN of the primary interface; again for each further one"), N_ ("ID") },
  { "interface-name", 0, 0, G_OPTION_ARG_STRING, &interface_name, N_ ("What the primary interface is called"), N_ ("NAME") },
  { NULL },
};

static const GOptionEntry set_options[] = {
  COMMON_OPTIONS,
  { "name", 0, 0, G_OPTION_ARG_STRING, &new_name, N_ ("What the team is called from now on"), N_ ("NAME") },
  { NULL },
};

static NtExit
list_teams (NtInvocation *invocation)
{
  return nt_session_run (invocation, nt_lists_add_teams);
}

static void
print_team (const NtTeam *team)
{
  g_autofree char *speed = nt_format_speed (team->speed);

  nt_facts_print (_ ("Team"), team->name);
  nt_facts_print_health (_ ("Status"), nt_health_of_status (team->status), nt_enum_label (&nt_status_enum, team->status));
  nt_facts_print (_ ("Teaming mode"), nt_enum_label (&nt_team_mode_enum, team->mode));
  nt_facts_print (_ ("Load balancing"), nt_enum_label (&nt_balance_enum, team->balance));
  nt_facts_print (_ ("LACP timer"), nt_enum_label (&nt_lacp_timer_enum, team->lacp_timer));
  nt_facts_print (_ ("LACP partner"), team->partner_mac);
  nt_facts_print (_ ("Receives on"), team->active_member);
  nt_facts_print (_ ("Device"), team->device);
  nt_facts_print (_ ("Bonding mode"), team->bond_mode);
  nt_facts_print (_ ("MAC address"), team->mac);
  nt_facts_print_number (_ ("MTU"), team->mtu);
  nt_facts_print (_ ("Speed"), speed);
  if (!team->managed)
    nt_facts_print (_ ("Managed"), _ ("no, it was made by something else"));
}

static NtExit
show_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  const NtTeam *team = nt_session_find_team (session, invocation->arguments[0], &code);

  if (team == NULL)
    return code;
  if (nt_output_is_json (invocation->output))
    {
      nt_output_add_json (invocation->output, nt_session_get_server (session), "team", nt_facts_record_to_node (team));
      return NT_EXIT_OK;
    }
  print_team (team);
  g_print ("\n");
  nt_lists_add_members_of (session, invocation, team);
  nt_output_flush (invocation->output);
  g_print ("\n");
  nt_lists_add_interfaces_of (session, invocation, team);
  nt_output_flush (invocation->output);
  return NT_EXIT_OK;
}

static NtExit
show_team (NtInvocation *invocation)
{
  return nt_session_run (invocation, show_on);
}

/* A word of an enumeration, where one was given. */
static gboolean
take_word (NtInvocation *invocation, const NtEnum *words, const char *option, const char *word, int *value)
{
  if (word == NULL)
    return TRUE;
  *value = nt_enum_parse (words, word);
  if (*value >= 0)
    return TRUE;
  nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE, _ ("“%s” is not possible for %s; see --help"), word, option);
  return FALSE;
}

static gboolean
take_options (NtInvocation *invocation, NtTeamSpec *spec)
{
  if (!take_word (invocation, &nt_team_mode_enum, "--mode", mode_word, &spec->mode) ||
      !take_word (invocation, &nt_balance_enum, "--balance", balance_word, &spec->balance) ||
      !take_word (invocation, &nt_lacp_timer_enum, "--lacp-timer", timer_word, &spec->lacp_timer))
    return FALSE;
  if (standby != NULL)
    {
      g_free (spec->standby);
      spec->standby = g_str_equal (standby, "none") ? NULL : g_strdup (standby);
    }
  if (mtu != -1)
    spec->mtu = mtu;
  return TRUE;
}

static gboolean
take_vlans (NtInvocation *invocation, NtTeamSpec *spec)
{
  for (guint i = 0; vlans != NULL && vlans[i] != NULL; i++)
    {
      NtInterfaceSpec *interface = nt_interface_spec_new ();

      g_ptr_array_add (spec->interfaces, interface);
      if (!nt_lists_parse_vlan (invocation, vlans[i], &interface->vlan))
        return FALSE;
    }
  if (interface_name == NULL)
    return TRUE;
  if (spec->interfaces->len == 0)
    g_ptr_array_add (spec->interfaces, nt_interface_spec_new ());
  ((NtInterfaceSpec *) spec->interfaces->pdata[0])->name = g_strdup (interface_name);
  return TRUE;
}

static NtExit
create_on (NtSession *session, NtInvocation *invocation)
{
  g_autoptr (NtTeamSpec) spec = nt_team_spec_new ();
  g_autofree char *done = NULL;

  spec->name = g_strdup (invocation->arguments[0]);
  for (guint i = 1; invocation->arguments[i] != NULL; i++)
    g_ptr_array_add (spec->members, g_strdup (invocation->arguments[i]));
  if (!take_options (invocation, spec) || !take_vlans (invocation, spec))
    return NT_EXIT_USAGE;
  done = g_strdup_printf (_ ("the team “%s” is there"), spec->name);
  return nt_session_apply_spec (session, spec, done);
}

static NtExit
create_team (NtInvocation *invocation)
{
  return nt_session_run (invocation, create_on);
}

static NtExit
set_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (NtTeamSpec) spec = nt_session_copy_spec (session, invocation->arguments[0], &code);
  g_autofree char *done = NULL;

  if (spec == NULL)
    return code;
  if (!take_options (invocation, spec))
    return NT_EXIT_USAGE;
  if (new_name != NULL)
    {
      g_free (spec->name);
      spec->name = g_strdup (new_name);
    }
  /* Changing to a mode that needs the switch makes all members active. */
  if (spec->mode > NT_MODE_SWITCH_INDEPENDENT && standby == NULL)
    g_clear_pointer (&spec->standby, g_free);
  done = g_strdup_printf (_ ("the team “%s” is changed"), invocation->arguments[0]);
  return nt_session_apply_spec (session, spec, done);
}

static NtExit
set_team (NtInvocation *invocation)
{
  return nt_session_run (invocation, set_on);
}

static NtExit
delete_on (NtSession *session, NtInvocation *invocation)
{
  const char *name = invocation->arguments[0];
  NtExit code = NT_EXIT_OK;
  g_autoptr (NtTeamSpec) spec = nt_session_copy_spec (session, name, &code);
  g_autoptr (NtRequest) request = NULL;
  g_autofree char *question = NULL;
  g_autofree char *done = NULL;

  if (spec == NULL)
    return code;
  question = g_strdup_printf (_ ("%s: delete the team “%s” and all of its interfaces?"), nt_session_get_server (session), name);
  if (!nt_invocation_confirm (invocation, question))
    return NT_EXIT_USAGE;
  request = nt_apply_make_removal (spec->id);
  done = g_strdup_printf (_ ("the team “%s” is gone"), name);
  return nt_session_apply (session, request, done);
}

static NtExit
delete_team (NtInvocation *invocation)
{
  return nt_session_run (invocation, delete_on);
}

const NtCommand nt_team_commands[] = {
  { "team", "list", "", N_ ("List the teams"), 0, 0, NULL, list_teams },
  { "team", "show", N_ ("TEAM"), N_ ("Show a team with its members and interfaces"), 1, 1, NULL, show_team },
  { "team", "create", N_ ("TEAM ADAPTER…"), N_ ("Make a team of adapters"), 1, G_MAXUINT, create_options, create_team },
  { "team", "set", N_ ("TEAM"), N_ ("Change a team"), 1, 1, set_options, set_team },
  { "team", "delete", N_ ("TEAM"), N_ ("Delete a team; its adapters stay up"), 1, 1, NULL, delete_team },
  { NULL },
};
