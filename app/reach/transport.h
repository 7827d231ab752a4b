/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reach/server-address.h"
#include "app/reach/ssh.h"
#include "app/reach/transport-error.h"

G_BEGIN_DECLS

#define NT_TYPE_TRANSPORT (nt_transport_get_type ())
G_DECLARE_FINAL_TYPE (NtTransport, nt_transport, NT, TRANSPORT, GObject)

void nt_transport_open_async (const NtServerAddress *address,
                              NtTransportFlags flags,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
NtTransport *nt_transport_open_finish (GAsyncResult *result, GError **error);

GIOStream *nt_transport_get_stream (NtTransport *self);

void nt_transport_diagnose_async (NtTransport *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean nt_transport_diagnose_finish (NtTransport *self, GAsyncResult *result, GError **error);

G_END_DECLS
