/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/change-queue.h"

G_BEGIN_DECLS

/* Restores teams to their definition where others have changed them. */
typedef struct _NtRepairer NtRepairer;

typedef void (*NtRepairedFunc) (gpointer user_data);

NtRepairer *nt_repairer_new (NtHostView *view, NtChangeQueue *queue, NtRepairedFunc func, gpointer user_data);
void nt_repairer_free (NtRepairer *self);
void nt_repairer_set_enabled (NtRepairer *self, gboolean enabled);
void nt_repairer_plan (NtRepairer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtRepairer, nt_repairer_free)

G_END_DECLS
