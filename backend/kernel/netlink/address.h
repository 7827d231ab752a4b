/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/kernel/netlink/netlink.h"
#include "backend/model/link/link.h"

G_BEGIN_DECLS

NtLinkAddress *nt_address_decode (const struct nlmsghdr *message, guint32 *ifindex);
NtNetlinkMessage *
nt_address_encode_new (const char *address, const char *told, guint32 ifindex, GError **error);
NtNetlinkMessage *nt_address_encode_delete (const char *address, guint32 ifindex, GError **error);

G_END_DECLS
