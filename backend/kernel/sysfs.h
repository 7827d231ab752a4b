/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/link.h"

G_BEGIN_DECLS

GPtrArray *nt_sysfs_read_members (const char *bond);
gboolean nt_sysfs_is_wireless (const char *link);
char *nt_sysfs_read_bus (const char *link);
char *nt_sysfs_read_driver (const char *link);
char *nt_sysfs_read_description (const NtLink *link);

G_END_DECLS
