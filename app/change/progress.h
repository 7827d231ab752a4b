/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/servers/server.h"

G_BEGIN_DECLS

/* What a server does at the moment, told to somebody as soon as it takes longer than a blink. */
typedef struct _NtProgress NtProgress;

/**
 * NtProgressFunc:
 * @text: the step under way, in a sentence; %NULL when the end has come after something was told
 * @user_data: what was given with it
 */
typedef void (*NtProgressFunc) (const char *text, gpointer user_data);

NtProgress *nt_progress_new (NtServer *server, NtProgressFunc func, gpointer user_data);
void nt_progress_free (NtProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtProgress, nt_progress_free)

G_END_DECLS
