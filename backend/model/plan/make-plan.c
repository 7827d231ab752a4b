/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/make-plan.h"

#include "backend/model/plan/outage.h"
#include "backend/model/plan/plan-bond.h"
#include "backend/model/plan/plan-filter.h"
#include "backend/model/plan/plan-handover.h"
#include "backend/model/plan/plan-network.h"

static void
plan_deletions (NtPlan *plan, NtLinkKind kind)
{
  for (guint i = 0; i < plan->snapshot->links->len; i++)
    {
      const NtLink *link = plan->snapshot->links->pdata[i];

      if (link->kind != (int) kind || !nt_plan_deletes (plan, link))
        continue;
      nt_plan_add (plan, NT_OPERATION_DELETE, link->name, NULL);
      for (guint j = 0; link->bond != NULL && j < link->bond->members->len; j++)
        if (!g_hash_table_contains (plan->removed, link->bond->members->pdata[j]))
          nt_plan_note_removal (plan, link->bond->members->pdata[j]);
    }
}

/* Former names are removed first, so that another link can receive them in the same change. */
static void
plan_former_names (NtPlan *plan, const NtTargetLink *want)
{
  const NtLink *link = nt_plan_find_present (plan, want);

  for (guint i = 0; link != NULL && i < want->former_names->len; i++)
    if (nt_strings_contain (link->alternative_names, want->former_names->pdata[i]))
      nt_plan_add (plan, NT_OPERATION_REMOVE_NAME, want->name, NULL)->name = g_strdup (want->former_names->pdata[i]);
}

static void
plan_vlan (NtPlan *plan, const NtTargetLink *want)
{
  const NtLink *vlan = nt_plan_find_present (plan, want);

  if (vlan == NULL)
    nt_plan_add (plan, NT_OPERATION_CREATE_VLAN, want->name, want->parent)->vlan_id = want->vlan;
  if (want->mtu != -1 && (vlan == NULL || vlan->mtu != want->mtu))
    nt_plan_mtu (plan, want->name, want->mtu);
  nt_plan_up (plan, vlan, want);
  nt_plan_names (plan, vlan, want);
  nt_plan_addresses (plan, vlan, want);
}

static void
plan_adapter (NtPlan *plan, const NtTargetLink *want)
{
  const NtLink *adapter = nt_snapshot_find (plan->snapshot, want->name);

  if (adapter == NULL || g_hash_table_contains (plan->successors, adapter->name))
    return;
  nt_plan_ipv6 (plan, adapter, want);
  if (nt_target_find_bond_of (plan->target, want->name) != NULL)
    return;
  if (adapter->member != NULL && !g_hash_table_contains (plan->removed, adapter->name))
    nt_plan_remove_member (plan, adapter->name, adapter->master);
  if (want->mtu != -1 && adapter->member == NULL && adapter->mtu != want->mtu)
    nt_plan_mtu (plan, want->name, want->mtu);
  nt_plan_up (plan, adapter, want);
  nt_plan_addresses (plan, adapter, want);
}

static void
plan_links (NtPlan *plan, NtLinkKind kind, void (*plan_link) (NtPlan *plan, const NtTargetLink *want))
{
  for (guint i = 0; i < plan->target->links->len; i++)
    {
      const NtTargetLink *want = plan->target->links->pdata[i];

      if (want->kind == (int) kind)
        plan_link (plan, want);
    }
}

/**
 * nt_make_plan:
 * @snapshot: the present state of the kernel
 * @target: the state to reach
 *
 * Plans the operations that lead from one to the other, in an order that the kernel accepts: deletions come first,
 * adapters leave one bond before they join another, bonds precede their VLANs, and routes come last. A link whose
 * addresses move to another link keeps them until that link has carrier.
 *
 * Returns: (transfer full) (element-type NtOperation): the operations; empty if nothing differs
 */
GPtrArray *
nt_make_plan (const NtSnapshot *snapshot, const NtTarget *target)
{
  g_autoptr (GHashTable) down = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) removed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) joined = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) successors = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) rerouted = g_hash_table_new (g_str_hash, g_str_equal);
  NtPlan plan = { snapshot, target, nt_records_new (), down, removed, joined, successors, rerouted };

  plan_links (&plan, NT_LINK_ADAPTER, nt_plan_handover);
  plan_deletions (&plan, NT_LINK_VLAN);
  plan_deletions (&plan, NT_LINK_BOND);
  plan_links (&plan, NT_LINK_BOND, plan_former_names);
  plan_links (&plan, NT_LINK_VLAN, plan_former_names);
  plan_links (&plan, NT_LINK_ADAPTER, plan_adapter);
  plan_links (&plan, NT_LINK_BOND, nt_plan_bond);
  nt_plan_former_filters (&plan);
  plan_links (&plan, NT_LINK_ADAPTER, nt_plan_member);
  plan_links (&plan, NT_LINK_VLAN, plan_vlan);
  plan_links (&plan, NT_LINK_BOND, nt_plan_former_addresses);
  plan_links (&plan, NT_LINK_VLAN, nt_plan_former_addresses);
  plan_links (&plan, NT_LINK_BOND, nt_plan_wait_for_others);
  plan_links (&plan, NT_LINK_ADAPTER, nt_plan_routes);
  plan_links (&plan, NT_LINK_BOND, nt_plan_routes);
  plan_links (&plan, NT_LINK_VLAN, nt_plan_routes);
  plan_links (&plan, NT_LINK_BOND, nt_plan_late_filter);
  plan_links (&plan, NT_LINK_BOND, nt_plan_late_members);
  plan_links (&plan, NT_LINK_ADAPTER, nt_plan_former_addresses);
  plan_links (&plan, NT_LINK_ADAPTER, nt_plan_former_routes);
  plan_links (&plan, NT_LINK_BOND, nt_plan_former_routes);
  plan_links (&plan, NT_LINK_VLAN, nt_plan_former_routes);
  nt_outage_estimate (plan.operations, snapshot);
  return plan.operations;
}
