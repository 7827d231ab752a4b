/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/plan-network.h"

#include "backend/model/base/ip.h"

#include <string.h>

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
                       g_hash_table_contains (plan->rerouted, want->name);

  for (guint i = 0; i < want->routes->len; i++)
    {
      NtRoute *route = want->routes->pdata[i];

      if (route->indirect == have_gateway && !has_planned_route (plan, route) &&
          (loses_routes || !nt_routes_contain (plan->snapshot->routes, route)))
        nt_plan_add (plan, NT_OPERATION_ADD_ROUTE, want->name, NULL)->route = nt_route_ref (route);
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
        nt_plan_add (plan, NT_OPERATION_ADD_ADDRESS, want->name, NULL)->address = nt_link_address_ref (address);
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
  g_hash_table_add (plan->rerouted, want->name);
  for (guint i = 0; i < want->addresses->len; i++)
    {
      const NtLinkAddress *address = want->addresses->pdata[i];

      if (nt_ip_contains (address->address, base))
        nt_plan_add (plan, NT_OPERATION_ADD_ADDRESS, want->name, NULL)->address = nt_link_address_ref (address);
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
      NtOperation *operation;

      if (!nt_link_has_address (link, address))
        continue;
      operation = nt_plan_add (plan, NT_OPERATION_REMOVE_ADDRESS, want->name, NULL);
      operation->address = nt_link_address_new ();
      operation->address->address = g_strdup (address);
      plan_lost_addresses (plan, want, address);
    }
}

void
nt_plan_former_routes (NtPlan *plan, const NtTargetLink *want)
{
  for (guint i = 0; nt_plan_find_present (plan, want) != NULL && i < want->former_routes->len; i++)
    {
      NtRoute *route = want->former_routes->pdata[i];

      if (nt_routes_contain (plan->snapshot->routes, route))
        nt_plan_add (plan, NT_OPERATION_REMOVE_ROUTE, want->name, NULL)->route = nt_route_ref (route);
    }
}
