/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/request/request.h"

G_BEGIN_DECLS

/* How many changes are remembered. */
#define NT_JOURNAL_MAX 50

/* What became of a change. */
typedef enum
{
  NT_OUTCOME_KEPT,
  NT_OUTCOME_REVERTED, /* somebody wished it, nobody confirmed it, or the agent died */
  NT_OUTCOME_FAILED,   /* the kernel or the disk refused */
  NT_OUTCOME_REPAIRED, /* the agent mended what somebody else had changed */
} NtOutcome;

extern const NtEnum nt_outcome_enum;

/* One change: when, by whom, what it was before and what it was to be. */
typedef struct
{
  NtRecord record;
  gint64 time; /* seconds since 1970 */
  char *who;   /* the user, and from where, as people write it */
  int outcome; /* NtOutcome */
  gint64 generation; /* of the wanted state that it led to */
  GPtrArray *before; /* of NtTeamSpec: the teams that it changed or deleted */
  GPtrArray *after;  /* of NtTeamSpec: the teams that it changed or made */
  GPtrArray *links;  /* adapters that it enabled or disabled */
  gboolean take_over; /* other tools were told what they may touch, so it takes that to undo it */
} NtJournalEntry;

NT_DECLARE_RECORD (NtJournalEntry, nt_journal_entry)

/* What was changed, the newest first. */
typedef struct
{
  NtRecord record;
  GPtrArray *entries; /* of NtJournalEntry */
} NtJournal;

NT_DECLARE_RECORD (NtJournal, nt_journal)

NtJournal *nt_journal_add (const NtJournal *self, const NtJournalEntry *entry, NtOutcome outcome);
const NtJournalEntry *nt_journal_find_undoable (const NtJournal *self);
NtRequest *nt_journal_entry_make_undo (const NtJournalEntry *self, const NtWanted *wanted);
char *nt_journal_entry_describe (const NtJournalEntry *self);

G_END_DECLS
