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

static const NtField nt_journal_entry_fields[] = {
  NT_INT (NtJournalEntry, time, REQUIRED),
  NT_STRING (NtJournalEntry, who, REQUIRED),
  NT_ENUM (NtJournalEntry, outcome, REQUIRED, nt_outcome_enum),
  NT_INT (NtJournalEntry, generation, REQUIRED),
  NT_RECORDS (NtJournalEntry, before, OPTIONAL, nt_team_spec_type),
  NT_RECORDS (NtJournalEntry, after, OPTIONAL, nt_team_spec_type),
  NT_STRINGS (NtJournalEntry, links, OPTIONAL),
  NT_BOOL (NtJournalEntry, take_over, OPTIONAL),
};
NT_DEFINE_RECORD (NtJournalEntry, nt_journal_entry, "JournalEntry")

static const NtField nt_journal_fields[] = {
  NT_RECORDS (NtJournal, entries, REQUIRED, nt_journal_entry_type),
};
NT_DEFINE_RECORD (NtJournal, nt_journal, "GetJournal")

/**
 * nt_journal_add:
 *
 * Returns: (transfer full): the journal with @entry added; without the oldest entry if the journal is full
 */
NtJournal *
nt_journal_add (const NtJournal *self, const NtJournalEntry *entry, NtOutcome outcome)
{
  NtJournal *journal = nt_journal_copy (self);
  NtJournalEntry *newest = nt_journal_entry_copy (entry);

  newest->outcome = outcome;
  g_ptr_array_insert (journal->entries, 0, newest);
  if (journal->entries->len > NT_JOURNAL_MAX)
    g_ptr_array_set_size (journal->entries, NT_JOURNAL_MAX);
  return journal;
}

/**
 * nt_journal_find_undoable:
 *
 * Returns: (transfer none) (nullable): the last confirmed change of teams
 */
const NtJournalEntry *
nt_journal_find_undoable (const NtJournal *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const NtJournalEntry *entry = self->entries->pdata[i];

      if (entry->outcome == NT_OUTCOME_KEPT && entry->before->len + entry->after->len > 0)
        return entry;
    }
  return NULL;
}

/**
 * nt_journal_entry_make_undo:
 * @definitions: the present definitions
 *
 * Returns: (transfer full): a request that restores the definitions from before the change
 */
NtRequest *
nt_journal_entry_make_undo (const NtJournalEntry *self, const NtDefinitions *definitions)
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
 * nt_journal_entry_describe:
 *
 * Returns: (transfer full): a summary of the change in the user's language
 */
char *
nt_journal_entry_describe (const NtJournalEntry *self)
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
