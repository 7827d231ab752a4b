/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/text.h"
#include "backend/model/history/change-history.h"

#include <glib/gi18n-lib.h>

static const NtEnumValue nt_outcome_values[] = {
  { "kept", N_("Kept") },
  { "reverted", N_("Undone") },
  { "failed", N_("Failed") },
  { "repaired", N_("Repaired") },
};
NT_DEFINE_ENUM (nt_outcome, "Outcome")

static const NtField nt_history_entry_fields[] = {
  NT_STRING (NtHistoryEntry, id, OPTIONAL),
  NT_INT (NtHistoryEntry, time_s, REQUIRED),
  NT_STRING (NtHistoryEntry, who, REQUIRED),
  NT_ENUM (NtHistoryEntry, outcome, REQUIRED, nt_outcome_enum),
  NT_INT (NtHistoryEntry, generation, REQUIRED),
  NT_RECORDS (NtHistoryEntry, before, OPTIONAL, nt_team_spec_type),
  NT_RECORDS (NtHistoryEntry, after, OPTIONAL, nt_team_spec_type),
  NT_STRINGS (NtHistoryEntry, links, OPTIONAL),
  NT_BOOL (NtHistoryEntry, take_over, OPTIONAL),
};
NT_DEFINE_RECORD (NtHistoryEntry, nt_history_entry, "HistoryEntry")

static const NtField nt_history_fields[] = {
  NT_RECORDS (NtHistory, entries, REQUIRED, nt_history_entry_type),
};
NT_DEFINE_RECORD (NtHistory, nt_history, "GetHistory")

/**
 * nt_history_add:
 *
 * Returns: (transfer full): the history with @entry added; without the oldest entry if the history is full
 */
NtHistory *
nt_history_add (const NtHistory *self, const NtHistoryEntry *entry, NtOutcome outcome)
{
  NtHistory *history = nt_history_copy (self);
  NtHistoryEntry *newest = nt_history_entry_copy (entry);

  newest->outcome = outcome;
  g_ptr_array_insert (history->entries, 0, newest);
  if (history->entries->len > NT_HISTORY_MAX)
    g_ptr_array_set_size (history->entries, NT_HISTORY_MAX);
  return history;
}

/**
 * nt_history_find_undoable:
 *
 * Returns: (transfer none) (nullable): the last confirmed change of teams
 */
const NtHistoryEntry *
nt_history_find_undoable (const NtHistory *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const NtHistoryEntry *entry = self->entries->pdata[i];

      if (entry->outcome == NT_OUTCOME_KEPT && entry->before->len + entry->after->len > 0)
        return entry;
    }
  return NULL;
}

/* Returns TRUE if a change of that id was kept. */
gboolean
nt_history_has (const NtHistory *self, const char *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const NtHistoryEntry *entry = self->entries->pdata[i];

      if (entry->outcome == NT_OUTCOME_KEPT && g_strcmp0 (entry->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * nt_history_entry_make_undo:
 * @definitions: the present definitions
 *
 * Returns: (transfer full): a request that restores the definitions from before the change
 */
NtRequest *
nt_history_entry_make_undo (const NtHistoryEntry *self, const NtDefinitions *definitions)
{
  NtRequest *request = nt_request_new ();

  request->take_over = self->take_over;
  for (guint i = 0; i < self->before->len; i++)
    {
      NtTeamSpec *spec = nt_team_spec_copy (self->before->pdata[i]);

      /* A team that has been deleted is created anew, without an id. */
      if (nt_team_specs_find (definitions->teams, spec->id) == NULL)
        g_clear_pointer (&spec->id, g_free);
      g_ptr_array_add (request->set, spec);
    }
  for (guint i = 0; i < self->after->len; i++)
    {
      const NtTeamSpec *spec = self->after->pdata[i];

      if (nt_team_specs_find (self->before, spec->id) == NULL && nt_team_specs_find (definitions->teams, spec->id) != NULL)
        g_ptr_array_add (request->remove, g_strdup (spec->id));
    }
  return request;
}

static void
append (GString *text, const char *sentence, const char *name)
{
  const NtBlank blank = { "name", name };
  g_autofree char *words = nt_text_fill (sentence, &blank, 1);

  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
}

/**
 * nt_history_entry_describe:
 *
 * Returns: (transfer full): a summary of the change in the user's language
 */
char *
nt_history_entry_describe (const NtHistoryEntry *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->after->len; i++)
    {
      const NtTeamSpec *spec = self->after->pdata[i];

      append (text, nt_team_specs_find (self->before, spec->id) ? _("{name} changed") : _("{name} created"), spec->name);
    }
  for (guint i = 0; i < self->before->len; i++)
    {
      const NtTeamSpec *spec = self->before->pdata[i];

      if (nt_team_specs_find (self->after, spec->id) == NULL)
        append (text, _("{name} deleted"), spec->name);
    }
  for (guint i = 0; i < self->links->len; i++)
    append (text, _("{name} enabled or disabled"), self->links->pdata[i]);
  return g_string_free (text, FALSE);
}
