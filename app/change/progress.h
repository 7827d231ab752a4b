/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/servers/server.h"

G_BEGIN_DECLS

/* Reports the steps of a change that takes longer than a moment. */
typedef struct _NtProgress NtProgress;

/**
 * NtProgressFunc:
 * @text: (nullable): the current step; %NULL at the end
 */
typedef void (*NtProgressFunc) (const char *text, gpointer user_data);

NtProgress *nt_progress_new (NtServer *server, NtProgressFunc func, gpointer user_data);
void nt_progress_free (NtProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtProgress, nt_progress_free)

G_END_DECLS
