/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/link/adapter-details.h"

static const NtField nt_adapter_details_fields[] = {
  NT_STRING (NtAdapterDetails, name, REQUIRED),
  NT_ENUM (NtAdapterDetails, link_detail, OPTIONAL, nt_link_detail_enum),
  NT_INT (NtAdapterDetails, rx_queues, OPTIONAL),
  NT_INT (NtAdapterDetails, tx_queues, OPTIONAL),
  NT_INT (NtAdapterDetails, numa_node, OPTIONAL),
  NT_STRINGS (NtAdapterDetails, rdma_devices, OPTIONAL),
  NT_INT (NtAdapterDetails, virtual_functions, OPTIONAL),
  NT_INT (NtAdapterDetails, virtual_functions_max, OPTIONAL),
  NT_STRING (NtAdapterDetails, physical_function, OPTIONAL),
  NT_STRINGS (NtAdapterDetails, features, REQUIRED),
};
NT_DEFINE_RECORD (NtAdapterDetails, nt_adapter_details, "AdapterDetails")

static const NtField nt_adapter_reply_fields[] = {
  NT_RECORD (NtAdapterReply, details, REQUIRED, nt_adapter_details_type),
};
NT_DEFINE_RECORD (NtAdapterReply, nt_adapter_reply, "GetAdapter")
