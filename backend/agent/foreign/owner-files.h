/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"

G_BEGIN_DECLS

/* Information about links from the files of other tools. */

typedef struct
{
  GPtrArray *interfaces;  /* of ifupdown: alternating paths and contents */
  GHashTable *networkd;   /* index of a link, in decimal -> NtOwner */
  GPtrArray *connections; /* of NetworkManager: NtOwnedLink */
} NtOwnerFiles;

NtOwnerFiles *nt_owner_files_read (const char *root);
void nt_owner_files_free (NtOwnerFiles *self);
gboolean nt_owner_files_have_networkd (const NtOwnerFiles *self);
NtOwner *nt_owner_files_find_networkd (const NtOwnerFiles *self, const NtLink *link);
NtOwner *nt_owner_files_find_ifupdown (const NtOwnerFiles *self, const NtLink *link);
NtOwner *nt_owner_files_find_connection (const NtOwnerFiles *self, const NtLink *link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtOwnerFiles, nt_owner_files_free)

G_END_DECLS
