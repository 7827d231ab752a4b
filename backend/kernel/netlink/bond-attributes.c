/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/netlink/bond-attributes.h"

#include <linux/if_link.h>

#define NUMBER(member, ATTRIBUTE, bytes) \
  { G_STRUCT_OFFSET (NtBondOptions, member), NT_FIELD_INT, IFLA_BOND_##ATTRIBUTE, bytes }
#define WORD(member, ATTRIBUTE, bytes) \
  { G_STRUCT_OFFSET (NtBondOptions, member), NT_FIELD_ENUM, IFLA_BOND_##ATTRIBUTE, bytes }

/* bond_policy in drivers/net/bonding/bond_netlink.c. The primary is an interface index and is handled separately. */
const NtBondAttribute nt_bond_attributes[] = {
  WORD (mode, MODE, 1),
  NUMBER (miimon, MIIMON, 4),
  NUMBER (updelay, UPDELAY, 4),
  NUMBER (downdelay, DOWNDELAY, 4),
  NUMBER (use_carrier, USE_CARRIER, 1),
  WORD (fail_over_mac, FAIL_OVER_MAC, 1),
  WORD (xmit_hash_policy, XMIT_HASH_POLICY, 1),
  NUMBER (resend_igmp, RESEND_IGMP, 4),
  NUMBER (num_peer_notif, NUM_PEER_NOTIF, 1),
  NUMBER (all_slaves_active, ALL_SLAVES_ACTIVE, 1),
  WORD (lacp_rate, AD_LACP_RATE, 1),
  WORD (ad_select, AD_SELECT, 1),
  NUMBER (tlb_dynamic_lb, TLB_DYNAMIC_LB, 1),
  WORD (primary_reselect, PRIMARY_RESELECT, 1),
};

const guint nt_n_bond_attributes = G_N_ELEMENTS (nt_bond_attributes);
