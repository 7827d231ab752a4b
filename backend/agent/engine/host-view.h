/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/confirmation.h"
#include "backend/model/history/event.h"

G_BEGIN_DECLS

/* The host as the agent sees it: the kernel's links joined with the definitions of teams, and what has happened. */
#define NT_TYPE_HOST_VIEW (nt_host_view_get_type ())
G_DECLARE_FINAL_TYPE (NtHostView, nt_host_view, NT, HOST_VIEW, GObject)

NtHostView *nt_host_view_new (NtKernel *kernel, NtStore *store, const NtHost *host);
gboolean nt_host_view_load (NtHostView *self, GError **error);
void nt_host_view_set_coexist (NtHostView *self, NtCoexist *coexist);

gboolean nt_host_view_read (NtHostView *self, NtReadFlags flags, GError **error);
void nt_host_view_refresh (NtHostView *self, NtReadFlags flags);
void nt_host_view_join (NtHostView *self);
void nt_host_view_watch (NtHostView *self);
void nt_host_view_unwatch (NtHostView *self);
gboolean nt_host_view_is_watched (NtHostView *self);

void nt_host_view_set_definitions (NtHostView *self, const NtDefinitions *definitions);
void nt_host_view_set_filters (NtHostView *self, gboolean supported);
void nt_host_view_set_confirmation (NtHostView *self, NtConfirmation *confirmation);
void nt_host_view_set_changing (NtHostView *self, gboolean changing);

NtKernel *nt_host_view_get_kernel (NtHostView *self);
NtStore *nt_host_view_get_store (NtHostView *self);
NtHost *nt_host_view_get_host (NtHostView *self);
NtCoexist *nt_host_view_get_coexist (NtHostView *self);
const NtDefinitions *nt_host_view_get_definitions (NtHostView *self);
const NtSnapshot *nt_host_view_get_snapshot (NtHostView *self);
const NtState *nt_host_view_get_state (NtHostView *self);
const NtState *nt_host_view_update_state (NtHostView *self);

void nt_host_view_add_event (NtHostView *self, NtEvent *event);
GPtrArray *nt_host_view_get_events (NtHostView *self, gint64 after);

G_END_DECLS
