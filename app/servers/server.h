/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reach/server-address.h"
#include "app/reach/subscription.h"
#include "app/text/health.h"

G_BEGIN_DECLS

#define NT_TYPE_SERVER (nt_server_get_type ())
G_DECLARE_FINAL_TYPE (NtServer, nt_server, NT, SERVER, GObject)

NtServer *nt_server_new (const char *name, const NtServerAddress *address);

const char *nt_server_get_name (NtServer *self);
const NtServerAddress *nt_server_get_address (NtServer *self);
void nt_server_set_groups (NtServer *self, char **groups);
NtConnection nt_server_get_connection (NtServer *self);
NtHealth nt_server_get_health (NtServer *self);
const char *nt_server_get_status_text (NtServer *self);
void nt_server_set_last_change (NtServer *self, const char *id);
const char *nt_server_get_last_change (NtServer *self);
const char *nt_server_get_message (NtServer *self);
gboolean nt_server_is_read_only (NtServer *self);
const NtState *nt_server_get_state (NtServer *self);

GListModel *nt_server_get_events (NtServer *self);

void nt_server_connect (NtServer *self);
void nt_server_disconnect (NtServer *self);
void nt_server_refresh (NtServer *self, gboolean may_ask);

void nt_server_call_async (NtServer *self,
                           const char *method,
                           JsonObject *parameters,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void nt_server_change_async (NtServer *self,
                             const char *method,
                             JsonObject *parameters,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
JsonObject *nt_server_call_finish (NtServer *self, GAsyncResult *result, GError **error);

G_END_DECLS
