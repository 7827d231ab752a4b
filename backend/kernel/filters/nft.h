/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The program nft(8). It usually takes some milliseconds; after 2 s it is killed, which is an error. The errors are
 * NT_KERNEL_ERROR with the message of nft, and G_IO_ERROR_CANCELLED.
 */

void nt_nft_check_async (GAsyncReadyCallback callback, gpointer user_data);
gboolean nt_nft_check_finish (GAsyncResult *result);

gboolean nt_nft_load (const char *text, GError **error);
void nt_nft_load_async (const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean nt_nft_load_finish (GAsyncResult *result, GError **error);

GPtrArray *nt_nft_list (GError **error);
void nt_nft_list_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *nt_nft_list_finish (GAsyncResult *result, GError **error);

G_END_DECLS
