/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/plan-handover.h"

#include "backend/model/plan/plan-network.h"

static gboolean
others_have_carrier (const NtPlan *plan, const NtLink *bond, const char *adapter)
{
  for (guint i = 0; i < bond->bond->members->len; i++)
    {
      const NtLink *other = nt_snapshot_find (plan->snapshot, bond->bond->members->pdata[i]);

      if (other != NULL && other->carrier && !g_str_equal (other->name, adapter))
        return TRUE;
    }
  return FALSE;
}

/*
 * The adapter that takes over the addresses of a deleted bond leaves the bond first, and receives them while the other
 * members still carry the traffic of the bond. Leaving closes it, so it may take a moment to regain carrier.
 */
void
nt_plan_handover (NtPlan *plan, const NtTargetLink *want)
{
  const NtLink *adapter = nt_snapshot_find (plan->snapshot, want->name);
  const NtLink *bond = adapter != NULL ? nt_snapshot_find (plan->snapshot, adapter->master) : NULL;

  if (bond == NULL || bond->bond == NULL || !nt_plan_deletes (plan, bond) || want->addresses->len == 0 || !want->up ||
      nt_target_find_bond_of (plan->target, want->name) != NULL)
    return;
  nt_plan_remove_member (plan, adapter->name, bond->name);
  nt_plan_ipv6 (plan, adapter, want);
  nt_plan_up (plan, adapter, want);
  g_hash_table_remove (plan->down, adapter->name);
  if (adapter->carrier && others_have_carrier (plan, bond, adapter->name))
    nt_plan_await_carrier (plan, adapter->name);
  nt_plan_addresses (plan, adapter, want);
  nt_plan_routes (plan, want);
  g_hash_table_add (plan->successors, adapter->name);
}
