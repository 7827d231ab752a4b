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
  NtCoexist *coexist; /* NULL = there is nobody else */

  NtWanted *wanted;
  NtJournal *journal;
  NtSnapshot *snapshot;
  NtSnapshot *tended; /* what was there when teams were tended last */
  NtState *state;

  GPtrArray *events; /* of NtEvent, the last ones */
  gint64 next_event;

  GQueue jobs;      /* of Job; the first one is under way */
  guint job_source; /* carries out the next step of it */
  guint watchers;
  guint lacp_source;

  gint64 confirm_seconds;       /* for who says nothing of it; 0 = none */
  NtConfirmation *confirmation; /* of the change that waits; NULL = none */
  NtWanted *wanted_before;      /* that change */

  gboolean repairs;     /* what others change of teams */
  guint repair_source;
  GHashTable *repaired; /* ids of teams to how often, in this while; NULL = none */
  gint64 repaired_since; /* the beginning of this while, in microseconds on the monotonic clock */
};

/* engine.c: what is there */
void nt_engine_join (NtEngine *self);
void nt_engine_refresh (NtEngine *self, NtReadFlags flags);
void nt_engine_look_again (NtEngine *self);

/* engine-events.c: what happened */
void nt_engine_note_event (NtEngine *self, NtEvent *event);
void nt_engine_note_events_since (NtEngine *self, const NtState *before);

/* engine-changes.c: what is asked for */
void nt_engine_set_wanted (NtEngine *self, const NtWanted *wanted);
gboolean nt_engine_is_changing (NtEngine *self);
void nt_engine_go_on (NtEngine *self);
gboolean nt_engine_recover (NtEngine *self, GError **error);
void nt_engine_remember (NtEngine *self, const NtJournalEntry *entry, NtOutcome outcome);
void nt_engine_drop_changes (NtEngine *self);

/* engine-repair.c: what others change */
void nt_engine_plan_repair (NtEngine *self);
void nt_engine_drop_repair (NtEngine *self);

G_END_DECLS
