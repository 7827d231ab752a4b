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
 * @pattern: a name, or a pattern in which "*" stands for any text and "?" for one character
 * @name: (nullable):
 *
 * Returns: %TRUE if @name matches @pattern
 */
gboolean
nt_selection_matches (const char *pattern, const char *name)
{
  return name != NULL && (g_str_equal (pattern, name) || g_pattern_match_simple (pattern, name));
}

/**
 * nt_selection_check:
 *
 * Reports an error unless the command line selects teams by name, member or interface.
 *
 * Returns: %TRUE if it does
 */
gboolean
nt_selection_check (NtInvocation *invocation)
{
  if (*invocation->arguments != NULL || nt_selection_member != NULL || nt_selection_interface != NULL)
    return TRUE;
  nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE,
                      _("No team given. Use a name or pattern, --member=ADAPTER or --interface=INTERFACE."));
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
 * @code: (out): set to the exit status on failure
 *
 * Finds a team by name. A failure has been reported when this returns %NULL.
 *
 * Returns: (transfer none) (nullable): the team
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
    *code = nt_session_fail (session, NT_EXIT_REFUSED, _("No team named “%s”. Teams on this server: %s"), name, names);
  else
    *code = nt_session_fail (session, NT_EXIT_REFUSED, _("No team named “%s”. This server has no teams."), name);
  return NULL;
}

static NtExit
fail_foreign (NtSession *session, const char *team)
{
  return nt_session_fail (session, NT_EXIT_REFUSED,
                          _("“%s” was not created by NIC Teaming. Change it with the tool that created it, or use "
                            "“nicteam team adopt”."),
                          team);
}

/**
 * nt_selection_copy_spec:
 * @team: the name of a team
 * @code: (out): set to the exit status on failure
 *
 * Copies the definition of a team. A failure has been reported when this returns %NULL.
 *
 * Returns: (transfer full) (nullable): a copy that may be modified
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
matches_options (const NtTeam *team)
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

/* Reports a name or pattern that matches no team. */
static gboolean
check_pattern (NtSession *session, const char *pattern, NtExit *code)
{
  const NtState *state = nt_session_get_state (session);

  if (!nt_selection_is_pattern (pattern))
    return nt_selection_find_team (session, pattern, code) != NULL;
  for (guint i = 0; i < state->teams->len; i++)
    if (nt_selection_matches (pattern, ((NtTeam *) state->teams->pdata[i])->name))
      return TRUE;
  *code = nt_session_fail (session, NT_EXIT_REFUSED, _("No team name matches “%s”"), pattern);
  return FALSE;
}

static void
fail_no_match (NtSession *session, NtExit *code)
{
  if (nt_selection_member != NULL && nt_selection_interface != NULL)
    *code = nt_session_fail (session, NT_EXIT_REFUSED, _("No matching team has the member “%s” and the interface “%s”"),
                             nt_selection_member, nt_selection_interface);
  else if (nt_selection_member != NULL)
    *code = nt_session_fail (session, NT_EXIT_REFUSED, _("No matching team has the member “%s”"), nt_selection_member);
  else
    *code =
      nt_session_fail (session, NT_EXIT_REFUSED, _("No matching team has the interface “%s”"), nt_selection_interface);
}

/**
 * nt_selection_find_teams:
 * @patterns: (array zero-terminated=1): names and patterns; if empty, all teams that --member and --interface select
 * @code: (out): set to the exit status on failure
 *
 * Finds the teams that a command line selects. A failure has been reported when this returns %NULL.
 *
 * Returns: (transfer container) (element-type NtTeam) (nullable): the teams
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

      if ((*patterns == NULL || is_named (team, patterns)) && matches_options (team))
        g_ptr_array_add (teams, team);
    }
  if (teams->len > 0 || (nt_selection_member == NULL && nt_selection_interface == NULL))
    return g_steal_pointer (&teams);
  fail_no_match (session, code);
  return NULL;
}

/* A pattern selects only teams that NIC Teaming manages. */
static void
report_skipped (NtSession *session, const NtTeam *team)
{
  g_autofree char *line =
    g_strdup_printf (_("nicteam: %s: skipping “%s”: not created by NIC Teaming"), nt_session_get_server (session),
                     team->name);

  nt_output_print_error (nt_session_get_invocation (session)->output, line);
}

/**
 * nt_selection_copy_specs:
 * @patterns: (array zero-terminated=1): as for nt_selection_find_teams()
 * @code: (out): set to the exit status on failure
 *
 * Copies the definitions of the selected teams. A failure has been reported when this returns %NULL.
 *
 * Returns: (transfer full) (element-type NtTeamSpec) (nullable): copies that may be modified
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
        report_skipped (session, team);
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
 * Returns: (transfer full): their names, quoted: "“Lab1”, “Lab2”"
 */
char *
nt_selection_join_names (const GPtrArray *specs)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < specs->len; i++)
    g_string_append_printf (names, _("%s“%s”"), i > 0 ? ", " : "", ((NtTeamSpec *) specs->pdata[i])->name);
  return g_string_free (names, FALSE);
}
