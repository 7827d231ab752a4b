/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server-address.h"

G_BEGIN_DECLS

/**
 * NtTransportError:
 * @NT_TRANSPORT_ERROR_UNREACHABLE: not reachable; may be temporary
 * @NT_TRANSPORT_ERROR_DENIED: the server denies access to the user
 * @NT_TRANSPORT_ERROR_HOST_KEY: the host key is unknown or has changed
 * @NT_TRANSPORT_ERROR_NO_AGENT: the server is reachable, but no agent runs on it
 *
 * Errors of connections. The message includes a remedy.
 */
typedef enum
{
  NT_TRANSPORT_ERROR_UNREACHABLE,
  NT_TRANSPORT_ERROR_DENIED,
  NT_TRANSPORT_ERROR_HOST_KEY,
  NT_TRANSPORT_ERROR_NO_AGENT,
} NtTransportError;

#define NT_TRANSPORT_ERROR (nt_transport_error_quark ())
GQuark nt_transport_error_quark (void);

/**
 * NtTransportFlags:
 * @NT_TRANSPORT_INTERACTIVE: ssh may prompt for a password, a passphrase or a host key in a dialog
 * @NT_TRANSPORT_TERMINAL: ssh may prompt on the terminal of this process
 * @NT_TRANSPORT_FRESH: use a new connection, even if the ssh configuration shares connections
 */
typedef enum
{
  NT_TRANSPORT_DEFAULT = 0,
  NT_TRANSPORT_INTERACTIVE = 1 << 0,
  NT_TRANSPORT_TERMINAL = 1 << 1,
  NT_TRANSPORT_FRESH = 1 << 2,
} NtTransportFlags;

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
