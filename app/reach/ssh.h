/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/reach/transport-error.h"

G_BEGIN_DECLS

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

GSubprocess *nt_ssh_spawn (const char *host, NtTransportFlags flags, GIOStream **stream, GError **error);
void nt_ssh_set_error (GError **error, const char *host, int exit_status, const char *words);

G_END_DECLS
