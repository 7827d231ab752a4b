/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/kernel/netlink/ethtool.h"

G_BEGIN_DECLS

NtAdapterDetails *nt_details_read (NtNetlink *route, const NtEthtool *ethtool, const char *link, GError **error);

G_END_DECLS
