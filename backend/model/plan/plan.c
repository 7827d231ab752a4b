/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/plan.h"

/* Allows for autonegotiation, and for a spanning tree switch to start forwarding on an edge port. */
#define CARRIER_TIMEOUT_S 10

NtOperation *
nt_plan_add (NtPlan *plan, NtOperationKind kind, const char *link, const char *other)
{
  NtOperation *operation = nt_operation_make (kind, link, other);

  g_ptr_array_add (plan->operations, operation);
  return operation;
}

void
nt_plan_mtu (NtPlan *plan, const char *link, gint64 mtu)
{
  nt_plan_add (plan, NT_OPERATION_SET_MTU, link, NULL)->mtu_bytes = mtu;
}

gboolean
nt_plan_is_down (const NtPlan *plan, const NtLink *link)
{
  return !link->up || g_hash_table_contains (plan->down, link->name);
}

static gboolean
vlan_differs (const NtLink *link, const NtTargetLink *want)
{
  return link->kind != NT_LINK_VLAN || link->vlan != want->vlan || g_strcmp0 (link->parent, want->parent) != 0;
}

gboolean
nt_plan_deletes (const NtPlan *plan, const NtLink *link)
{
  const NtTargetLink *want = nt_target_find (plan->target, link->name);

  if (nt_strings_contain (plan->target->absent, link->name))
    return TRUE;
  /* The id and the parent of a VLAN device cannot be changed: the kernel silently ignores it. */
  return want != NULL && want->kind == NT_LINK_VLAN && vlan_differs (link, want);
}

/* Returns the present link of that name, unless the plan deletes it. */
const NtLink *
nt_plan_find_present (const NtPlan *plan, const NtTargetLink *want)
{
  const NtLink *link = nt_snapshot_find (plan->snapshot, want->name);

  return link != NULL && !nt_plan_deletes (plan, link) ? link : NULL;
}

void
nt_plan_up (NtPlan *plan, const NtLink *link, const NtTargetLink *want)
{
  /* Bringing a parent up brings up all of its VLANs, even those that were disabled. */
  gboolean is_raised = link != NULL && want->parent != NULL && g_hash_table_contains (plan->down, want->parent);
  gboolean is_up = is_raised || (link != NULL && !nt_plan_is_down (plan, link));

  if (want->up && !is_up)
    nt_plan_add (plan, NT_OPERATION_SET_UP, want->name, NULL);
  else if (!want->up && is_up)
    nt_plan_add (plan, NT_OPERATION_SET_DOWN, want->name, NULL);
}

void
nt_plan_names (NtPlan *plan, const NtLink *link, const NtTargetLink *want)
{
  const char *alias = link && link->alias ? link->alias : "";

  if (want->alias != NULL && !g_str_equal (want->alias, alias))
    nt_plan_add (plan, NT_OPERATION_SET_ALIAS, want->name, NULL)->alias = g_strdup (want->alias);
  for (guint i = 0; i < want->alternative_names->len; i++)
    if (link == NULL || !nt_strings_contain (link->alternative_names, want->alternative_names->pdata[i]))
      nt_plan_add (plan, NT_OPERATION_ADD_NAME, want->name, NULL)->name = g_strdup (want->alternative_names->pdata[i]);
}

void
nt_plan_ipv6 (NtPlan *plan, const NtLink *link, const NtTargetLink *want)
{
  if (want->ipv6 != -1 && want->ipv6 == link->ipv6_disabled)
    nt_plan_add (plan, want->ipv6 ? NT_OPERATION_ENABLE_IPV6 : NT_OPERATION_DISABLE_IPV6, want->name, NULL);
}

/* An adapter is down after it left its bond: __bond_release_one() closes it. */
void
nt_plan_note_removal (NtPlan *plan, const char *adapter)
{
  g_hash_table_add (plan->down, (gpointer) adapter);
  g_hash_table_add (plan->removed, (gpointer) adapter);
}

void
nt_plan_remove_member (NtPlan *plan, const char *adapter, const char *bond)
{
  nt_plan_add (plan, NT_OPERATION_REMOVE_MEMBER, adapter, bond);
  nt_plan_note_removal (plan, adapter);
}

void
nt_plan_await_carrier (NtPlan *plan, const char *link)
{
  nt_plan_add (plan, NT_OPERATION_AWAIT_CARRIER, link, NULL)->timeout_s = CARRIER_TIMEOUT_S;
}

/* Returns %TRUE if the addresses of the adapter move to the team that it joins. */
static gboolean
moves_addresses (const NtPlan *plan, const char *adapter)
{
  const NtTargetLink *want = nt_target_find (plan->target, adapter);

  return want != NULL && want->former_addresses->len > 0;
}

/* The last adapter that carries the addresses joins only when another member has carrier, so that one always does. */
gboolean
nt_plan_joins_late (const NtPlan *plan, const NtTargetLink *bond, const char *adapter)
{
  const NtLink *link = nt_snapshot_find (plan->snapshot, adapter);

  if (link == NULL || g_strcmp0 (link->master, bond->name) == 0 || !moves_addresses (plan, adapter))
    return FALSE;
  for (guint i = 0; i < bond->members->len; i++)
    {
      const NtLink *other = nt_snapshot_find (plan->snapshot, bond->members->pdata[i]);

      if (other != NULL && other->carrier && !moves_addresses (plan, other->name))
        return TRUE;
    }
  return FALSE;
}
