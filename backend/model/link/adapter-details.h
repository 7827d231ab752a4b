/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/enums.h"

G_BEGIN_DECLS

/* What is told of a link only when it is asked for, because a driver must be asked for it. */
typedef struct
{
  NtRecord record;
  char *name;
  int link_detail;           /* NtLinkDetail: why there is no carrier; -1 = the driver does not say */
  gint64 rx_queues;          /* -1 = unknown */
  gint64 tx_queues;          /* likewise */
  gint64 numa_node;          /* -1 = none */
  GPtrArray *rdma_devices;   /* names */
  gint64 virtual_functions;  /* how many are in use, -1 = it cannot have any */
  gint64 virtual_functions_max;
  char *physical_function;   /* of a virtual function: the bus of the adapter that it is part of */
  GPtrArray *features;       /* those that are on, in the kernel's own words */
} NtAdapterDetails;

NT_DECLARE_RECORD (NtAdapterDetails, nt_adapter_details)

/* What GetAdapter answers. */
typedef struct
{
  NtRecord record;
  NtAdapterDetails *details;
} NtAdapterReply;

NT_DECLARE_RECORD (NtAdapterReply, nt_adapter_reply)

G_END_DECLS
