/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* The groups of this system that grant an access level; -1 if a group does not exist. */
typedef struct
{
  gint64 manage;
  gint64 read;
} NtAccessGroups;

/* The answer of the system's user database on a user. Immutable and reference-counted. */
typedef struct
{
  char *name; /* of the user; the user id if there is no name */
  NtAccessGroups groups;
} NtAccount;

NtAccount *nt_account_new (const char *name, const NtAccessGroups *groups);
NtAccount *nt_account_ref (NtAccount *self);
void nt_account_unref (NtAccount *self);

NtAccount *nt_account_look_up (uid_t uid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtAccount, nt_account_unref)

G_END_DECLS
