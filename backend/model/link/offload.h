/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/adapter-details.h"

G_BEGIN_DECLS

/* What adapters can do in the place of the processor, and what a team of them offers. */

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

/* How the queues of a team are counted from those of its members. */
typedef enum { NT_QUEUE_RULE_SUM, NT_QUEUE_RULE_SMALLEST } NtQueueRule;

extern const NtEnum nt_offload_enum;
extern const NtEnum nt_queue_rule_enum;

typedef struct
{
  NtRecord record;
  int offload;        /* NtOffload */
  gboolean offered;   /* by the rules of teaming */
  GPtrArray *members; /* names of those that have it */
  gboolean bond;      /* whether the kernel's bond has it, by rules of its own */
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

/* What GetTeamFeatures answers. */
typedef struct
{
  NtRecord record;
  GPtrArray *features; /* of NtTeamFeatures */
} NtTeamFeaturesReply;

NT_DECLARE_RECORD (NtTeamFeaturesReply, nt_team_features_reply)

GPtrArray *nt_offload_find_words (NtOffload offload, const GPtrArray *features);
NtQueueRule nt_team_features_get_queue_rule (int mode, int balance);
NtTeamFeatures *nt_team_features_judge (int mode,
                                        int balance,
                                        const GPtrArray *members,
                                        const NtAdapterDetails *bond);

G_END_DECLS
