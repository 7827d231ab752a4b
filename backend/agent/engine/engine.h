/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/change-queue.h"

G_BEGIN_DECLS

/*
 * Keeps the teams of this machine as they are defined. The host view knows what is there, the change queue changes it
 * on request, the repairer where others have changed it; the engine connects the three with the kernel's events.
 */
#define NT_TYPE_ENGINE (nt_engine_get_type ())
G_DECLARE_FINAL_TYPE (NtEngine, nt_engine, NT, ENGINE, GObject)

NtEngine *nt_engine_new (NtKernel *kernel, NtStore *store, const NtHost *host, GError **error);
void nt_engine_await_filters (NtEngine *self);
void nt_engine_set_filters (NtEngine *self, gboolean supported);
void nt_engine_set_coexist (NtEngine *self, NtCoexist *coexist);
void nt_engine_set_repairs (NtEngine *self, gboolean repairs);
NtHostView *nt_engine_get_view (NtEngine *self);
NtChangeQueue *nt_engine_get_queue (NtEngine *self);

G_END_DECLS
