/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/team/spec-to-bond.h"

/* The driver's interval for checking the carrier of its members; failover takes 5 to 55 ms with it. */
#define MIIMON_MS NT_UP_DELAY_STEP_MS

/*
 * Maps teaming modes and load balancing to the options of the bonding driver.
 *
 * Switch independent is balance-tlb: each member sends with its own address and one member receives, so no switch
 * sees one address on two ports. balance-alb, which receives on all members, loses 1.4 s of inbound traffic when a
 * cable is pulled. dynamic_lb 0 hashes flows to members; 1 moves them by load. balance-xor and 802.3ad need the switch.
 * Virtual machine port in switch independent mode is balance-xor as well, so that each source address stays on one
 * member; filters on the members make up for a switch that does not know of the team: see packet-filter.h.
 */
static const struct
{
  NtTeamMode mode;
  NtBalance balance;
  NtBondMode bond_mode;
  NtXmitHashPolicy hash;
  gint64 dynamic_lb;
} map[] = {
  { NT_MODE_SWITCH_INDEPENDENT, NT_BALANCE_TRANSPORT_PORTS, NT_BOND_BALANCE_TLB, NT_XMIT_LAYER34, 0 },
  { NT_MODE_SWITCH_INDEPENDENT, NT_BALANCE_IP_ADDRESSES, NT_BOND_BALANCE_TLB, NT_XMIT_LAYER23, 0 },
  { NT_MODE_SWITCH_INDEPENDENT, NT_BALANCE_MAC_ADDRESSES, NT_BOND_BALANCE_TLB, NT_XMIT_LAYER2, 0 },
  { NT_MODE_SWITCH_INDEPENDENT, NT_BALANCE_DYNAMIC, NT_BOND_BALANCE_TLB, NT_XMIT_LAYER34, 1 },
  { NT_MODE_SWITCH_INDEPENDENT, NT_BALANCE_HYPER_V_PORT, NT_BOND_BALANCE_XOR, NT_XMIT_VLAN_SRCMAC, -1 },
  { NT_MODE_STATIC, NT_BALANCE_TRANSPORT_PORTS, NT_BOND_BALANCE_XOR, NT_XMIT_LAYER34, -1 },
  { NT_MODE_STATIC, NT_BALANCE_IP_ADDRESSES, NT_BOND_BALANCE_XOR, NT_XMIT_LAYER23, -1 },
  { NT_MODE_STATIC, NT_BALANCE_MAC_ADDRESSES, NT_BOND_BALANCE_XOR, NT_XMIT_LAYER2, -1 },
  { NT_MODE_STATIC, NT_BALANCE_HYPER_V_PORT, NT_BOND_BALANCE_XOR, NT_XMIT_VLAN_SRCMAC, -1 },
  { NT_MODE_STATIC, NT_BALANCE_DYNAMIC, NT_BOND_BALANCE_XOR, NT_XMIT_LAYER34, -1 },
  { NT_MODE_LACP, NT_BALANCE_TRANSPORT_PORTS, NT_BOND_8023AD, NT_XMIT_LAYER34, -1 },
  { NT_MODE_LACP, NT_BALANCE_IP_ADDRESSES, NT_BOND_8023AD, NT_XMIT_LAYER23, -1 },
  { NT_MODE_LACP, NT_BALANCE_MAC_ADDRESSES, NT_BOND_8023AD, NT_XMIT_LAYER2, -1 },
  { NT_MODE_LACP, NT_BALANCE_HYPER_V_PORT, NT_BOND_8023AD, NT_XMIT_VLAN_SRCMAC, -1 },
  { NT_MODE_LACP, NT_BALANCE_DYNAMIC, NT_BOND_8023AD, NT_XMIT_LAYER34, -1 },
};

static int
find_row (int mode, int balance)
{
  for (guint i = 0; i < G_N_ELEMENTS (map); i++)
    if ((int) map[i].mode == mode && (int) map[i].balance == balance)
      return (int) i;
  return -1;
}

static void
set_active_backup (NtBondOptions *options, const NtTeamSpec *spec)
{
  options->mode = NT_BOND_ACTIVE_BACKUP;
  options->primary_reselect = NT_RESELECT_ALWAYS;
  for (guint i = 0; i < spec->members->len && options->primary == NULL; i++)
    if (g_strcmp0 (spec->members->pdata[i], spec->standby) != 0)
      options->primary = g_strdup (spec->members->pdata[i]);
}

/* Each option has its default where the definition does not set it; in a mode that ignores it, it stays as it is. */
static void
set_team_options (NtBondOptions *options, const NtTeamSpec *spec)
{
  for (guint i = 0; i < nt_n_team_options; i++)
    {
      const NtTeamOption *option = &nt_team_options[i];
      const char *text = nt_map_get (spec->options, option->name);
      gint64 value = option->value;

      if (!(option->modes & (1u << options->mode)))
        continue;
      if (text != NULL)
        nt_team_option_parse (option, text, &value);
      *(gint64 *) ((char *) options + option->offset) = value;
    }
}

/**
 * nt_spec_to_bond_options:
 * @spec: a complete and valid team definition
 *
 * Returns: (transfer full): the options of its bond
 */
NtBondOptions *
nt_spec_to_bond_options (const NtTeamSpec *spec)
{
  NtBondOptions *options = nt_bond_options_new ();
  int row = find_row (spec->mode, spec->balance);

  g_return_val_if_fail (row >= 0, options);

  options->miimon = MIIMON_MS;
  options->updelay = MAX (spec->up_delay_ms, 0);
  options->use_carrier = 1;
  options->fail_over_mac = NT_FAIL_OVER_MAC_NONE;
  options->all_slaves_active = 0;
  options->num_peer_notif = 1;
  options->resend_igmp = 1;
  if (spec->standby != NULL && !nt_team_spec_holds_standby (spec))
    {
      set_active_backup (options, spec);
      set_team_options (options, spec);
      return options;
    }

  options->mode = map[row].bond_mode;
  options->xmit_hash_policy = map[row].hash;
  options->tlb_dynamic_lb = map[row].dynamic_lb;
  options->primary = g_strdup ("");
  if (options->mode == NT_BOND_8023AD)
    {
      options->lacp_rate = spec->lacp_timer == NT_LACP_TIMER_FAST ? NT_LACP_RATE_FAST : NT_LACP_RATE_SLOW;
      options->ad_select = NT_AD_SELECT_STABLE;
    }
  set_team_options (options, spec);
  return options;
}

static NtBalance
recognise_balance (const NtBondOptions *options)
{
  if (options->mode == NT_BOND_BALANCE_TLB && options->tlb_dynamic_lb == 1)
    return NT_BALANCE_DYNAMIC;

  switch ((NtXmitHashPolicy) options->xmit_hash_policy)
    {
    case NT_XMIT_LAYER2:
      return NT_BALANCE_MAC_ADDRESSES;
    case NT_XMIT_LAYER23:
    case NT_XMIT_ENCAP23:
      return NT_BALANCE_IP_ADDRESSES;
    case NT_XMIT_VLAN_SRCMAC:
      return NT_BALANCE_HYPER_V_PORT;
    case NT_XMIT_LAYER34:
    case NT_XMIT_ENCAP34:
    default:
      return NT_BALANCE_TRANSPORT_PORTS;
    }
}

/**
 * nt_spec_recognise_bond:
 * @options: the options of any bond
 * @mode: (out): the closest NtTeamMode
 * @balance: (out): the closest NtBalance
 */
void
nt_spec_recognise_bond (const NtBondOptions *options, int *mode, int *balance)
{
  *balance = recognise_balance (options);
  if (options->mode == NT_BOND_8023AD)
    *mode = NT_MODE_LACP;
  else if (options->mode == NT_BOND_BALANCE_XOR || options->mode == NT_BOND_BALANCE_RR ||
           options->mode == NT_BOND_BROADCAST)
    *mode = NT_MODE_STATIC;
  else
    *mode = NT_MODE_SWITCH_INDEPENDENT;
}

/**
 * nt_spec_drop_options:
 * @spec: (inout): a definition whose mode was changed
 *
 * Removes the options that have no effect in its mode.
 */
void
nt_spec_drop_options (NtTeamSpec *spec)
{
  g_autoptr (NtTeamSpec) complete = nt_team_spec_complete (spec);
  g_autoptr (NtBondOptions) bond = nt_spec_to_bond_options (complete);

  for (guint i = 0; i < nt_n_team_options; i++)
    if (!(nt_team_options[i].modes & (1u << bond->mode)))
      nt_map_set (spec->options, nt_team_options[i].name, NULL);
}
