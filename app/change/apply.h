/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/servers/server.h"
#include "backend/model/request/rules.h"

G_BEGIN_DECLS

void nt_apply_async (NtServer *server,
                     const NtRequest *request,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
void nt_apply_undo_async (NtServer *server,
                          const char *id,
                          int confirm,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean nt_apply_finish (NtServer *server, GAsyncResult *result, GError **error);
void nt_apply_plan_async (NtServer *server,
                          const NtRequest *request,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
NtApplyReply *nt_apply_plan_finish (NtServer *server, GAsyncResult *result, GError **error);
NtRequest *nt_apply_make_removal (const char *team_id);

G_END_DECLS
