/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/adapter-details.h"

G_BEGIN_DECLS

/* Hardware offload features of adapters and teams. */

typedef enum
{
  NT_OFFLOAD_TX_CHECKSUM,
  NT_OFFLOAD_RX_CHECKSUM,
  NT_OFFLOAD_SCATTER_GATHER,
  NT_OFFLOAD_TSO,
  NT_OFFLOAD_GSO,
  NT_OFFLOAD_GRO,
  NT_OFFLOAD_LRO,
  NT_OFFLOAD_RX_HASHING,
  NT_OFFLOAD_VLAN_INSERTION,
  NT_OFFLOAD_VLAN_STRIPPING,
  NT_OFFLOAD_VLAN_FILTER,
} NtOffload;

/* Rules for counting the queues of a team. */
typedef enum { NT_QUEUE_RULE_SUM, NT_QUEUE_RULE_SMALLEST } NtQueueRule;

extern const NtEnum nt_offload_enum;
extern const NtEnum nt_queue_rule_enum;

typedef struct
{
  NtRecord record;
  int offload;        /* NtOffload */
  gboolean offered;   /* by the rules for teams */
  GPtrArray *members; /* names of the members that have it */
  gboolean bond;      /* %TRUE if the kernel's bond device has it */
} NtTeamOffload;

NT_DECLARE_RECORD (NtTeamOffload, nt_team_offload)

typedef struct
{
  NtRecord record;
  char *id;       /* of the team */
  int queue_rule; /* NtQueueRule */
  gint64 rx_queues; /* -1 = unknown */
  gint64 tx_queues; /* likewise */
  GPtrArray *offloads; /* of NtTeamOffload */
} NtTeamFeatures;

NT_DECLARE_RECORD (NtTeamFeatures, nt_team_features)

/* The reply of GetTeamFeatures. */
typedef struct
{
  NtRecord record;
  GPtrArray *features; /* of NtTeamFeatures */
} NtTeamFeaturesReply;

NT_DECLARE_RECORD (NtTeamFeaturesReply, nt_team_features_reply)

GPtrArray *nt_offload_find_words (NtOffload offload, const GPtrArray *features);
NtQueueRule nt_team_features_get_queue_rule (int mode, int balance);
NtTeamFeatures *nt_team_features_compute (int mode,
                                        int balance,
                                        const GPtrArray *members,
                                        const NtAdapterDetails *bond);

G_END_DECLS
