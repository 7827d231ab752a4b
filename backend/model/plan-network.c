/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/plan.h"

#include "model/ip.h"

#include <string.h>

/* Allows for autonegotiation, and for a spanning tree switch to start forwarding on an edge port. */
#define CARRIER_TIMEOUT_S 10

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

/* Returns %TRUE if the plan takes down or recreates the link, or a link below it. */
static gboolean
goes_down (const NtPlan *plan, const NtTargetLink *want)
{
  return g_hash_table_contains (plan->down, want->name) ||
         (want->parent != NULL && g_hash_table_contains (plan->down, want->parent));
}

/* A link that goes down loses its global IPv6 addresses. */
static gboolean
loses_address (const NtPlan *plan, const NtTargetLink *want, const char *address)
{
  return goes_down (plan, want) && strchr (address, ':') != NULL;
}

static gboolean
has_planned_route (const NtPlan *plan, const NtRoute *route)
{
  for (guint i = 0; i < plan->operations->len; i++)
    if (nt_record_equal (((const NtOperation *) plan->operations->pdata[i])->route, route))
      return TRUE;
  return FALSE;
}

static void
plan_routes_with (NtPlan *plan, const NtTargetLink *want, gboolean have_gateway)
{
  gboolean loses_routes = nt_plan_find_present (plan, want) == NULL || goes_down (plan, want) ||
                       g_hash_table_contains (plan->shaken, want->name);

  for (guint i = 0; i < want->routes->len; i++)
    {
      NtRoute *route = want->routes->pdata[i];

      if ((strstr (route->text, " via ") != NULL) == have_gateway && !has_planned_route (plan, route) &&
          (loses_routes || !nt_route_is_there (plan->snapshot->routes, route)))
        nt_plan_add (plan, NT_OPERATION_ADD_ROUTE, want->name, NULL, route->text)->route = nt_route_ref (route);
    }
}

/*
 * A link that goes down or is recreated loses the routes that were added to it. Routes with a gateway come second, as
 * the kernel accepts a gateway only if it is already reachable.
 */
void
nt_plan_routes (NtPlan *plan, const NtTargetLink *want)
{
  plan_routes_with (plan, want, FALSE);
  plan_routes_with (plan, want, TRUE);
}

void
nt_plan_addresses (NtPlan *plan, const NtLink *link, const NtTargetLink *want)
{
  for (guint i = 0; i < want->addresses->len; i++)
    {
      const NtLinkAddress *address = want->addresses->pdata[i];

      if (!nt_link_has_address (link, address->address) || loses_address (plan, want, address->address))
        nt_plan_add (plan, NT_OPERATION_ADD_ADDRESS, want->name, NULL, address->address)->address = nt_link_address_ref (address);
    }
}

/*
 * When the kernel removes the first IPv4 address of a network, it drops the others with it, unless promote_secondaries
 * is set; those that stay are added again.
 */
static void
plan_lost_addresses (NtPlan *plan, const NtTargetLink *want, const char *removed)
{
  g_autoptr (GInetAddress) base = NULL;

  if (strchr (removed, ':') != NULL || !nt_ip_parse (removed, &base, NULL))
    return;
  g_hash_table_add (plan->shaken, want->name);
  for (guint i = 0; i < want->addresses->len; i++)
    {
      const NtLinkAddress *address = want->addresses->pdata[i];

      if (nt_ip_contains (address->address, base))
        nt_plan_add (plan, NT_OPERATION_ADD_ADDRESS, want->name, NULL, address->address)->address = nt_link_address_ref (address);
    }
}

/*
 * Addresses are removed once the link that takes them over has them; the last one first, so that restoring them after
 * an error leaves the first ones in place.
 */
void
nt_plan_former_addresses (NtPlan *plan, const NtTargetLink *want)
{
  const NtLink *link = nt_plan_find_present (plan, want);

  for (guint i = want->former_addresses->len; link != NULL && i > 0; i--)
    {
      const char *address = want->former_addresses->pdata[i - 1];

      if (!nt_link_has_address (link, address))
        continue;
      nt_plan_add (plan, NT_OPERATION_REMOVE_ADDRESS, want->name, NULL, address);
      plan_lost_addresses (plan, want, address);
    }
}

void
nt_plan_former_routes (NtPlan *plan, const NtTargetLink *want)
{
  for (guint i = 0; nt_plan_find_present (plan, want) != NULL && i < want->former_routes->len; i++)
    {
      NtRoute *route = want->former_routes->pdata[i];

      if (nt_route_is_there (plan->snapshot->routes, route))
        nt_plan_add (plan, NT_OPERATION_REMOVE_ROUTE, want->name, NULL, route->text)->route = nt_route_ref (route);
    }
}

void
nt_plan_await_carrier (NtPlan *plan, const char *link)
{
  nt_plan_add_number (plan, NT_OPERATION_AWAIT_CARRIER, link, NULL, CARRIER_TIMEOUT_S);
}

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
nt_plan_heir (NtPlan *plan, const NtTargetLink *want)
{
  const NtLink *adapter = nt_snapshot_find (plan->snapshot, want->name);
  const NtLink *bond = adapter != NULL ? nt_snapshot_find (plan->snapshot, adapter->master) : NULL;

  if (bond == NULL || bond->bond == NULL || !nt_plan_must_go (plan, bond) || want->addresses->len == 0 || !want->up ||
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
  g_hash_table_add (plan->heirs, adapter->name);
}
