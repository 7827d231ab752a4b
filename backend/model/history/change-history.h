/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/request/request.h"

G_BEGIN_DECLS

/* Number of changes that are remembered. */
#define NT_HISTORY_MAX 50

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
  char *id;      /* NULL in entries of agent 0.1 */
  gint64 time_s; /* seconds since 1970 */
  char *who;   /* the user and the origin of the request, for display */
  int outcome; /* NtOutcome */
  gint64 generation; /* of the definitions after the change */
  GPtrArray *before; /* of NtTeamSpec: former definitions of the changed and deleted teams */
  GPtrArray *after;  /* of NtTeamSpec: new definitions of the changed and created teams */
  GPtrArray *links;  /* adapters that it enabled or disabled */
  gboolean take_over; /* devices were taken over from other tools, so undoing it requires a take-over as well */
} NtHistoryEntry;

NT_DECLARE_RECORD (NtHistoryEntry, nt_history_entry)

/* The history of changes, newest first. */
typedef struct
{
  NtRecord record;
  GPtrArray *entries; /* of NtHistoryEntry */
} NtHistory;

NT_DECLARE_RECORD (NtHistory, nt_history)

NtHistory *nt_history_add (const NtHistory *self, const NtHistoryEntry *entry, NtOutcome outcome);
const NtHistoryEntry *nt_history_find_undoable (const NtHistory *self);
gboolean nt_history_has (const NtHistory *self, const char *id);
NtRequest *nt_history_entry_make_undo (const NtHistoryEntry *self, const NtDefinitions *definitions);
char *nt_history_entry_describe (const NtHistoryEntry *self);

G_END_DECLS
