/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/cli/commands/lists.h"
#include "app/cli/frame/command.h"
#include "app/cli/frame/option.h"
#include "app/cli/frame/selection.h"
#include "app/cli/frame/session-apply.h"
#include "app/cli/frame/session.h"
#include "app/cli/print/fact-lines.h"

static char *role_word;

static const GOptionEntry role_options[] = {
  { "role", 0, 0, NT_OPTION_TEXT, &role_word, N_("“active” or “standby”"), N_("ROLE") },
  NT_TAKE_OVER_OPTION,
  { NULL },
};

static const GOptionEntry list_options[] = {
  { "member", 0, 0, NT_OPTION_TEXT, &nt_selection_member, N_("Only this member"), N_("ADAPTER") },
  { NULL },
};

static NtExit
list_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (GPtrArray) teams = nt_selection_find_teams (session, invocation->arguments, &code);
  g_autoptr (GPtrArray) members = g_ptr_array_new ();

  if (teams == NULL)
    return code;
  for (guint i = 0; i < teams->len; i++)
    {
      const NtTeam *team = teams->pdata[i];

      nt_lists_add_members_of (session, invocation, team, nt_selection_member);
      for (guint j = 0; j < team->members->len; j++)
        if (nt_selection_member == NULL ||
            nt_selection_matches (nt_selection_member, ((NtMember *) team->members->pdata[j])->adapter))
          g_ptr_array_add (members, team->members->pdata[j]);
    }
  nt_output_add_json (invocation->output, nt_session_get_server (session), "members", nt_facts_records_to_node (members));
  return NT_EXIT_OK;
}

static NtExit
list_members (NtInvocation *invocation)
{
  return nt_session_run (invocation, list_on);
}

static int
get_role (void)
{
  return role_word ? nt_enum_parse (&nt_role_enum, role_word) : NT_ROLE_ACTIVE;
}

/* A team has at most one standby member. Replacing it takes an explicit step, so that it is not done by mistake. */
static gboolean
make_standby (NtSession *session, NtTeamSpec *spec, const char *adapter)
{
  if (spec->standby != NULL && !g_str_equal (spec->standby, adapter))
    {
      nt_session_fail (session, NT_EXIT_REFUSED, _("“%s” is already the standby member. Make it active first."),
                       spec->standby);
      return FALSE;
    }
  g_free (spec->standby);
  spec->standby = g_strdup (adapter);
  return TRUE;
}

static NtExit
add_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (NtTeamSpec) spec = nt_selection_copy_spec (session, invocation->arguments[0], &code);
  g_autofree char *names = g_strjoinv (", ", invocation->arguments + 1);
  g_autofree char *done = g_strdup_printf (_("added to team “%s”: %s"), invocation->arguments[0], names);

  if (spec == NULL)
    return code;
  for (guint i = 1; invocation->arguments[i] != NULL; i++)
    g_ptr_array_add (spec->members, g_strdup (invocation->arguments[i]));
  if (get_role () == NT_ROLE_STANDBY && !make_standby (session, spec, invocation->arguments[1]))
    return NT_EXIT_REFUSED;
  return nt_session_apply_spec (session, spec, done);
}

static NtExit
add_members (NtInvocation *invocation)
{
  if (get_role () < 0)
    return nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE, _("Use --role=active or --role=standby"));
  if (get_role () == NT_ROLE_STANDBY && invocation->arguments[2] != NULL)
    return nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE, _("A team has only one standby member"));
  return nt_session_run (invocation, add_on);
}

static void
remove_member (NtTeamSpec *spec, guint index)
{
  if (g_strcmp0 (spec->standby, spec->members->pdata[index]) == 0)
    g_clear_pointer (&spec->standby, g_free);
  g_ptr_array_remove_index (spec->members, index);
}

/* Removes matching adapters from the definition; reports an error if there are none. */
static gboolean
remove_matching (NtSession *session, NtTeamSpec *spec, const char *pattern, NtExit *code)
{
  guint before = spec->members->len;

  for (guint i = before; i > 0; i--)
    if (nt_selection_matches (pattern, spec->members->pdata[i - 1]))
      remove_member (spec, i - 1);
  if (spec->members->len < before)
    return TRUE;
  *code = nt_session_fail (session, NT_EXIT_REFUSED, _("“%s” is not a member of team “%s”"), pattern, spec->name);
  return FALSE;
}

static NtExit
remove_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  const char *team = invocation->arguments[0];
  g_autoptr (NtTeamSpec) spec = nt_selection_copy_spec (session, team, &code);
  g_autofree char *names = g_strjoinv (", ", invocation->arguments + 1);
  g_autofree char *question =
    g_strdup_printf (_("%s: remove from team “%s”: %s?"), nt_session_get_server (session), team, names);
  g_autofree char *done = g_strdup_printf (_("removed from team “%s”: %s"), team, names);

  if (spec == NULL)
    return code;
  for (guint i = 1; invocation->arguments[i] != NULL; i++)
    if (!remove_matching (session, spec, invocation->arguments[i], &code))
      return code;
  if (!nt_invocation_confirm (invocation, nt_session_get_server (session), question))
    return NT_EXIT_USAGE;
  return nt_session_apply_spec (session, spec, done);
}

static NtExit
remove_members (NtInvocation *invocation)
{
  return nt_session_run (invocation, remove_on);
}

static NtExit
set_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  const char *adapter = invocation->arguments[1];
  g_autoptr (NtTeamSpec) spec = nt_selection_copy_spec (session, invocation->arguments[0], &code);
  int role = get_role ();
  g_autofree char *done = g_strdup_printf (_("changed role of “%s” to “%s”"), adapter,
                                           nt_enum_label (&nt_role_enum, role));

  if (spec == NULL)
    return code;
  if (!nt_strings_contain (spec->members, adapter))
    return nt_session_fail (session, NT_EXIT_REFUSED, _("“%s” is not a member of team “%s”"), adapter, spec->name);
  if (role == NT_ROLE_STANDBY && !make_standby (session, spec, adapter))
    return NT_EXIT_REFUSED;
  if (role == NT_ROLE_ACTIVE && g_strcmp0 (spec->standby, adapter) == 0)
    g_clear_pointer (&spec->standby, g_free);
  return nt_session_apply_spec (session, spec, done);
}

static NtExit
set_member (NtInvocation *invocation)
{
  if (role_word == NULL || get_role () < 0)
    return nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE, _("Use --role=active or --role=standby"));
  return nt_session_run (invocation, set_on);
}

const NtCommand nt_member_commands[] = {
  { "member", "list", N_("[TEAM…]"), N_("List the members of teams"), 0, G_MAXUINT, list_options, list_members },
  { "member", "add", N_("TEAM ADAPTER…"), N_("Add adapters to a team"), 2, G_MAXUINT, role_options, add_members },
  { "member", "remove", N_("TEAM ADAPTER…"), N_("Remove adapters from a team"), 2, G_MAXUINT, NULL, remove_members },
  { "member", "set", N_("TEAM ADAPTER"), N_("Set the role of a member"), 2, 2, role_options, set_member },
  { NULL },
};
