/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NtTransportError:
 * @NT_TRANSPORT_ERROR_UNREACHABLE: nobody answers there; it may be different later
 * @NT_TRANSPORT_ERROR_DENIED: the server does not let this user in
 * @NT_TRANSPORT_ERROR_HOST_KEY: the server is not known, or not the one it was
 * @NT_TRANSPORT_ERROR_NO_AGENT: the server is there, but no agent runs on it
 *
 * Why a server cannot be reached. The message says what to do about it.
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
