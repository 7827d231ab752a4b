/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/kernel/base/kernel.h"

G_BEGIN_DECLS

#define NT_TYPE_NETLINK_KERNEL (nt_netlink_kernel_get_type ())
G_DECLARE_FINAL_TYPE (NtNetlinkKernel, nt_netlink_kernel, NT, NETLINK_KERNEL, GObject)

NtNetlinkKernel *nt_netlink_kernel_new (gboolean virtual_adapters, GError **error);

G_END_DECLS
