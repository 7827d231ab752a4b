/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backend/agent/access/account.h"

G_BEGIN_DECLS

/**
 * NtAccountFunc:
 * @uid: a user id
 *
 * Runs in a thread, and may block.
 *
 * Returns: (transfer full): the account of the user
 */
typedef NtAccount *(*NtAccountFunc) (uid_t uid);

/* Looks up accounts without blocking the main loop. */
#define NT_TYPE_ACCOUNTS (nt_accounts_get_type ())
G_DECLARE_FINAL_TYPE (NtAccounts, nt_accounts, NT, ACCOUNTS, GObject)

NtAccounts *nt_accounts_new (NtAccountFunc func);
void nt_accounts_get_async (NtAccounts *self,
                            uid_t uid,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
NtAccount *nt_accounts_get_finish (GAsyncResult *result, GError **error);

G_END_DECLS
