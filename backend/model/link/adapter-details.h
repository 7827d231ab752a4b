/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/enums.h"

G_BEGIN_DECLS

/* Details that only the driver knows; they are read on request. */
typedef struct
{
  NtRecord record;
  char *name;
  int link_detail;           /* NtLinkDetail: why there is no carrier; -1 = the driver does not say */
  gint64 rx_queues;          /* -1 = unknown */
  gint64 tx_queues;          /* likewise */
  gint64 numa_node;          /* -1 = none */
  GPtrArray *rdma_devices;   /* names */
  gint64 virtual_functions;  /* number in use; -1 = not supported */
  gint64 virtual_functions_max;
  char *physical_function;   /* of a virtual function: the bus address of the adapter that it belongs to */
  GPtrArray *features;       /* enabled features, in the kernel's words */
} NtAdapterDetails;

NT_DECLARE_RECORD (NtAdapterDetails, nt_adapter_details)

/* The reply of GetAdapter. */
typedef struct
{
  NtRecord record;
  NtAdapterDetails *details;
} NtAdapterReply;

NT_DECLARE_RECORD (NtAdapterReply, nt_adapter_reply)

G_END_DECLS
