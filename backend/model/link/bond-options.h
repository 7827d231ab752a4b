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

/* Requirements for changing an option, from the flags of bond_opts in drivers/net/bonding/bond_options.c. */
typedef enum
{
  NT_CHANGE_LIVE,       /* none */
  NT_CHANGE_DOWN,       /* the bond must be down; members may stay */
  NT_CHANGE_NO_MEMBERS, /* the bond must be down and have no members */
} NtBondChange;

#define NT_IN(mode) (1u << NT_BOND_##mode)
#define NT_IN_ALL_MODES 0x7fu

/*
 * The options of a bond, one row each, from which follow what is read, written, compared and described; the primary is
 * apart, as it is the index of an interface. Columns: the kernel's name; its netlink attribute IFLA_BOND_* and the
 * width of that in bytes (bond_policy in drivers/net/bonding/bond_netlink.c); what a change needs; the modes that accept
 * it (unsuppmodes of bond_opts).
 *
 * SETTABLE rows are those that a definition can set by name, in TeamSpec.options. Their further columns: the lowest,
 * highest and default value, a title and a description for people. From such a row follow also the rule, the mapping,
 * adoption, the command line and its completion, the dialog, and the same change on other servers; the line in the type
 * BondOptions of the .varlink file and the manual page are held to it by tests.
 */
#define NT_BOND_OPTION_TABLE(NUMBER, WORD, SETTABLE) \
  WORD (mode, MODE, 1, NO_MEMBERS, NT_IN_ALL_MODES, nt_bond_mode_enum) \
  NUMBER (miimon, MIIMON, 4, LIVE, NT_IN_ALL_MODES) \
  NUMBER (updelay, UPDELAY, 4, LIVE, NT_IN_ALL_MODES) \
  NUMBER (downdelay, DOWNDELAY, 4, LIVE, NT_IN_ALL_MODES) \
  NUMBER (use_carrier, USE_CARRIER, 1, LIVE, NT_IN_ALL_MODES) \
  WORD (fail_over_mac, FAIL_OVER_MAC, 1, NO_MEMBERS, NT_IN_ALL_MODES, nt_fail_over_mac_enum) \
  WORD (xmit_hash_policy, XMIT_HASH_POLICY, 1, LIVE, NT_IN_ALL_MODES, nt_xmit_hash_policy_enum) \
  NUMBER (resend_igmp, RESEND_IGMP, 4, LIVE, NT_IN_ALL_MODES) \
  NUMBER (num_peer_notif, NUM_PEER_NOTIF, 1, LIVE, NT_IN_ALL_MODES) \
  NUMBER (all_slaves_active, ALL_SLAVES_ACTIVE, 1, LIVE, NT_IN_ALL_MODES) \
  WORD (lacp_rate, AD_LACP_RATE, 1, DOWN, NT_IN (8023AD), nt_lacp_rate_enum) \
  WORD (ad_select, AD_SELECT, 1, DOWN, NT_IN (8023AD), nt_ad_select_enum) \
  NUMBER (tlb_dynamic_lb, TLB_DYNAMIC_LB, 1, DOWN, NT_IN (BALANCE_TLB) | NT_IN (BALANCE_ALB)) \
  WORD (primary_reselect, PRIMARY_RESELECT, 1, LIVE, NT_IN_ALL_MODES, nt_primary_reselect_enum) \
  SETTABLE (min_links, MIN_LINKS, 4, LIVE, NT_IN (8023AD), 0, 32, 0, N_("Minimum Active Members"), \
            N_("With fewer active members, the team has no carrier"))

/* Options of a bond; -1 or NULL = not given or unknown. Times are in milliseconds; words are the enumeration's values. */
#define NT_NUMBER_MEMBER(member, ...) gint64 member;
#define NT_WORD_MEMBER(member, ...) int member;
typedef struct
{
  NtRecord record;
  NT_BOND_OPTION_TABLE (NT_NUMBER_MEMBER, NT_WORD_MEMBER, NT_NUMBER_MEMBER)
  char *primary; /* name of a member; "" = none */
} NtBondOptions;
#undef NT_NUMBER_MEMBER
#undef NT_WORD_MEMBER

NT_DECLARE_RECORD (NtBondOptions, nt_bond_options)

/* A bonding option that a definition can set: a SETTABLE row of the table. */
typedef struct
{
  const char *name;
  gsize offset; /* in NtBondOptions */
  guint modes;  /* bits of NtBondMode */
  gint64 min;
  gint64 max;
  gint64 value; /* default */
  const char *title;       /* marked for translation */
  const char *description; /* as above */
} NtTeamOption;

extern const NtTeamOption nt_team_options[];
extern const guint nt_n_team_options;

const NtTeamOption *nt_team_option_find (const char *name);
gboolean nt_team_option_parse (const NtTeamOption *self, const char *text, gint64 *value);

NtBondOptions *nt_bond_options_difference (const NtBondOptions *have,
                                           const NtBondOptions *want,
                                           NtBondChange *change);
gboolean nt_bond_options_is_empty (const NtBondOptions *self);

G_END_DECLS
