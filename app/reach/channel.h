/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reach/transport.h"
#include "backend/varlink/client/client.h"

G_BEGIN_DECLS

#define NT_TYPE_CHANNEL (nt_channel_get_type ())
G_DECLARE_FINAL_TYPE (NtChannel, nt_channel, NT, CHANNEL, GObject)

NtChannel *nt_channel_new (const NtServerAddress *address, NtTransportFlags flags);
void nt_channel_call_async (NtChannel *self,
                            const char *method,
                            JsonObject *parameters,
                            NtVarlinkReplyFunc reply_func,
                            gpointer reply_data,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
JsonObject *nt_channel_call_finish (NtChannel *self, GAsyncResult *result, GError **error);
void nt_channel_close (NtChannel *self);

G_END_DECLS
