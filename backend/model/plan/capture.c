/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/capture.h"

#include "backend/model/plan/network.h"

static void
capture_bond (NtTargetLink *into, const NtSnapshot *snapshot, const NtLink *link)
{
  const char *filter = nt_snapshot_find_filter (snapshot, link->name);

  into->filter = g_strdup (filter ? filter : "");
  into->bond = nt_bond_options_ref (link->bond->options);
  g_ptr_array_unref (into->members);
  into->members = nt_strings_copy (link->bond->members);
}

/* Names, addresses and routes that the change is about to add must be removed again. */
static void
capture_former (NtTargetLink *into, const NtLink *link, const NtTargetLink *planned)
{
  for (guint i = 0; planned != NULL && i < planned->alternative_names->len; i++)
    if (!nt_strings_contain (into->alternative_names, planned->alternative_names->pdata[i]))
      g_ptr_array_add (into->former_names, g_strdup (planned->alternative_names->pdata[i]));
  for (guint i = 0; planned != NULL && i < planned->addresses->len; i++)
    {
      const char *address = ((const NtLinkAddress *) planned->addresses->pdata[i])->address;

      if (!nt_link_has_address (link, address))
        g_ptr_array_add (into->former_addresses, g_strdup (address));
    }
  for (guint i = 0; planned != NULL && i < planned->routes->len; i++)
    if (!nt_routes_contain (into->routes, planned->routes->pdata[i]))
      g_ptr_array_add (into->former_routes, nt_route_ref (planned->routes->pdata[i]));
}

static void
capture_link (NtTarget *capture, const NtSnapshot *snapshot, const NtTarget *target, const char *name)
{
  const NtLink *link = nt_snapshot_find (snapshot, name);
  NtTargetLink *into;

  if (nt_target_find (capture, name) != NULL)
    return;
  if (link == NULL)
    {
      nt_target_add_absent (capture, name);
      return;
    }

  into = nt_target_add_link (capture, name, link->kind);
  into->up = link->up;
  into->alias = g_strdup (link->alias ? link->alias : "");
  g_ptr_array_unref (into->alternative_names);
  into->alternative_names = nt_strings_copy (link->alternative_names);
  nt_network_move (into, NULL, snapshot, name);
  capture_former (into, link, nt_target_find (target, name));
  if (link->kind == NT_LINK_ADAPTER)
    into->ipv6 = !link->ipv6_disabled;
  else
    into->mac = g_strdup (link->mac);
  /* A member has the MTU of its bond; its own is restored when it leaves. */
  if (link->member == NULL)
    into->mtu = link->mtu;
  if (link->bond != NULL)
    capture_bond (into, snapshot, link);
  if (link->kind == NT_LINK_VLAN)
    {
      into->parent = g_strdup (link->parent);
      into->vlan = link->vlan;
    }
}

/* Changing the MTU of a bond, or deleting it, also affects the VLANs on it, including foreign ones. */
static void
capture_with_vlans (NtTarget *capture, const NtSnapshot *snapshot, const NtTarget *target, const char *name)
{
  capture_link (capture, snapshot, target, name);
  for (guint i = 0; i < snapshot->links->len; i++)
    {
      const NtLink *link = snapshot->links->pdata[i];

      if (link->kind == NT_LINK_VLAN && g_strcmp0 (link->parent, name) == 0)
        capture_link (capture, snapshot, target, link->name);
    }
}

/* A bond that an adapter leaves is affected too. */
static void
capture_adapter (NtTarget *capture, const NtSnapshot *snapshot, const NtTarget *target, const char *name)
{
  const NtLink *link = nt_snapshot_find (snapshot, name);

  if (link == NULL)
    return;
  if (link->member != NULL)
    capture_with_vlans (capture, snapshot, target, link->master);
  capture_link (capture, snapshot, target, name);
}

/**
 * nt_target_capture:
 * @snapshot: the present state of the kernel
 * @target: the target that is about to be applied
 *
 * Returns: (transfer full): the present state of all links that @target affects, as a target to return to
 */
NtTarget *
nt_target_capture (const NtSnapshot *snapshot, const NtTarget *target)
{
  NtTarget *capture = nt_target_new ();

  for (guint i = target->absent->len; i > 0; i--)
    capture_with_vlans (capture, snapshot, target, target->absent->pdata[i - 1]);
  for (guint i = 0; i < target->links->len; i++)
    {
      const NtTargetLink *link = target->links->pdata[i];

      if (link->kind == NT_LINK_ADAPTER)
        capture_adapter (capture, snapshot, target, link->name);
      else
        capture_with_vlans (capture, snapshot, target, link->name);
      for (guint j = 0; j < link->members->len; j++)
        capture_adapter (capture, snapshot, target, link->members->pdata[j]);
    }
  return capture;
}
