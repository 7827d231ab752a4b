/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Watches a directory, which need not exist yet, for changes. */
typedef struct _NtWatch NtWatch;

typedef void (*NtWatchFunc) (gpointer user_data);

NtWatch *nt_watch_new (const char *directory, NtWatchFunc func, gpointer user_data);
void nt_watch_free (NtWatch *self);

G_END_DECLS
