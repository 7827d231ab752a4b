/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/plan-bond.h"

#include "backend/model/plan/plan-filter.h"
#include "backend/model/plan/plan-network.h"

static void
take_down (NtPlan *plan, const NtLink *link)
{
  if (nt_plan_is_down (plan, link))
    return;
  nt_plan_add (plan, NT_OPERATION_SET_DOWN, link->name, NULL);
  g_hash_table_add (plan->down, link->name);
}

/* The kernel accepts only an adapter that is down, and brings it up itself: bond_enslave(). */
static void
add_member (NtPlan *plan, const char *adapter, const char *bond)
{
  const NtLink *link = nt_snapshot_find (plan->snapshot, adapter);

  if (link == NULL)
    return;
  if (link->master != NULL && !g_hash_table_contains (plan->removed, link->name))
    nt_plan_remove_member (plan, link->name, link->master);
  take_down (plan, link);
  nt_plan_add (plan, NT_OPERATION_ADD_MEMBER, adapter, bond);
  g_hash_table_remove (plan->down, link->name);
  g_hash_table_add (plan->joined, link->name);
}

/* Adds the members from index @first on, except those that join late. */
static void
add_members (NtPlan *plan, const NtTargetLink *bond, guint first)
{
  for (guint i = first; i < bond->members->len; i++)
    if (!nt_plan_joins_late (plan, bond, bond->members->pdata[i]))
      add_member (plan, bond->members->pdata[i], bond->name);
}

/* A primary that is not a member yet would read back as none, so it is set once the members have joined. */
static NtBondOptions *
without_primary (const NtBondOptions *options)
{
  NtBondOptions *copy = nt_bond_options_copy (options);

  g_clear_pointer (&copy->primary, g_free);
  return copy;
}

static void
plan_new_bond (NtPlan *plan, const NtTargetLink *want)
{
  g_autoptr (NtBondOptions) options = without_primary (want->bond);
  NtOperation *create = nt_plan_add (plan, NT_OPERATION_CREATE_BOND, want->name, NULL);
  NtBondChange change;

  create->mac = g_strdup (want->mac);
  create->bond = nt_bond_options_difference (NULL, options, &change);
  if (want->mtu != -1)
    nt_plan_mtu (plan, want->name, want->mtu);
  nt_plan_filter (plan, want);
  add_members (plan, want, 0);
}

/* Counts the leading members of @have that are in the order of @want. */
static guint
count_common (const GPtrArray *have, const GPtrArray *want)
{
  guint common = 0;

  while (common < have->len && common < want->len && g_str_equal (have->pdata[common], want->pdata[common]))
    common++;
  return common;
}

/*
 * Changes the MAC address of the bond, which bond_set_mac_address() gives to all members as well. In balance-tlb,
 * though, each member sends with its own address and only the active one receives: a switch that sees one address on
 * two ports would send part of the traffic to the wrong one. So in this mode only one member stays while the address
 * changes; the others get their own addresses back when they rejoin.
 *
 * @common: the number of staying members that are in the right order; the new number is returned.
 */
static guint
plan_mac (NtPlan *plan, const NtLink *bond, const NtTargetLink *want, const GPtrArray *staying, guint common)
{
  gboolean is_shared = want->bond->mode != NT_BOND_BALANCE_TLB;

  if (want->mac == NULL || g_strcmp0 (want->mac, bond->mac) == 0)
    return common;
  for (guint i = 1; !is_shared && i < staying->len; i++)
    nt_plan_remove_member (plan, staying->pdata[i], bond->name);
  nt_plan_add (plan, NT_OPERATION_SET_MAC, bond->name, NULL)->mac = g_strdup (want->mac);
  return is_shared ? common : MIN (common, 1);
}

/* Members that leave go first; then those behind the first one out of order rejoin. */
static void
plan_members (NtPlan *plan, const NtLink *bond, const NtTargetLink *want)
{
  g_autoptr (GPtrArray) staying = g_ptr_array_new ();
  guint common;

  for (guint i = 0; i < bond->bond->members->len; i++)
    {
      char *adapter = bond->bond->members->pdata[i];

      if (nt_strings_contain (want->members, adapter))
        g_ptr_array_add (staying, adapter);
      else if (!g_hash_table_contains (plan->removed, adapter))
        nt_plan_remove_member (plan, adapter, bond->name);
    }
  common = count_common (staying, want->members);
  common = plan_mac (plan, bond, want, staying, common);
  add_members (plan, want, common);
}

static void
plan_live_change (NtPlan *plan, const char *bond, const NtBondOptions *difference)
{
  if (!nt_bond_options_is_empty (difference))
    nt_plan_add (plan, NT_OPERATION_CHANGE_BOND, bond, NULL)->bond = nt_bond_options_ref (difference);
}

static void
plan_down_change (NtPlan *plan, const NtLink *bond, const NtBondOptions *difference)
{
  if (!nt_plan_is_down (plan, bond))
    nt_plan_add (plan, NT_OPERATION_SET_DOWN, bond->name, NULL);
  g_hash_table_add (plan->down, bond->name);
  plan_live_change (plan, bond->name, difference);
}

/* A bond without members gets a random address, so the address is set again before the first member joins. */
static void
plan_mode_change (NtPlan *plan, const NtLink *bond, const NtTargetLink *want, const NtBondOptions *difference)
{
  if (!nt_plan_is_down (plan, bond))
    nt_plan_add (plan, NT_OPERATION_SET_DOWN, bond->name, NULL);
  g_hash_table_add (plan->down, bond->name);
  for (guint i = 0; i < bond->bond->members->len; i++)
    if (!g_hash_table_contains (plan->removed, bond->bond->members->pdata[i]))
      nt_plan_remove_member (plan, bond->bond->members->pdata[i], bond->name);
  plan_live_change (plan, bond->name, difference);
  nt_plan_add (plan, NT_OPERATION_SET_MAC, bond->name, NULL)->mac = g_strdup (want->mac ? want->mac : bond->mac);
  add_members (plan, want, 0);
}

static void
plan_present_bond (NtPlan *plan, const NtLink *bond, const NtTargetLink *want)
{
  g_autoptr (NtBondOptions) options = without_primary (want->bond);
  g_autoptr (NtBondOptions) difference = NULL;
  NtBondChange change;

  difference = nt_bond_options_difference (bond->bond->options, options, &change);
  /* The driver stores the delay as a number of MII checks, and keeps this number when the interval changes. */
  if (difference->miimon != -1 && options->updelay > 0)
    difference->updelay = options->updelay;
  if (want->mtu != -1 && want->mtu != bond->mtu)
    nt_plan_mtu (plan, bond->name, want->mtu);
  nt_plan_filter (plan, want);
  if (change == NT_CHANGE_NO_MEMBERS)
    {
      plan_mode_change (plan, bond, want, difference);
      return;
    }
  if (change == NT_CHANGE_DOWN)
    plan_down_change (plan, bond, difference);
  else
    plan_live_change (plan, bond->name, difference);
  plan_members (plan, bond, want);
}

/* Sets the primary once its members have joined. */
static void
plan_primary (NtPlan *plan, const NtLink *bond, const NtTargetLink *want)
{
  g_autoptr (NtBondOptions) primary = nt_bond_options_new ();
  const char *have = bond && bond->bond->options->primary ? bond->bond->options->primary : "";
  gboolean rejoins = bond != NULL && bond->bond->options->mode != want->bond->mode;

  if (want->bond->primary == NULL || (g_str_equal (want->bond->primary, have) && !rejoins))
    return;
  if (want->bond->mode != NT_BOND_ACTIVE_BACKUP && want->bond->mode != NT_BOND_BALANCE_TLB &&
      want->bond->mode != NT_BOND_BALANCE_ALB)
    return;
  primary->primary = g_strdup (want->bond->primary);
  plan_live_change (plan, want->name, primary);
}

void
nt_plan_bond (NtPlan *plan, const NtTargetLink *want)
{
  const NtLink *bond = nt_plan_find_present (plan, want);

  if (bond == NULL)
    plan_new_bond (plan, want);
  else
    plan_present_bond (plan, bond, want);
  if (want->bond->primary == NULL || !nt_plan_joins_late (plan, want, want->bond->primary))
    plan_primary (plan, bond, want);
  nt_plan_up (plan, bond, want);
  nt_plan_names (plan, bond, want);
  nt_plan_addresses (plan, bond, want);
}

/* Joining a bond brings an adapter up, so a disabled one is taken down afterwards. */
void
nt_plan_member (NtPlan *plan, const NtTargetLink *want)
{
  const NtLink *adapter = nt_snapshot_find (plan->snapshot, want->name);
  const NtTargetLink *bond = nt_target_find_bond_of (plan->target, want->name);
  gboolean joins = g_hash_table_contains (plan->joined, want->name);

  if (adapter == NULL || bond == NULL || (!joins && nt_plan_joins_late (plan, bond, want->name)))
    return;
  if (!want->up && (joins || adapter->up))
    nt_plan_add (plan, NT_OPERATION_SET_DOWN, want->name, NULL);
  else if (want->up && !joins && !adapter->up)
    nt_plan_add (plan, NT_OPERATION_SET_UP, want->name, NULL);
}

/* The other members need carrier before addresses are removed from the adapter that joins late. */
void
nt_plan_wait_for_others (NtPlan *plan, const NtTargetLink *want)
{
  const NtLink *bond = nt_plan_find_present (plan, want);

  if (bond != NULL && bond->carrier && !nt_plan_is_down (plan, bond))
    return;
  for (guint i = 0; want->up && i < want->members->len; i++)
    if (nt_plan_joins_late (plan, want, want->members->pdata[i]))
      {
        nt_plan_await_carrier (plan, want->name);
        return;
      }
}

void
nt_plan_late_members (NtPlan *plan, const NtTargetLink *want)
{
  const char *primary = want->bond->primary;
  gboolean primary_is_late = primary != NULL && nt_plan_joins_late (plan, want, primary);

  for (guint i = 0; i < want->members->len; i++)
    if (nt_plan_joins_late (plan, want, want->members->pdata[i]))
      {
        add_member (plan, want->members->pdata[i], want->name);
        nt_plan_member (plan, nt_target_find (plan->target, want->members->pdata[i]));
      }
  if (primary_is_late)
    plan_primary (plan, nt_plan_find_present (plan, want), want);
}
