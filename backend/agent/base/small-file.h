/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Limit on files that other programs or persons have written. */
#define NT_SMALL_FILE_BYTES_MAX (1024 * 1024)

char *nt_small_file_read (const char *path, gsize *length);

G_END_DECLS
