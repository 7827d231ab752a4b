/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backend/model/plan/operation.h"

G_BEGIN_DECLS

/*
 * The present filters, as listed by the program nft. As this takes some milliseconds, it runs only after the kernel has
 * reported a change, and never if there is no bond of the kind that needs filters.
 */
typedef struct _NtFilters NtPacketFilters;

/* The filters have changed since they were read. */
typedef void (*NtPacketFiltersFunc) (gpointer user_data);

NtPacketFilters *nt_packet_filters_new (NtPacketFiltersFunc changed, gpointer user_data);
void nt_packet_filters_free (NtPacketFilters *self);

void nt_packet_filters_read (NtPacketFilters *self, NtSnapshot *snapshot, gboolean waits);

gboolean nt_packet_filters_apply (NtPacketFilters *self, const NtOperation *operation, GError **error);
void nt_packet_filters_apply_async (NtPacketFilters *self,
                                    const NtOperation *operation,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

G_END_DECLS
