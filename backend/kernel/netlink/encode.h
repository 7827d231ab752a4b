/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/kernel/netlink/netlink.h"
#include "backend/model/plan/operation.h"

G_BEGIN_DECLS

/* IFALIASZ of linux/if.h without the final NUL, in bytes. */
#define NT_ALIAS_MAX 255

NtNetlinkMessage *nt_encode_operation (const NtOperation *operation,
                                       NtIndexFunc find_index,
                                       gpointer user_data,
                                       GError **error);

G_END_DECLS
