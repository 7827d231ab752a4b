/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/change.h"

G_BEGIN_DECLS

#define NT_TYPE_ENGINE (nt_engine_get_type ())
G_DECLARE_FINAL_TYPE (NtEngine, nt_engine, NT, ENGINE, GObject)

/* Called before each operation is carried out. */
typedef void (*NtEngineProgressFunc) (const NtOperation *operation, gpointer user_data);
/* Called once, when the change has its result; @generation is the present one. */
typedef void (*NtEngineDoneFunc) (const NtChange *change, gint64 generation, gpointer user_data);

NtEngine *nt_engine_new (NtKernel *kernel, NtStore *store, const NtHost *host, GError **error);
const NtState *nt_engine_get_state (NtEngine *self);
NtKernel *nt_engine_get_kernel (NtEngine *self);
void nt_engine_watch (NtEngine *self);
void nt_engine_unwatch (NtEngine *self);
void nt_engine_apply (NtEngine *self,
                      const NtRequest *request,
                      NtEngineProgressFunc progress,
                      NtEngineDoneFunc done,
                      gpointer user_data);

G_END_DECLS
