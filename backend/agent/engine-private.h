/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/confirmation.h"
#include "agent/engine.h"

G_BEGIN_DECLS

struct _NtEngine
{
  GObject parent_instance;

  NtKernel *kernel;
  NtStore *store;
  NtHost *host;

  NtWanted *wanted;
  NtJournal *journal;
  NtSnapshot *snapshot;
  NtState *state;

  GQueue jobs;      /* of Job; the first one is under way */
  guint job_source; /* carries out the next step of it */
  guint watchers;
  guint lacp_source;

  gint64 confirm_seconds;       /* for who says nothing of it; 0 = none */
  NtConfirmation *confirmation; /* of the change that waits; NULL = none */
  NtWanted *wanted_before;      /* that change */
};

/* engine.c: what is there */
void nt_engine_join (NtEngine *self);
void nt_engine_refresh (NtEngine *self, NtReadFlags flags);
void nt_engine_look_again (NtEngine *self);

/* engine-changes.c: what is asked for */
gboolean nt_engine_is_changing (NtEngine *self);
void nt_engine_go_on (NtEngine *self);
gboolean nt_engine_recover (NtEngine *self, GError **error);
void nt_engine_drop_changes (NtEngine *self);

G_END_DECLS
