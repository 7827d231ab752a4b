/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* IP addresses as text, with or without a prefix length. */

gboolean nt_ip_parse (const char *text, GInetAddress **address, guint *length);
gboolean nt_ip_contains (const char *network, GInetAddress *address);
char *nt_ip_normalise (char *text);

G_END_DECLS
