/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/request/check.h"

#include "backend/model/request/adopt.h"

#include <stdarg.h>

/* Adds a problem; @format gives the path of its field in the definition. */
void
nt_check_report (NtCheck *check, NtRule rule, const char *first, const char *second, const char *format, ...)
{
  g_autofree char *path = NULL;
  g_autofree char *field = NULL;
  va_list arguments;

  va_start (arguments, format);
  path = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  field = g_strdup_printf ("set[%u].%s", check->index, path);
  g_ptr_array_add (check->problems, nt_problem_make (rule, field, first, second));
}

/* Returns %TRUE if the request deletes the team. */
static gboolean
is_removed (const NtCheck *check, const NtTeam *team)
{
  return nt_strings_contain (check->request->remove, team->id) || nt_strings_contain (check->request->remove, team->name);
}

static const NtTeamSpec *
find_new_definition (const NtCheck *check, const NtTeam *team)
{
  for (guint i = 0; i < check->request->set->len; i++)
    {
      const NtTeamSpec *spec = check->request->set->pdata[i];

      if (g_strcmp0 (spec->id, team->id) == 0)
        return spec;
    }
  return NULL;
}

/* Returns %TRUE if @team is another team, and the request does not change it. */
gboolean
nt_check_keeps_team (const NtCheck *check, const NtTeam *team)
{
  return g_strcmp0 (team->id, check->spec->id) != 0 && !is_removed (check, team) &&
         nt_adopt_find (check->state, check->request, check->spec) != team &&
         find_new_definition (check, team) == NULL;
}
