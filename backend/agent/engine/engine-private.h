/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/confirmation.h"
#include "backend/agent/engine/engine.h"

G_BEGIN_DECLS

struct _NtEngine
{
  GObject parent_instance;

  NtKernel *kernel;
  NtStore *store;
  NtHost *host;
  NtCoexist *coexist; /* NULL = no other tools */

  NtDefinitions *definitions;
  NtJournal *journal;
  NtSnapshot *snapshot;
  NtSnapshot *tended; /* state of the kernel when teams were last maintained */
  NtState *state;

  GPtrArray *events; /* of NtEvent, most recent ones only */
  gint64 next_event;

  GQueue jobs;      /* of Job; the first one is in progress */
  guint job_source; /* carries out its next step */
  guint watchers;
  guint lacp_source;

  gint64 confirm_seconds;       /* default time for confirmation; 0 = none */
  NtConfirmation *confirmation; /* of the change that waits; NULL = none */
  NtDefinitions *definitions_before;      /* definitions before that change */

  gboolean repairs;     /* drift is repaired automatically */
  guint repair_source;
  GHashTable *repaired; /* id of a team -> number of repairs in the present period; NULL = none */
  gint64 repaired_since; /* start of this period, in microseconds on the monotonic clock */
};

/* engine.c: the present state */
void nt_engine_join (NtEngine *self);
void nt_engine_refresh (NtEngine *self, NtReadFlags flags);
void nt_engine_look_again (NtEngine *self);

/* engine-events.c: events */
void nt_engine_note_event (NtEngine *self, NtEvent *event);
void nt_engine_note_events_since (NtEngine *self, const NtState *before);

/* engine-changes.c: requested changes */
void nt_engine_set_definitions (NtEngine *self, const NtDefinitions *definitions);
gboolean nt_engine_is_changing (NtEngine *self);
void nt_engine_go_on (NtEngine *self);
gboolean nt_engine_recover (NtEngine *self, GError **error);
void nt_engine_remember (NtEngine *self, const NtJournalEntry *entry, NtOutcome outcome);
void nt_engine_drop_changes (NtEngine *self);

/* engine-repair.c: drift */
void nt_engine_plan_repair (NtEngine *self);
void nt_engine_drop_repair (NtEngine *self);

G_END_DECLS
