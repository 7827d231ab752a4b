/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/change/batch-job.h"

G_BEGIN_DECLS

/* The same change of several servers. */
#define NT_TYPE_BATCH (nt_batch_get_type ())
G_DECLARE_FINAL_TYPE (NtBatch, nt_batch, NT, BATCH, GObject)

NtBatch *nt_batch_new (void);
void nt_batch_add (NtBatch *self, NtServer *server, const NtRequest *request, const char *obstacle);
GListModel *nt_batch_get_jobs (NtBatch *self);
guint nt_batch_count (NtBatch *self, NtJobState state);
gboolean nt_batch_is_busy (NtBatch *self);
void nt_batch_plan (NtBatch *self);
void nt_batch_apply (NtBatch *self, int confirm);
void nt_batch_undo (NtBatch *self);

G_END_DECLS
