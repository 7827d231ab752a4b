/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/plan-network.h"

#include "backend/model/base/ip.h"

#include <string.h>

/* Whether the plan takes the link down, or what it stands on, or makes it anew. */
static gboolean
goes_down (const NtPlan *plan, const NtTargetLink *want)
{
  return g_hash_table_contains (plan->down, want->name) ||
         (want->parent != NULL && g_hash_table_contains (plan->down, want->parent));
}

/* Taking a link down costs it its global IPv6 addresses. */
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
plan_routes_that (NtPlan *plan, const NtTargetLink *want, gboolean have_gateway)
{
  gboolean loses_all = nt_plan_find_present (plan, want) == NULL || goes_down (plan, want) ||
                       g_hash_table_contains (plan->shaken, want->name);

  for (guint i = 0; i < want->routes->len; i++)
    {
      NtRoute *route = want->routes->pdata[i];

      if ((strstr (route->text, " via ") != NULL) == have_gateway && !has_planned_route (plan, route) &&
          (loses_all || !nt_route_is_there (plan->snapshot->routes, route)))
        nt_plan_add (plan, NT_OPERATION_ADD_ROUTE, want->name, NULL, route->text)->route = nt_route_ref (route);
    }
}

/*
 * Taking a link down, or making it anew, costs it the routes that somebody made. The kernel takes a gateway only when
 * there is a route to it.
 */
void
nt_plan_routes (NtPlan *plan, const NtTargetLink *want)
{
  plan_routes_that (plan, want, FALSE);
  plan_routes_that (plan, want, TRUE);
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
 * The kernel drops the other IPv4 addresses of a network with its first one, unless promote_secondaries is set; so those
 * that are wanted are given again.
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
 * Addresses that are taken away go when the link that takes them over has them; the last one first, so that who puts them
 * back after a fault finds the first ones where they were.
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
