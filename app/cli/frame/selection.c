/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/frame/selection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

char *nt_selection_member;
char *nt_selection_interface;

gboolean
nt_selection_is_pattern (const char *text)
{
  return strpbrk (text, "*?") != NULL;
}

/**
 * nt_selection_matches:
 * @pattern: a name, in which "*" stands for anything and "?" for one character
 * @name: (nullable): the name of something
 *
 * Returns: whether it is meant
 */
gboolean
nt_selection_matches (const char *pattern, const char *name)
{
  return name != NULL && (g_str_equal (pattern, name) || g_pattern_match_simple (pattern, name));
}

/**
 * nt_selection_check:
 * @invocation: a command line that must say which teams it is for
 *
 * Returns: whether it does; if not, that was said
 */
gboolean
nt_selection_check (NtInvocation *invocation)
{
  if (*invocation->arguments != NULL || nt_selection_member != NULL || nt_selection_interface != NULL)
    return TRUE;
  nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE,
                      _("Which team? Say its name, a pattern, --member=ADAPTER or --interface=INTERFACE"));
  return FALSE;
}

static char *
list_team_names (const NtState *state)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < state->teams->len; i++)
    g_ptr_array_add (names, ((NtTeam *) state->teams->pdata[i])->name);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/**
 * nt_selection_find_team:
 * @session: a session
 * @name: the name of a team
 * @code: (out): how the program shall end, if there is none
 *
 * Returns: (transfer none) (nullable): the team; NULL after it was said that there is none
 */
const NtTeam *
nt_selection_find_team (NtSession *session, const char *name, NtExit *code)
{
  const NtState *state = nt_session_get_state (session);
  const NtTeam *team = nt_state_find_team (state, name);
  g_autofree char *names = NULL;

  if (team != NULL)
    return team;
  names = list_team_names (state);
  if (*names != '\0')
    *code = nt_session_fail (session, NT_EXIT_REFUSED, _("There is no team “%s”. There are: %s"), name, names);
  else
    *code = nt_session_fail (session, NT_EXIT_REFUSED, _("There is no team “%s”, nor any other"), name);
  return NULL;
}

static NtExit
fail_foreign (NtSession *session, const char *team)
{
  return nt_session_fail (session, NT_EXIT_REFUSED,
                          _("The team “%s” was not made by NIC Teaming; change it with the tool that made it"), team);
}

/**
 * nt_selection_copy_spec:
 * @session: a session
 * @team: the name of a team
 * @code: (out): how the program shall end, if there is none
 *
 * Returns: (transfer full) (nullable): the definition of the team, to be changed
 */
NtTeamSpec *
nt_selection_copy_spec (NtSession *session, const char *team, NtExit *code)
{
  const NtTeam *found = nt_selection_find_team (session, team, code);

  if (found == NULL)
    return NULL;
  if (found->spec != NULL)
    return nt_team_spec_copy (found->spec);
  *code = fail_foreign (session, team);
  return NULL;
}

static gboolean
has_member (const NtTeam *team, const char *pattern)
{
  for (guint i = 0; i < team->members->len; i++)
    if (nt_selection_matches (pattern, ((NtMember *) team->members->pdata[i])->adapter))
      return TRUE;
  return FALSE;
}

static gboolean
has_interface (const NtTeam *team, const char *pattern)
{
  for (guint i = 0; i < team->interfaces->len; i++)
    {
      const NtInterface *interface = team->interfaces->pdata[i];

      if (nt_selection_matches (pattern, interface->name) || nt_selection_matches (pattern, interface->device))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_all (const NtTeam *team)
{
  return (nt_selection_member == NULL || has_member (team, nt_selection_member)) &&
         (nt_selection_interface == NULL || has_interface (team, nt_selection_interface));
}

static gboolean
is_named (const NtTeam *team, char **patterns)
{
  for (; *patterns != NULL; patterns++)
    if (g_strcmp0 (team->id, *patterns) == 0 || nt_selection_matches (*patterns, team->name))
      return TRUE;
  return FALSE;
}

/* Each name and each pattern must mean something. */
static gboolean
check_pattern (NtSession *session, const char *pattern, NtExit *code)
{
  const NtState *state = nt_session_get_state (session);

  if (!nt_selection_is_pattern (pattern))
    return nt_selection_find_team (session, pattern, code) != NULL;
  for (guint i = 0; i < state->teams->len; i++)
    if (nt_selection_matches (pattern, ((NtTeam *) state->teams->pdata[i])->name))
      return TRUE;
  *code = nt_session_fail (session, NT_EXIT_REFUSED, _("There is no team whose name matches “%s”"), pattern);
  return FALSE;
}

static void
fail_without (NtSession *session, NtExit *code)
{
  if (nt_selection_member != NULL && nt_selection_interface != NULL)
    *code = nt_session_fail (session, NT_EXIT_REFUSED, _("There is no such team with the member “%s” and the interface “%s”"),
                             nt_selection_member, nt_selection_interface);
  else if (nt_selection_member != NULL)
    *code = nt_session_fail (session, NT_EXIT_REFUSED, _("There is no such team with the member “%s”"), nt_selection_member);
  else
    *code =
      nt_session_fail (session, NT_EXIT_REFUSED, _("There is no such team with the interface “%s”"), nt_selection_interface);
}

/**
 * nt_selection_find_teams:
 * @session: a session
 * @patterns: (array zero-terminated=1): names and patterns; none = all that have what --member and --interface say
 * @code: (out): how the program shall end, if one of them means nothing
 *
 * Returns: (transfer container) (element-type NtTeam) (nullable): the teams; NULL after it was said what is not there
 */
GPtrArray *
nt_selection_find_teams (NtSession *session, char **patterns, NtExit *code)
{
  const NtState *state = nt_session_get_state (session);
  g_autoptr (GPtrArray) teams = g_ptr_array_new ();

  for (char **pattern = patterns; *pattern != NULL; pattern++)
    if (!check_pattern (session, *pattern, code))
      return NULL;
  for (guint i = 0; i < state->teams->len; i++)
    {
      NtTeam *team = state->teams->pdata[i];

      if ((*patterns == NULL || is_named (team, patterns)) && has_all (team))
        g_ptr_array_add (teams, team);
    }
  if (teams->len > 0 || (nt_selection_member == NULL && nt_selection_interface == NULL))
    return g_steal_pointer (&teams);
  fail_without (session, code);
  return NULL;
}

/* Whoever says "*" means his own teams. */
static void
pass_over (NtSession *session, const NtTeam *team)
{
  g_autofree char *line =
    g_strdup_printf (_("nicteam: %s: “%s” is left alone: it was not made by NIC Teaming"), nt_session_get_server (session),
                     team->name);

  nt_output_complain (nt_session_get_invocation (session)->output, line);
}

/**
 * nt_selection_copy_specs:
 * @session: a session
 * @patterns: (array zero-terminated=1): names and patterns of teams that shall be changed
 * @code: (out): how the program shall end, if there is nothing to change
 *
 * Returns: (transfer full) (element-type NtTeamSpec) (nullable): their definitions; NULL after it was said what is wrong
 */
GPtrArray *
nt_selection_copy_specs (NtSession *session, char **patterns, NtExit *code)
{
  g_autoptr (GPtrArray) teams = nt_selection_find_teams (session, patterns, code);
  g_autoptr (GPtrArray) specs = nt_records_new ();

  for (guint i = 0; teams != NULL && i < teams->len; i++)
    {
      const NtTeam *team = teams->pdata[i];

      if (team->spec != NULL)
        g_ptr_array_add (specs, nt_team_spec_copy (team->spec));
      else if (teams->len > 1)
        pass_over (session, team);
    }
  if (specs->len > 0)
    return g_steal_pointer (&specs);
  if (teams != NULL && teams->len > 0)
    *code = fail_foreign (session, ((NtTeam *) teams->pdata[0])->name);
  return NULL;
}

/**
 * nt_selection_join_names:
 * @specs: (element-type NtTeamSpec): definitions of teams
 *
 * Returns: (transfer full): their names: "“Lab1”, “Lab2”"
 */
char *
nt_selection_join_names (const GPtrArray *specs)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < specs->len; i++)
    g_string_append_printf (names, _("%s“%s”"), i > 0 ? ", " : "", ((NtTeamSpec *) specs->pdata[i])->name);
  return g_string_free (names, FALSE);
}
