/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/kernel/netlink/netlink.h"
#include "backend/model/link/link.h"

G_BEGIN_DECLS

/* Finds the name of a link by its index; returns NULL if it does not exist. */
typedef const char *(*NtNameFunc) (guint32 ifindex, gpointer user_data);

gboolean nt_route_is_default (const struct nlmsghdr *message);
NtRoute *nt_route_decode (const struct nlmsghdr *message, NtNameFunc find_name, gpointer user_data);
NtNetlinkMessage *
nt_route_encode (const NtRoute *route, int type, NtIndexFunc find_index, gpointer user_data, GError **error);

G_END_DECLS
