/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/operation.h"

G_BEGIN_DECLS

/*
 * The filters that are there, as the program nft tells them. That takes it some milliseconds, so it is asked only when
 * the kernel says that something has changed, and not at all where no bond is of the kind that needs filters.
 */
typedef struct _NtFilters NtFilters;

/* The kernel says that somebody has changed the tables of nftables. */
typedef void (*NtFiltersFunc) (gpointer user_data);

NtFilters *nt_filters_new (NtFiltersFunc changed, gpointer user_data);
void nt_filters_free (NtFilters *self);

gboolean nt_filters_are_possible (void);
void nt_filters_read (NtFilters *self, NtSnapshot *snapshot);
gboolean nt_filters_apply (NtFilters *self, const NtOperation *operation, GError **error);

G_END_DECLS
