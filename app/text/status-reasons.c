/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/text/status-reasons.h"

#include <glib/gi18n-lib.h>

static void
add_line (GString *text, const char *name, const char *words)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* Translators: a member or team and its problem, as in “nic2: Media disconnected”. */
  g_string_append_printf (text, _("%s: %s"), name, words);
}

/* Appends the differences from the definition. */
static void
add_drift (GString *text, const GPtrArray *drifts)
{
  for (guint i = 0; i < drifts->len; i++)
    {
      g_autofree char *sentence = nt_drift_describe (drifts->pdata[i]);

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
    }
}

static char *
finish (GString *text)
{
  gboolean is_empty = text->len == 0;
  char *string = g_string_free (text, is_empty);

  return is_empty ? NULL : string;
}

/**
 * nt_status_reasons_of_team:
 *
 * Explains the status of a team.
 *
 * Returns: (transfer full) (nullable): a line for each member that is not OK and for each difference from the
 *   definition, or %NULL
 */
char *
nt_status_reasons_of_team (const NtTeam *team)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < team->members->len; i++)
    {
      const NtMember *member = team->members->pdata[i];

      if (member->reason >= 0)
        add_line (text, member->adapter, nt_enum_label (&nt_reason_enum, member->reason));
    }
  add_drift (text, team->drift);
  return finish (text);
}

/**
 * nt_status_reasons_of_state:
 *
 * Explains the status of a server.
 *
 * Returns: (transfer full) (nullable): a line for each team that is not OK, or %NULL
 */
char *
nt_status_reasons_of_state (const NtState *state)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < state->teams->len; i++)
    {
      const NtTeam *team = state->teams->pdata[i];

      if (team->status != NT_STATUS_OK)
        add_line (text, team->name, nt_enum_label (&nt_status_enum, team->status));
    }
  return finish (text);
}
