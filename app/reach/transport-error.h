/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

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

G_END_DECLS
