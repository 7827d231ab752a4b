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

/* The same route, over @to in the place of @from. */
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
 * @link: what a link shall be
 * @snapshot: what the kernel has, with its routes
 * @device: the link itself, or the one whose place it takes
 *
 * Taking a link down costs it what the kernel does not keep: global IPv6 addresses and the routes that somebody made.
 * They must be there afterwards. Whoever gave an address with a limited lifetime gives it again.
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
 * @to: what the link shall be that takes over
 * @from: (nullable): what the link shall be that gives; NULL = it will be gone
 * @snapshot: what the kernel has, with its routes
 * @device: the link that gives
 *
 * Moves all addresses but those that the kernel makes itself, also those with a limited lifetime, and all routes.
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

/* What was kept because it is there, but is not wanted any more. */
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
 * @link: what a team interface shall be
 * @interface: its definition
 * @before: (nullable): its definition so far
 *
 * Adds the addresses and default routes of the definition, and takes those away that it no longer has.
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

      if (!nt_route_is_there (link->routes, route))
        g_ptr_array_add (link->routes, g_steal_pointer (&route));
    }
}

/**
 * nt_network_joins:
 * @snapshot: what the kernel has
 * @before: (nullable): the definition of the team so far
 * @adapter: a member of its definition from now on
 *
 * Returns: whether the adapter brings addresses into the team: it is there, has some, and was not in the team so far
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

/* The kernel may have been told to reach a gateway outside of all networks; a definition has no word for that. */
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
 * @interface: the definition of a team interface
 * @snapshot: what the kernel has, routes included
 * @adapter: a link that is there
 *
 * What the link has for ever, and how it reaches other networks, the interface shall have from now on.
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
 * @spec: a team's complete definition from now on, to be changed
 * @before: (nullable): its definition so far
 * @snapshot: what the kernel has, with its routes
 *
 * The lasting addresses and the gateways of adapters that join become part of the definition of the primary interface,
 * so that they are there after a restart, too.
 */
void
nt_network_adopt (NtTeamSpec *spec, const NtTeamSpec *before, const NtSnapshot *snapshot)
{
  for (guint i = 0; i < spec->members->len; i++)
    if (nt_network_joins (snapshot, before, spec->members->pdata[i]))
      nt_network_adopt_link (nt_team_spec_edit_interface (spec, 0), snapshot, spec->members->pdata[i]);
}
