/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <linux/netlink.h>

G_BEGIN_DECLS

GHashTable *nt_change_origins_new (void);
void nt_change_origins_note (GHashTable *self, const struct nlmsghdr *beginning, gsize size, guint32 own_port);

G_END_DECLS
