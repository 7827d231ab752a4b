/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ranges such as [1:99999999] are likely typing errors. */
#define NT_HOSTS_MAX 10000

/**
 * NtHostEntry:
 * @name: as listed
 * @address: as accepted by nt_server_address_parse()
 * @groups: (element-type utf8): the groups that list the host
 *
 * A host in a list of hosts.
 */
typedef struct
{
  char *name;
  char *address;
  GPtrArray *groups;
} NtHostEntry;

NtHostEntry *nt_host_entry_new (const char *name, const char *address);
void nt_host_entry_free (NtHostEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtHostEntry, nt_host_entry_free)

G_END_DECLS
