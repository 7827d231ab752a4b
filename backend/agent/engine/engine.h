/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/change.h"
#include "backend/model/history/event.h"

G_BEGIN_DECLS

#define NT_TYPE_ENGINE (nt_engine_get_type ())
G_DECLARE_FINAL_TYPE (NtEngine, nt_engine, NT, ENGINE, GObject)

/* Called before each operation is carried out. */
typedef void (*NtEngineProgressFunc) (const NtOperation *operation, gpointer user_data);
/* Called once, with the result of the change; @generation is the present one. */
typedef void (*NtEngineDoneFunc) (const NtChange *change, gint64 generation, gpointer user_data);

/* Result of confirming or reverting a change. */
typedef enum
{
  NT_CONFIRM_RESULT_DONE,
  NT_CONFIRM_RESULT_NOTHING_PENDING,
  NT_CONFIRM_RESULT_TOO_OLD,       /* the connection is older than the change */
  NT_CONFIRM_RESULT_STORE_FAILED,  /* the store could not be written; the change has been rolled back */
  NT_CONFIRM_RESULT_REVERT_FAILED, /* the kernel reported an error */
} NtConfirmResult;

NtEngine *nt_engine_new (NtKernel *kernel, NtStore *store, const NtHost *host, GError **error);
const NtState *nt_engine_get_state (NtEngine *self);
GPtrArray *nt_engine_get_events (NtEngine *self, gint64 after);
NtKernel *nt_engine_get_kernel (NtEngine *self);
void nt_engine_watch (NtEngine *self);
void nt_engine_unwatch (NtEngine *self);
void nt_engine_set_coexist (NtEngine *self, NtCoexist *coexist);
void nt_engine_set_confirm_seconds (NtEngine *self, gint64 seconds);
void nt_engine_set_repairs (NtEngine *self, gboolean repairs);
NtConfirmResult nt_engine_confirm (NtEngine *self, const char *id, gint64 connected_at, char **reason);
NtConfirmResult nt_engine_revert (NtEngine *self, const char *id);
const NtJournal *nt_engine_get_journal (NtEngine *self);
NtRequest *nt_engine_make_undo (NtEngine *self);
void nt_engine_apply (NtEngine *self,
                      const NtRequest *request,
                      const char *who,
                      NtEngineProgressFunc progress,
                      NtEngineDoneFunc done,
                      gpointer user_data);

G_END_DECLS
