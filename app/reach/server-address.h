/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The socket of the local agent */
#define NT_AGENT_SOCKET "/run/nicteam/agent.sock"

typedef enum
{
  NT_ADDRESS_UNIX, /* target: path of a socket */
  NT_ADDRESS_SSH,  /* target: destination for ssh, such as "admin@server1" or "ssh://server1:2222" */
} NtAddressKind;

/**
 * NtServerAddress:
 * @target: depends on @kind
 *
 * The address of a server.
 */
typedef struct
{
  NtAddressKind kind;
  char *target;
} NtServerAddress;

NtServerAddress *nt_server_address_parse (const char *text, GError **error);
NtServerAddress *nt_server_address_copy (const NtServerAddress *self);
gboolean nt_server_address_equal (const NtServerAddress *a, const NtServerAddress *b);
void nt_server_address_free (NtServerAddress *self);
char *nt_server_address_to_string (const NtServerAddress *self);
void nt_server_address_split (const NtServerAddress *self, char **user, char **host, char **port);
char *nt_server_address_get_default_name (const NtServerAddress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtServerAddress, nt_server_address_free)

G_END_DECLS
