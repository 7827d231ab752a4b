/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/adapter-details.h"
#include "backend/model/link/link.h"

G_BEGIN_DECLS

/* The device behind a link. */
typedef struct
{
  NtRecord record;
  char *bus;         /* where it is plugged in: "0000:01:00.0"; NULL = there is no device */
  char *driver;
  char *description; /* what udev's hardware database calls it */
  gboolean wireless;
  gboolean vlan_challenged; /* its driver says so */
} NtDevice;

NT_DECLARE_RECORD (NtDevice, nt_device)

GPtrArray *nt_sysfs_read_members (const char *bond);
void nt_sysfs_read_speed (const char *link, gint64 *speed, int *duplex);
NtDevice *nt_sysfs_read_device (const NtLink *link);
void nt_sysfs_read_functions (const char *link, gboolean *rdma, gint64 *virtual_functions);
void nt_sysfs_read_details (const char *link, NtAdapterDetails *details);
gboolean nt_sysctl_set_ipv6 (const char *link, gboolean on, GError **error);

G_END_DECLS
