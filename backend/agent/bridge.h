/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean nt_bridge_run (const char *socket_path, GError **error);

G_END_DECLS
