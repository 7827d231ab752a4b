/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int nt_bridge_find_client (void);
gboolean nt_bridge_run (int input, int output, const char *socket_path, GError **error);

G_END_DECLS
