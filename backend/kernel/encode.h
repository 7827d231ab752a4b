/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernel/netlink.h"
#include "model/operation.h"

G_BEGIN_DECLS

/* IFALIASZ of linux/if.h without the final NUL, in bytes. */
#define NT_ALIAS_MAX 255

/* Finds the index of a link by its name; returns 0 if it does not exist. */
typedef guint32 (*NtIndexFunc) (const char *name, gpointer user_data);

NtNetlinkMessage *nt_encode_operation (const NtOperation *operation,
                                       NtIndexFunc find_index,
                                       gpointer user_data,
                                       GError **error);

G_END_DECLS
