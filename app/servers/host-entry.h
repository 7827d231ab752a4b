/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More in one list, as by a range such as [1:99999999], are a slip of the finger. */
#define NT_HOSTS_MAX 10000

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

G_END_DECLS
