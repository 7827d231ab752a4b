/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/owner.h"

G_BEGIN_DECLS

/* A configuration file that makes another tool ignore the devices of teams; see coexist.c. */

char *nt_drop_in_get_path (const char *root, NtTool tool);
GPtrArray *nt_drop_in_read (const char *path);
gboolean nt_drop_in_write (const char *path, NtTool tool, const GPtrArray *devices, GError **error);

G_END_DECLS
