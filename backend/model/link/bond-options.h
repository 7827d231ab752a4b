/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/enums.h"

G_BEGIN_DECLS

/* The bonding driver's terms: include/uapi/linux/if_bonding.h, in the order of their numbers. */

typedef enum
{
  NT_BOND_BALANCE_RR,
  NT_BOND_ACTIVE_BACKUP,
  NT_BOND_BALANCE_XOR,
  NT_BOND_BROADCAST,
  NT_BOND_8023AD,
  NT_BOND_BALANCE_TLB,
  NT_BOND_BALANCE_ALB,
} NtBondMode;

typedef enum
{
  NT_XMIT_LAYER2,
  NT_XMIT_LAYER34,
  NT_XMIT_LAYER23,
  NT_XMIT_ENCAP23,
  NT_XMIT_ENCAP34,
  NT_XMIT_VLAN_SRCMAC,
} NtXmitHashPolicy;

typedef enum { NT_LACP_RATE_SLOW, NT_LACP_RATE_FAST } NtLacpRate;
typedef enum { NT_AD_SELECT_STABLE, NT_AD_SELECT_BANDWIDTH, NT_AD_SELECT_COUNT } NtAdSelect;
typedef enum { NT_FAIL_OVER_MAC_NONE, NT_FAIL_OVER_MAC_ACTIVE, NT_FAIL_OVER_MAC_FOLLOW } NtFailOverMac;
typedef enum { NT_RESELECT_ALWAYS, NT_RESELECT_BETTER, NT_RESELECT_FAILURE } NtPrimaryReselect;

/* MII states of a member, numbered as BOND_LINK_UP and its successors. */
typedef enum { NT_MII_UP, NT_MII_FAIL, NT_MII_DOWN, NT_MII_BACK } NtMii;

/* Bits of a LACP port state, IEEE 802.1AX 6.4.2.3. */
enum
{
  NT_LACP_ACTIVITY = 0x01,
  NT_LACP_TIMEOUT = 0x02,
  NT_LACP_AGGREGATION = 0x04,
  NT_LACP_SYNCHRONIZATION = 0x08,
  NT_LACP_COLLECTING = 0x10,
  NT_LACP_DISTRIBUTING = 0x20,
  NT_LACP_DEFAULTED = 0x40,
  NT_LACP_EXPIRED = 0x80,
};

extern const NtEnum nt_bond_mode_enum;
extern const NtEnum nt_xmit_hash_policy_enum;
extern const NtEnum nt_lacp_rate_enum;
extern const NtEnum nt_ad_select_enum;
extern const NtEnum nt_fail_over_mac_enum;
extern const NtEnum nt_primary_reselect_enum;

/* Options of a bond; -1 or NULL = not given or unknown. Times are in milliseconds. */
typedef struct
{
  NtRecord record;
  int mode; /* NtBondMode */
  gint64 miimon;
  gint64 updelay;
  gint64 downdelay;
  gint64 use_carrier;
  int fail_over_mac;    /* NtFailOverMac */
  int xmit_hash_policy; /* NtXmitHashPolicy */
  gint64 resend_igmp;
  gint64 num_peer_notif;
  gint64 all_slaves_active;
  int lacp_rate; /* NtLacpRate */
  int ad_select; /* NtAdSelect */
  gint64 tlb_dynamic_lb;
  char *primary; /* name of a member; "" = none */
  int primary_reselect; /* NtPrimaryReselect */
} NtBondOptions;

NT_DECLARE_RECORD (NtBondOptions, nt_bond_options)

/* Requirements for changing an option, from the kernel's bond_opts table. */
typedef enum
{
  NT_CHANGE_LIVE,       /* none */
  NT_CHANGE_DOWN,       /* the bond must be down; members may stay */
  NT_CHANGE_NO_MEMBERS, /* the bond must be down and have no members */
} NtBondChange;

NtBondOptions *nt_bond_options_difference (const NtBondOptions *have,
                                           const NtBondOptions *want,
                                           NtBondChange *change);
gboolean nt_bond_options_is_empty (const NtBondOptions *self);

G_END_DECLS
