/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/kernel/netlink/netlink.h"
#include "backend/model/link/adapter-details.h"

G_BEGIN_DECLS

/* The ethtool family of generic netlink: Documentation/networking/ethtool-netlink.rst. */

/* A socket and the number of the family; none if the kernel was built without it. */
typedef struct
{
  NtNetlink *netlink;
  int family;
} NtEthtool;

typedef void (*NtLinkModesFunc) (guint32 ifindex, gint64 speed, int duplex, gpointer user_data);

void nt_ethtool_open (NtEthtool *self);
void nt_ethtool_close (NtEthtool *self);
gboolean nt_ethtool_is_available (const NtEthtool *self);

void nt_ethtool_read_link_modes (const NtEthtool *self, NtLinkModesFunc func, gpointer user_data);
void nt_ethtool_read_features (const NtEthtool *self, guint32 ifindex, GPtrArray *features);
void nt_ethtool_read_details (const NtEthtool *self, guint32 ifindex, NtAdapterDetails *details);

gboolean nt_ethtool_decode_link_modes (const struct nlmsghdr *message, guint32 *ifindex, gint64 *speed_mbps, int *duplex);
void nt_ethtool_decode_link_state (const struct nlmsghdr *message, NtAdapterDetails *details);
void nt_ethtool_decode_channels (const struct nlmsghdr *message, NtAdapterDetails *details);
void nt_ethtool_decode_features (const struct nlmsghdr *message, GPtrArray *features);

G_END_DECLS
