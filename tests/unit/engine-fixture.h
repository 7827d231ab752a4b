/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/engine.h"
#include "memory-kernel.h"

G_BEGIN_DECLS

/* Everything that outlives an agent, at one moment. */
typedef struct
{
  NtSnapshot *snapshot; /* NULL = none was saved */
  char *teams;          /* NULL = no such file */
  char *checkpoint;     /* likewise */
} Moment;

/* An engine on a kernel in memory, and the result of its last change. */
typedef struct
{
  char *directory;
  NtMemoryKernel *kernel;
  NtEngine *engine;
  guint n_changed;

  gboolean done;
  guint n_progress;
  guint freeze_at; /* number of the operation, from 1, before which the moment is saved; 0 = none */
  Moment frozen;
  NtChangeResult result;
  gboolean undone;
  gint64 generation;
} Fixture;

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_set_up_on (Fixture *fixture, NtSnapshot *snapshot);
void fixture_tear_down (Fixture *fixture, gconstpointer data);
void fixture_start_engine (Fixture *fixture);
void fixture_begin (Fixture *fixture, const char *text);
void fixture_thaw (Fixture *fixture);
void fixture_wait (Fixture *fixture);
NtChangeResult fixture_apply (Fixture *fixture, const char *text);
void fixture_progress_cb (const NtOperation *operation, gpointer user_data);
void fixture_done_cb (const NtChange *change, gint64 generation, gpointer user_data);
char *fixture_dump_kernel (Fixture *fixture);

G_END_DECLS
