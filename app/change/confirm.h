/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reach/channel.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

void nt_confirm_async (const NtServerAddress *address,
                       const NtPending *pending,
                       NtTransportFlags flags,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
gboolean nt_confirm_finish (GAsyncResult *result, GError **error);

G_END_DECLS
