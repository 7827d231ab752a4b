/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NtHostEntry:
 * @name: what the host is called where it was listed
 * @address: where it is, as nt_server_address_parse() takes it
 * @groups: (element-type utf8): the groups that it was listed in
 *
 * A host that somebody has listed.
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

GPtrArray *nt_inventory_parse (const char *text);

G_END_DECLS
