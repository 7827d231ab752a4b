/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void make_socket_pair (GSocketConnection **left, GSocketConnection **right);
void run_until_true (gboolean *condition);

G_END_DECLS
