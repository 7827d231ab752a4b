/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/adapter-details.h"
#include "backend/model/link/link.h"

G_BEGIN_DECLS

/* The hardware device of a link. */
typedef struct
{
  NtRecord record;
  char *bus;         /* bus address: "0000:01:00.0"; NULL = no device */
  char *driver;
  char *description; /* from udev's hardware database */
  gboolean wireless;
  gboolean vlan_challenged; /* reported by the driver */
} NtDevice;

NT_DECLARE_RECORD (NtDevice, nt_device)

GPtrArray *nt_sysfs_read_members (const char *bond);
void nt_sysfs_read_speed (const char *link, gint64 *speed, int *duplex);
NtDevice *nt_sysfs_read_device (const NtLink *link);
void nt_sysfs_read_functions (const char *link, gboolean *rdma, gint64 *virtual_functions);
void nt_sysfs_read_details (const char *link, NtAdapterDetails *details);
gboolean nt_sysctl_set_ipv6 (const char *link, gboolean on, GError **error);

G_END_DECLS
