/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/host-entry.h"

/**
 * nt_host_entry_new:
 * @address: (nullable): %NULL if it is @name
 *
 * Returns: (transfer full): a host without groups
 */
NtHostEntry *
nt_host_entry_new (const char *name, const char *address)
{
  NtHostEntry *self = g_new0 (NtHostEntry, 1);

  self->name = g_strdup (name);
  self->address = g_strdup (address ? address : name);
  self->groups = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
nt_host_entry_free (NtHostEntry *self)
{
  g_free (self->name);
  g_free (self->address);
  g_ptr_array_unref (self->groups);
  g_free (self);
}
