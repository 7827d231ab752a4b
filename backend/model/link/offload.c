/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/link/offload.h"

#include <glib/gi18n-lib.h>

static const NtEnumValue nt_offload_values[] = {
  { "tx_checksum", N_("Transmit checksum") },
  { "rx_checksum", N_("Receive checksum") },
  { "scatter_gather", N_("Scatter-gather") },
  { "tso", N_("TSO") },
  { "gso", N_("GSO") },
  { "gro", N_("GRO") },
  { "lro", N_("LRO") },
  { "rx_hashing", N_("Receive hashing") },
  { "vlan_insertion", N_("VLAN insertion") },
  { "vlan_stripping", N_("VLAN stripping") },
  { "vlan_filter", N_("VLAN filter") },
};
static const NtEnumValue nt_queue_rule_values[] = {
  { "sum", N_("sum of all members") },
  { "smallest", N_("smallest member") },
};

NT_DEFINE_ENUM (nt_offload, "Offload")
NT_DEFINE_ENUM (nt_queue_rule, "QueueRule")

static const NtField nt_team_offload_fields[] = {
  NT_ENUM (NtTeamOffload, offload, REQUIRED, nt_offload_enum),
  NT_BOOL (NtTeamOffload, offered, REQUIRED),
  NT_STRINGS (NtTeamOffload, members, REQUIRED),
  NT_BOOL (NtTeamOffload, bond, REQUIRED),
};
NT_DEFINE_RECORD (NtTeamOffload, nt_team_offload, "TeamOffload")

static const NtField nt_team_features_fields[] = {
  NT_STRING (NtTeamFeatures, id, REQUIRED),
  NT_ENUM (NtTeamFeatures, queue_rule, REQUIRED, nt_queue_rule_enum),
  NT_INT (NtTeamFeatures, rx_queues, OPTIONAL),
  NT_INT (NtTeamFeatures, tx_queues, OPTIONAL),
  NT_RECORDS (NtTeamFeatures, offloads, REQUIRED, nt_team_offload_type),
};
NT_DEFINE_RECORD (NtTeamFeatures, nt_team_features, "TeamFeatures")

static const NtField nt_team_features_reply_fields[] = {
  NT_RECORDS (NtTeamFeaturesReply, features, REQUIRED, nt_team_features_type),
};
NT_DEFINE_RECORD (NtTeamFeaturesReply, nt_team_features_reply, "GetTeamFeatures")

/* Requirements on the members for their team to offer a feature. */
typedef enum
{
  RULE_NONE, /* never offered by a team */
  RULE_ALL,  /* any member may send a packet, so all must have it */
  RULE_ANY,
} TeamRule;

#define MAX_WORDS 3

/* The kernel's words are in netdev_features_strings of net/ethtool/common.c; any one of several suffices. */
static const struct
{
  TeamRule rule;
  const char *words[MAX_WORDS];
} offloads[] = {
  [NT_OFFLOAD_TX_CHECKSUM] = { RULE_ALL, { "tx-checksum-ip-generic", "tx-checksum-ipv4", "tx-checksum-ipv6" } },
  [NT_OFFLOAD_RX_CHECKSUM] = { RULE_ANY, { "rx-checksum" } },
  [NT_OFFLOAD_SCATTER_GATHER] = { RULE_ALL, { "tx-scatter-gather" } },
  [NT_OFFLOAD_TSO] = { RULE_ALL, { "tx-tcp-segmentation", "tx-tcp6-segmentation" } },
  [NT_OFFLOAD_GSO] = { RULE_ALL, { "tx-generic-segmentation" } },
  [NT_OFFLOAD_GRO] = { RULE_NONE, { "rx-gro" } },
  [NT_OFFLOAD_LRO] = { RULE_NONE, { "rx-lro" } },
  [NT_OFFLOAD_RX_HASHING] = { RULE_NONE, { "rx-hashing" } },
  [NT_OFFLOAD_VLAN_INSERTION] = { RULE_NONE, { "tx-vlan-hw-insert" } },
  [NT_OFFLOAD_VLAN_STRIPPING] = { RULE_NONE, { "rx-vlan-hw-parse" } },
  [NT_OFFLOAD_VLAN_FILTER] = { RULE_NONE, { "rx-vlan-filter" } },
};

/**
 * nt_offload_find_words:
 * @features: (element-type utf8): the enabled features, in the kernel's words
 *
 * Returns: (transfer container) (element-type utf8): the kernel's words for @offload that are enabled; empty = off
 */
GPtrArray *
nt_offload_find_words (NtOffload offload, const GPtrArray *features)
{
  GPtrArray *words = g_ptr_array_new ();

  for (guint i = 0; i < MAX_WORDS && offloads[offload].words[i] != NULL; i++)
    if (nt_strings_contain (features, offloads[offload].words[i]))
      g_ptr_array_add (words, (gpointer) offloads[offload].words[i]);
  return words;
}

static gboolean
is_on (NtOffload offload, const NtAdapterDetails *details)
{
  g_autoptr (GPtrArray) words = nt_offload_find_words (offload, details->features);

  return words->len > 0;
}

/* A member with an unknown number of queues does not count. */
static gint64
add_queues (NtQueueRule rule, gint64 so_far, gint64 queues)
{
  if (so_far == -1 || queues == -1)
    return MAX (so_far, queues);
  return rule == NT_QUEUE_RULE_SUM ? so_far + queues : MIN (so_far, queues);
}

/**
 * nt_team_features_get_queue_rule:
 * @mode: a NtTeamMode
 * @balance: a NtBalance
 *
 * If the host has_fixed_member each address or flow on one member, the queues of all members can be used independently and are
 * summed. Otherwise traffic may arrive on any member, so each member needs a queue for it.
 *
 * Returns: the rule for counting the queues of such a team
 */
NtQueueRule
nt_team_features_get_queue_rule (int mode, int balance)
{
  gboolean has_fixed_member = balance == NT_BALANCE_HYPER_V_PORT || balance == NT_BALANCE_DYNAMIC;

  return mode == NT_MODE_SWITCH_INDEPENDENT && has_fixed_member ? NT_QUEUE_RULE_SUM : NT_QUEUE_RULE_SMALLEST;
}

static NtTeamOffload *
judge_offload (NtOffload offload, const GPtrArray *members, const NtAdapterDetails *bond)
{
  NtTeamOffload *result = nt_team_offload_new ();

  result->offload = offload;
  result->bond = bond != NULL && is_on (offload, bond);
  for (guint i = 0; i < members->len; i++)
    if (is_on (offload, members->pdata[i]))
      g_ptr_array_add (result->members, g_strdup (((const NtAdapterDetails *) members->pdata[i])->name));
  result->offered = result->members->len > 0 &&
                    (offloads[offload].rule == RULE_ANY || result->members->len == members->len);
  return result;
}

/**
 * nt_team_features_compute:
 * @mode: a NtTeamMode
 * @balance: a NtBalance
 * @members: (element-type NtAdapterDetails): the present members
 * @bond: (nullable): the team's device; NULL = absent
 *
 * A team offers transmit checksums and segmentation only if all members have them, and receive checksums if any member
 * has them. The bonding driver has its own rules: it offers scatter-gather, TSO and GSO if any member has them, and
 * falls back to software for other members.
 *
 * Returns: (transfer full): the queues and offloads of the team; the caller fills in its id
 */
NtTeamFeatures *
nt_team_features_compute (int mode, int balance, const GPtrArray *members, const NtAdapterDetails *bond)
{
  NtTeamFeatures *self = nt_team_features_new ();

  self->queue_rule = nt_team_features_get_queue_rule (mode, balance);
  for (guint i = 0; i < members->len; i++)
    {
      const NtAdapterDetails *member = members->pdata[i];

      self->rx_queues = add_queues (self->queue_rule, self->rx_queues, member->rx_queues);
      self->tx_queues = add_queues (self->queue_rule, self->tx_queues, member->tx_queues);
    }
  for (guint i = 0; i < G_N_ELEMENTS (offloads); i++)
    if (offloads[i].rule != RULE_NONE)
      g_ptr_array_add (self->offloads, judge_offload (i, members, bond));
  return self;
}
