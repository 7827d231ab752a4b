/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/network.h"

#include "backend/model/base/ip.h"

#include <string.h>

static gboolean
has_address (const GPtrArray *addresses, const char *address)
{
  for (guint i = 0; i < addresses->len; i++)
    if (g_str_equal (((const NtLinkAddress *) addresses->pdata[i])->address, address))
      return TRUE;
  return FALSE;
}

static void
add_address (NtTargetLink *link, const NtLinkAddress *address)
{
  if (!has_address (link->addresses, address->address))
    g_ptr_array_add (link->addresses, nt_link_address_ref (address));
}

static void
add_string (GPtrArray *strings, const char *string)
{
  if (!nt_strings_contain (strings, string))
    g_ptr_array_add (strings, g_strdup (string));
}

/* Returns a copy of the route that uses @to instead of @from. */
static NtRoute *
move_route (const NtRoute *route, const char *from, const char *to)
{
  NtRoute *moved = nt_route_copy (route);

  for (guint i = 0; i < moved->devices->len; i++)
    if (g_str_equal (moved->devices->pdata[i], from))
      {
        g_free (moved->devices->pdata[i]);
        moved->devices->pdata[i] = g_strdup (to);
      }
  return moved;
}

static void
take_routes (NtTargetLink *link, const NtSnapshot *snapshot, const char *device)
{
  for (guint i = 0; i < snapshot->routes->len; i++)
    if (nt_strings_contain (((const NtRoute *) snapshot->routes->pdata[i])->devices, device))
      g_ptr_array_add (link->routes, move_route (snapshot->routes->pdata[i], device, link->name));
}

/**
 * nt_network_keep:
 * @link: (inout): the target of a link
 * @snapshot: the present state of the kernel, with routes
 * @device: the link itself, or the link that it replaces
 *
 * When a link goes down, the kernel drops its global IPv6 addresses and routes. This adds them to the target, so that
 * they are restored. Addresses with a limited lifetime are left out, as their source assigns them again.
 */
void
nt_network_keep (NtTargetLink *link, const NtSnapshot *snapshot, const char *device)
{
  const NtLink *present = nt_snapshot_find (snapshot, device);

  for (guint i = 0; present != NULL && i < present->addresses->len; i++)
    {
      const NtLinkAddress *address = present->addresses->pdata[i];

      if (!address->link_local && !address->dynamic)
        add_address (link, address);
    }
  take_routes (link, snapshot, device);
}

/**
 * nt_network_move:
 * @to: (inout): the target of the link that receives the addresses
 * @from: (inout) (nullable): the target of the link that has them; NULL = it will be deleted
 * @snapshot: the present state of the kernel, with routes
 * @device: the name of the link that has them
 *
 * Moves all routes and all addresses, including those with a limited lifetime, except link-local ones.
 */
void
nt_network_move (NtTargetLink *to, NtTargetLink *from, const NtSnapshot *snapshot, const char *device)
{
  const NtLink *present = nt_snapshot_find (snapshot, device);

  for (guint i = 0; present != NULL && i < present->addresses->len; i++)
    {
      const NtLinkAddress *address = present->addresses->pdata[i];

      if (address->link_local)
        continue;
      add_address (to, address);
      if (from != NULL)
        add_string (from->former_addresses, address->address);
    }
  take_routes (to, snapshot, device);
}

/* Drops an address that was kept because it is present, but is no longer in the definition. */
static void
drop_address (NtTargetLink *link, const char *address)
{
  for (guint i = link->addresses->len; i > 0; i--)
    if (g_str_equal (((const NtLinkAddress *) link->addresses->pdata[i - 1])->address, address))
      g_ptr_array_remove_index (link->addresses, i - 1);
  add_string (link->former_addresses, address);
}

static void
drop_gateway (NtTargetLink *link, const char *gateway)
{
  for (guint i = link->routes->len; i > 0; i--)
    {
      NtRoute *route = link->routes->pdata[i - 1];

      if (g_strcmp0 (route->gateway, gateway) != 0)
        continue;
      g_ptr_array_add (link->former_routes, nt_route_ref (route));
      g_ptr_array_remove_index (link->routes, i - 1);
    }
}

/**
 * nt_network_define:
 * @link: (inout): the target of a team interface
 * @before: (nullable): the previous definition of the interface
 *
 * Adds the addresses and default routes of the definition, and removes those that are no longer in it.
 */
void
nt_network_define (NtTargetLink *link, const NtInterfaceSpec *interface, const NtInterfaceSpec *before)
{
  for (guint i = 0; before != NULL && i < before->addresses->len; i++)
    if (!nt_strings_contain (interface->addresses, before->addresses->pdata[i]))
      drop_address (link, before->addresses->pdata[i]);
  for (guint i = 0; before != NULL && i < before->gateways->len; i++)
    if (!nt_strings_contain (interface->gateways, before->gateways->pdata[i]))
      drop_gateway (link, before->gateways->pdata[i]);
  for (guint i = 0; i < interface->addresses->len; i++)
    {
      g_autoptr (NtLinkAddress) address = nt_link_address_new ();

      address->address = g_strdup (interface->addresses->pdata[i]);
      add_address (link, address);
    }
  for (guint i = 0; i < interface->gateways->len; i++)
    {
      g_autoptr (NtRoute) route = nt_route_make_default (interface->gateways->pdata[i], link->name);

      if (!nt_routes_contain (link->routes, route))
        g_ptr_array_add (link->routes, g_steal_pointer (&route));
    }
}

/**
 * nt_network_joins:
 * @before: (nullable): the previous definition of the team
 * @adapter: a member in the new definition
 *
 * Returns: %TRUE if the addresses of @adapter move to the team: it is present, has addresses, and was not a member
 *   before
 */
gboolean
nt_network_joins (const NtSnapshot *snapshot, const NtTeamSpec *before, const char *adapter)
{
  const NtLink *link = nt_snapshot_find (snapshot, adapter);

  if (link == NULL || (before != NULL && nt_strings_contain (before->members, adapter)))
    return FALSE;
  for (guint i = 0; i < link->addresses->len; i++)
    if (!((const NtLinkAddress *) link->addresses->pdata[i])->link_local)
      return TRUE;
  return FALSE;
}

static gboolean
has_gateway_like (const GPtrArray *gateways, const char *gateway)
{
  gboolean is_ipv6 = strchr (gateway, ':') != NULL;

  for (guint i = 0; i < gateways->len; i++)
    if ((strchr (gateways->pdata[i], ':') != NULL) == is_ipv6)
      return TRUE;
  return FALSE;
}

/* The kernel can be told to reach a gateway outside of all networks; a definition cannot express that. */
static gboolean
is_gateway_within (const GPtrArray *addresses, const char *gateway)
{
  g_autoptr (GInetAddress) parsed = g_inet_address_new_from_string (gateway);

  for (guint i = 0; parsed != NULL && i < addresses->len; i++)
    if (nt_ip_contains (addresses->pdata[i], parsed))
      return TRUE;
  return FALSE;
}

/**
 * nt_network_adopt_link:
 * @interface: (inout): the definition of a team interface
 * @snapshot: the present state of the kernel, with routes
 * @adapter: the name of a present link
 *
 * Adds the permanent addresses and the gateways of the link to the definition.
 */
void
nt_network_adopt_link (NtInterfaceSpec *interface, const NtSnapshot *snapshot, const char *adapter)
{
  const NtLink *link = nt_snapshot_find (snapshot, adapter);

  for (guint i = 0; i < link->addresses->len; i++)
    {
      const NtLinkAddress *address = link->addresses->pdata[i];

      if (!address->link_local && !address->dynamic)
        add_string (interface->addresses, address->address);
    }
  for (guint i = 0; i < snapshot->routes->len; i++)
    {
      const NtRoute *route = snapshot->routes->pdata[i];

      if (route->gateway != NULL && nt_strings_contain (route->devices, adapter) &&
          is_gateway_within (interface->addresses, route->gateway) &&
          !has_gateway_like (interface->gateways, route->gateway))
        g_ptr_array_add (interface->gateways, g_strdup (route->gateway));
    }
}

/**
 * nt_network_adopt:
 * @spec: (inout): the complete new definition of a team
 * @before: (nullable): its previous definition
 * @snapshot: the present state of the kernel, with routes
 *
 * Adds the permanent addresses and the gateways of joining adapters to the definition of the primary interface, so that
 * they persist after a restart.
 */
void
nt_network_adopt (NtTeamSpec *spec, const NtTeamSpec *before, const NtSnapshot *snapshot)
{
  for (guint i = 0; i < spec->members->len; i++)
    if (nt_network_joins (snapshot, before, spec->members->pdata[i]))
      nt_network_adopt_link (nt_team_spec_edit_interface (spec, 0), snapshot, spec->members->pdata[i]);
}
