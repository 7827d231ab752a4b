/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/operation.h"

G_BEGIN_DECLS

/*
 * The present filters, as listed by the program nft. As this takes some milliseconds, it runs only after the kernel has
 * reported a change, and never if there is no bond of the kind that needs filters.
 */
typedef struct _NtFilters NtFilters;

/* The kernel reports that the tables of nftables have changed. */
typedef void (*NtFiltersFunc) (gpointer user_data);

NtFilters *nt_filters_new (NtFiltersFunc changed, gpointer user_data);
void nt_filters_free (NtFilters *self);

gboolean nt_filters_are_possible (void);
void nt_filters_read (NtFilters *self, NtSnapshot *snapshot);
gboolean nt_filters_apply (NtFilters *self, const NtOperation *operation, GError **error);

G_END_DECLS
