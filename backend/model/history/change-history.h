/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/request/request.h"

G_BEGIN_DECLS

/* Number of changes that are remembered. */
#define NT_JOURNAL_MAX 50

/* Outcome of a change. */
typedef enum
{
  NT_OUTCOME_KEPT,
  NT_OUTCOME_REVERTED, /* reverted by a user, not confirmed in time, or interrupted by the end of the agent */
  NT_OUTCOME_FAILED,   /* the kernel or the disk reported an error */
  NT_OUTCOME_REPAIRED, /* the agent restored the definition of a team */
} NtOutcome;

extern const NtEnum nt_outcome_enum;

/* One change, with the definitions before and after it. */
typedef struct
{
  NtRecord record;
  gint64 time; /* seconds since 1970 */
  char *who;   /* the user and the origin of the request, for display */
  int outcome; /* NtOutcome */
  gint64 generation; /* of the definitions after the change */
  GPtrArray *before; /* of NtTeamSpec: former definitions of the changed and deleted teams */
  GPtrArray *after;  /* of NtTeamSpec: new definitions of the changed and created teams */
  GPtrArray *links;  /* adapters that it enabled or disabled */
  gboolean take_over; /* devices were taken over from other tools, so undoing it requires a take-over as well */
} NtJournalEntry;

NT_DECLARE_RECORD (NtJournalEntry, nt_journal_entry)

/* The history of changes, newest first. */
typedef struct
{
  NtRecord record;
  GPtrArray *entries; /* of NtJournalEntry */
} NtJournal;

NT_DECLARE_RECORD (NtJournal, nt_journal)

NtJournal *nt_journal_add (const NtJournal *self, const NtJournalEntry *entry, NtOutcome outcome);
const NtJournalEntry *nt_journal_find_undoable (const NtJournal *self);
NtRequest *nt_journal_entry_make_undo (const NtJournalEntry *self, const NtDefinitions *definitions);
char *nt_journal_entry_describe (const NtJournalEntry *self);

G_END_DECLS
