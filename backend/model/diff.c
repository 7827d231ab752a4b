/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/diff.h"

#include "model/ip.h"
#include "model/outage.h"

#include <string.h>

/* Until a port has negotiated its speed and a switch with a spanning tree forwards on an edge port. */
#define CARRIER_TIMEOUT_S 10

typedef struct
{
  const NtSnapshot *snapshot;
  const NtTarget *target;
  GPtrArray *operations;
  GHashTable *down;  /* adapters that the plan has taken down so far */
  GHashTable *freed; /* adapters that the plan has taken out of their bond so far */
  GHashTable *joined; /* adapters that the plan has put into a bond so far */
  GHashTable *heirs;  /* adapters that have taken over from a bond that goes */
  GHashTable *shaken; /* links that may have lost the routes that go by an address */
} Plan;

static NtOperation *
add (Plan *plan, NtOperationKind kind, const char *link, const char *other, const char *value)
{
  NtOperation *operation = nt_operation_make (kind, link, other, value);

  g_ptr_array_add (plan->operations, operation);
  return operation;
}

static void
add_number (Plan *plan, NtOperationKind kind, const char *link, const char *other, gint64 number)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  add (plan, kind, link, other, value);
}

/* What leaves its bond is down afterwards: __bond_release_one() closes it. */
static void
note_release (Plan *plan, const char *adapter)
{
  g_hash_table_add (plan->down, (gpointer) adapter);
  g_hash_table_add (plan->freed, (gpointer) adapter);
}

static void
remove_member (Plan *plan, const char *adapter, const char *bond)
{
  add (plan, NT_OPERATION_REMOVE_MEMBER, adapter, bond, NULL);
  note_release (plan, adapter);
}

static gboolean
is_down (const Plan *plan, const NtLink *link)
{
  return !link->up || g_hash_table_contains (plan->down, link->name);
}

static void
take_down (Plan *plan, const NtLink *link)
{
  if (is_down (plan, link))
    return;
  add (plan, NT_OPERATION_SET_DOWN, link->name, NULL, NULL);
  g_hash_table_add (plan->down, link->name);
}

/* The kernel takes only an adapter that is down, and brings it up itself: bond_enslave(). */
static void
add_member (Plan *plan, const char *adapter, const char *bond)
{
  const NtLink *link = nt_snapshot_find (plan->snapshot, adapter);

  if (link == NULL)
    return;
  if (link->master != NULL && !g_hash_table_contains (plan->freed, link->name))
    remove_member (plan, link->name, link->master);
  take_down (plan, link);
  add (plan, NT_OPERATION_ADD_MEMBER, adapter, bond, NULL);
  g_hash_table_remove (plan->down, link->name);
  g_hash_table_add (plan->joined, link->name);
}

/* Whether the adapter gives its addresses to the team that it joins. */
static gboolean
brings_addresses (const Plan *plan, const char *adapter)
{
  const NtTargetLink *want = nt_target_find (plan->target, adapter);

  return want != NULL && want->former_addresses->len > 0;
}

/* What is the last to carry its addresses waits until another member does, so that somebody always does. */
static gboolean
joins_late (const Plan *plan, const NtTargetLink *bond, const char *adapter)
{
  const NtLink *link = nt_snapshot_find (plan->snapshot, adapter);

  if (link == NULL || g_strcmp0 (link->master, bond->name) == 0 || !brings_addresses (plan, adapter))
    return FALSE;
  for (guint i = 0; i < bond->members->len; i++)
    {
      const NtLink *other = nt_snapshot_find (plan->snapshot, bond->members->pdata[i]);

      if (other != NULL && other->carrier && !brings_addresses (plan, other->name))
        return TRUE;
    }
  return FALSE;
}

/* Those from that index on, but for those that join late. */
static void
add_members (Plan *plan, const NtTargetLink *bond, guint first)
{
  for (guint i = first; i < bond->members->len; i++)
    if (!joins_late (plan, bond, bond->members->pdata[i]))
      add_member (plan, bond->members->pdata[i], bond->name);
}

static gboolean
vlan_differs (const NtLink *link, const NtTargetLink *want)
{
  return link->kind != NT_LINK_VLAN || link->vlan != want->vlan || g_strcmp0 (link->parent, want->parent) != 0;
}

static gboolean
must_go (const Plan *plan, const NtLink *link)
{
  const NtTargetLink *want = nt_target_find (plan->target, link->name);

  if (nt_strings_contain (plan->target->absent, link->name))
    return TRUE;
  /* The id and the parent of a VLAN device cannot be changed: the kernel ignores it without a word. */
  return want != NULL && want->kind == NT_LINK_VLAN && vlan_differs (link, want);
}

static void
plan_deletions (Plan *plan, NtLinkKind kind)
{
  for (guint i = 0; i < plan->snapshot->links->len; i++)
    {
      const NtLink *link = plan->snapshot->links->pdata[i];

      if (link->kind != (int) kind || !must_go (plan, link))
        continue;
      add (plan, NT_OPERATION_DELETE, link->name, NULL, NULL);
      for (guint j = 0; link->bond != NULL && j < link->bond->members->len; j++)
        if (!g_hash_table_contains (plan->freed, link->bond->members->pdata[j]))
          note_release (plan, link->bond->members->pdata[j]);
    }
}

/* The present link of that name, unless the plan deletes it. */
static const NtLink *
find_present (const Plan *plan, const NtTargetLink *want)
{
  const NtLink *link = nt_snapshot_find (plan->snapshot, want->name);

  return link != NULL && !must_go (plan, link) ? link : NULL;
}

/* A primary that is no member yet reads back as none, so it is set once the members are there. */
static NtBondOptions *
without_primary (const NtBondOptions *options)
{
  NtBondOptions *copy = nt_bond_options_copy (options);

  g_clear_pointer (&copy->primary, g_free);
  return copy;
}

static void
plan_new_bond (Plan *plan, const NtTargetLink *want)
{
  g_autoptr (NtBondOptions) options = without_primary (want->bond);
  NtOperation *create = add (plan, NT_OPERATION_CREATE_BOND, want->name, NULL, want->mac);
  NtBondChange change;

  create->bond = nt_bond_options_difference (NULL, options, &change);
  if (want->mtu != -1)
    add_number (plan, NT_OPERATION_SET_MTU, want->name, NULL, want->mtu);
  add_members (plan, want, 0);
}

/* How many of the present members are the first ones that are wanted, in that order. */
static guint
count_common (const GPtrArray *have, const GPtrArray *want)
{
  guint common = 0;

  while (common < have->len && common < want->len && g_str_equal (have->pdata[common], want->pdata[common]))
    common++;
  return common;
}

/* Members that are to leave go first, then those behind the first that is out of order join again. */
static void
plan_members (Plan *plan, const NtLink *bond, const NtTargetLink *want)
{
  g_autoptr (GPtrArray) staying = g_ptr_array_new ();
  guint common;

  for (guint i = 0; i < bond->bond->members->len; i++)
    {
      char *adapter = bond->bond->members->pdata[i];

      if (nt_strings_contain (want->members, adapter))
        g_ptr_array_add (staying, adapter);
      else if (!g_hash_table_contains (plan->freed, adapter))
        remove_member (plan, adapter, bond->name);
    }
  common = count_common (staying, want->members);
  add_members (plan, want, common);
}

static void
plan_live_change (Plan *plan, const char *bond, const NtBondOptions *difference)
{
  if (!nt_bond_options_is_empty (difference))
    add (plan, NT_OPERATION_CHANGE_BOND, bond, NULL, NULL)->bond = nt_bond_options_ref (difference);
}

static void
plan_down_change (Plan *plan, const NtLink *bond, const NtBondOptions *difference)
{
  if (!is_down (plan, bond))
    add (plan, NT_OPERATION_SET_DOWN, bond->name, NULL, NULL);
  g_hash_table_add (plan->down, bond->name);
  plan_live_change (plan, bond->name, difference);
}

/* A bond without members gets a random address, so it is set again before the first one joins. */
static void
plan_mode_change (Plan *plan, const NtLink *bond, const NtTargetLink *want, const NtBondOptions *difference)
{
  if (!is_down (plan, bond))
    add (plan, NT_OPERATION_SET_DOWN, bond->name, NULL, NULL);
  g_hash_table_add (plan->down, bond->name);
  for (guint i = 0; i < bond->bond->members->len; i++)
    if (!g_hash_table_contains (plan->freed, bond->bond->members->pdata[i]))
      remove_member (plan, bond->bond->members->pdata[i], bond->name);
  plan_live_change (plan, bond->name, difference);
  add (plan, NT_OPERATION_SET_MAC, bond->name, NULL, want->mac ? want->mac : bond->mac);
  add_members (plan, want, 0);
}

static void
plan_present_bond (Plan *plan, const NtLink *bond, const NtTargetLink *want)
{
  g_autoptr (NtBondOptions) options = without_primary (want->bond);
  g_autoptr (NtBondOptions) difference = NULL;
  NtBondChange change;

  difference = nt_bond_options_difference (bond->bond->options, options, &change);
  if (want->mtu != -1 && want->mtu != bond->mtu)
    add_number (plan, NT_OPERATION_SET_MTU, bond->name, NULL, want->mtu);
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
  if (want->mac != NULL && g_strcmp0 (want->mac, bond->mac) != 0)
    add (plan, NT_OPERATION_SET_MAC, bond->name, NULL, want->mac);
}

/* Which member is the primary one, by now that they are there. */
static void
plan_primary (Plan *plan, const NtLink *bond, const NtTargetLink *want)
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

/* Whether the plan takes the link down, or what it stands on, or makes it anew. */
static gboolean
goes_down (const Plan *plan, const NtTargetLink *want)
{
  return g_hash_table_contains (plan->down, want->name) ||
         (want->parent != NULL && g_hash_table_contains (plan->down, want->parent));
}

/* Taking a link down costs it its global IPv6 addresses. */
static gboolean
loses_address (const Plan *plan, const NtTargetLink *want, const char *address)
{
  return goes_down (plan, want) && strchr (address, ':') != NULL;
}

static gboolean
has_planned_route (const Plan *plan, const NtRoute *route)
{
  for (guint i = 0; i < plan->operations->len; i++)
    if (nt_record_equal (((const NtOperation *) plan->operations->pdata[i])->route, route))
      return TRUE;
  return FALSE;
}

static void
plan_routes_that (Plan *plan, const NtTargetLink *want, gboolean have_gateway)
{
  gboolean loses_all = find_present (plan, want) == NULL || goes_down (plan, want) ||
                       g_hash_table_contains (plan->shaken, want->name);

  for (guint i = 0; i < want->routes->len; i++)
    {
      NtRoute *route = want->routes->pdata[i];

      if ((strstr (route->text, " via ") != NULL) == have_gateway && !has_planned_route (plan, route) &&
          (loses_all || !nt_route_is_there (plan->snapshot->routes, route)))
        add (plan, NT_OPERATION_ADD_ROUTE, want->name, NULL, route->text)->route = nt_route_ref (route);
    }
}

/*
 * Taking a link down, or making it anew, costs it the routes that somebody made. The kernel takes a gateway only when
 * there is a route to it.
 */
static void
plan_routes (Plan *plan, const NtTargetLink *want)
{
  plan_routes_that (plan, want, FALSE);
  plan_routes_that (plan, want, TRUE);
}

static void
plan_up (Plan *plan, const NtLink *link, const NtTargetLink *want)
{
  /* A parent that goes up raises all of its VLANs, also those that were down on purpose. */
  gboolean is_raised = link != NULL && want->parent != NULL && g_hash_table_contains (plan->down, want->parent);
  gboolean is_up = is_raised || (link != NULL && !is_down (plan, link));

  if (want->up && !is_up)
    add (plan, NT_OPERATION_SET_UP, want->name, NULL, NULL);
  else if (!want->up && is_up)
    add (plan, NT_OPERATION_SET_DOWN, want->name, NULL, NULL);
}

static void
plan_names (Plan *plan, const NtLink *link, const NtTargetLink *want)
{
  const char *alias = link && link->alias ? link->alias : "";

  if (want->alias != NULL && !g_str_equal (want->alias, alias))
    add (plan, NT_OPERATION_SET_ALIAS, want->name, NULL, want->alias);
  for (guint i = 0; i < want->alternative_names->len; i++)
    if (link == NULL || !nt_strings_contain (link->alternative_names, want->alternative_names->pdata[i]))
      add (plan, NT_OPERATION_ADD_NAME, want->name, NULL, want->alternative_names->pdata[i]);
}

static void
plan_addresses (Plan *plan, const NtLink *link, const NtTargetLink *want)
{
  for (guint i = 0; i < want->addresses->len; i++)
    {
      const NtLinkAddress *address = want->addresses->pdata[i];

      if (!nt_link_has_address (link, address->address) || loses_address (plan, want, address->address))
        add (plan, NT_OPERATION_ADD_ADDRESS, want->name, NULL, address->address)->address = nt_link_address_ref (address);
    }
}

/* Names that are taken away go first, so that another link can have them in the same change. */
static void
plan_former_names (Plan *plan, const NtTargetLink *want)
{
  const NtLink *link = find_present (plan, want);

  for (guint i = 0; link != NULL && i < want->former_names->len; i++)
    if (nt_strings_contain (link->alternative_names, want->former_names->pdata[i]))
      add (plan, NT_OPERATION_REMOVE_NAME, want->name, NULL, want->former_names->pdata[i]);
}

/*
 * The kernel drops the other IPv4 addresses of a network with its first one, unless promote_secondaries is set; so those
 * that are wanted are given again.
 */
static void
plan_lost_addresses (Plan *plan, const NtTargetLink *want, const char *removed)
{
  g_autoptr (GInetAddress) base = NULL;

  if (strchr (removed, ':') != NULL || !nt_ip_parse (removed, &base, NULL))
    return;
  g_hash_table_add (plan->shaken, want->name);
  for (guint i = 0; i < want->addresses->len; i++)
    {
      const NtLinkAddress *address = want->addresses->pdata[i];

      if (nt_ip_contains (address->address, base))
        add (plan, NT_OPERATION_ADD_ADDRESS, want->name, NULL, address->address)->address = nt_link_address_ref (address);
    }
}

/*
 * Addresses that are taken away go when the link that takes them over has them; the last one first, so that who puts them
 * back after a fault finds the first ones where they were.
 */
static void
plan_former_addresses (Plan *plan, const NtTargetLink *want)
{
  const NtLink *link = find_present (plan, want);

  for (guint i = want->former_addresses->len; link != NULL && i > 0; i--)
    {
      const char *address = want->former_addresses->pdata[i - 1];

      if (!nt_link_has_address (link, address))
        continue;
      add (plan, NT_OPERATION_REMOVE_ADDRESS, want->name, NULL, address);
      plan_lost_addresses (plan, want, address);
    }
}

static void
plan_former_routes (Plan *plan, const NtTargetLink *want)
{
  for (guint i = 0; find_present (plan, want) != NULL && i < want->former_routes->len; i++)
    {
      NtRoute *route = want->former_routes->pdata[i];

      if (nt_route_is_there (plan->snapshot->routes, route))
        add (plan, NT_OPERATION_REMOVE_ROUTE, want->name, NULL, route->text)->route = nt_route_ref (route);
    }
}

static void
plan_bond (Plan *plan, const NtTargetLink *want)
{
  const NtLink *bond = find_present (plan, want);

  if (bond == NULL)
    plan_new_bond (plan, want);
  else
    plan_present_bond (plan, bond, want);
  if (want->bond->primary == NULL || !joins_late (plan, want, want->bond->primary))
    plan_primary (plan, bond, want);
  plan_up (plan, bond, want);
  plan_names (plan, bond, want);
  plan_addresses (plan, bond, want);
}

static void
plan_vlan (Plan *plan, const NtTargetLink *want)
{
  const NtLink *vlan = find_present (plan, want);

  if (vlan == NULL)
    add_number (plan, NT_OPERATION_CREATE_VLAN, want->name, want->parent, want->vlan);
  if (want->mtu != -1 && (vlan == NULL || vlan->mtu != want->mtu))
    add_number (plan, NT_OPERATION_SET_MTU, want->name, NULL, want->mtu);
  plan_up (plan, vlan, want);
  plan_names (plan, vlan, want);
  plan_addresses (plan, vlan, want);
}

static void
plan_ipv6 (Plan *plan, const NtLink *link, const NtTargetLink *want)
{
  if (want->ipv6 != -1 && want->ipv6 == link->ipv6_disabled)
    add (plan, NT_OPERATION_SET_IPV6, want->name, NULL, want->ipv6 ? "on" : "off");
}

static void
plan_adapter (Plan *plan, const NtTargetLink *want)
{
  const NtLink *adapter = nt_snapshot_find (plan->snapshot, want->name);

  if (adapter == NULL || g_hash_table_contains (plan->heirs, adapter->name))
    return;
  plan_ipv6 (plan, adapter, want);
  if (nt_target_find_bond_of (plan->target, want->name) != NULL)
    return;
  if (adapter->member != NULL && !g_hash_table_contains (plan->freed, adapter->name))
    remove_member (plan, adapter->name, adapter->master);
  if (want->mtu != -1 && adapter->member == NULL && adapter->mtu != want->mtu)
    add_number (plan, NT_OPERATION_SET_MTU, want->name, NULL, want->mtu);
  plan_up (plan, adapter, want);
  plan_addresses (plan, adapter, want);
}

/* Joining a bond brings an adapter up, so one that is disabled goes down afterwards. */
static void
plan_member (Plan *plan, const NtTargetLink *want)
{
  const NtLink *adapter = nt_snapshot_find (plan->snapshot, want->name);
  const NtTargetLink *bond = nt_target_find_bond_of (plan->target, want->name);
  gboolean joins = g_hash_table_contains (plan->joined, want->name);

  if (adapter == NULL || bond == NULL || (!joins && joins_late (plan, bond, want->name)))
    return;
  if (!want->up && (joins || adapter->up))
    add (plan, NT_OPERATION_SET_DOWN, want->name, NULL, NULL);
  else if (want->up && !joins && !adapter->up)
    add (plan, NT_OPERATION_SET_UP, want->name, NULL, NULL);
}

static void
await_carrier (Plan *plan, const char *link)
{
  add_number (plan, NT_OPERATION_AWAIT_CARRIER, link, NULL, CARRIER_TIMEOUT_S);
}

/* Before anything is taken from the adapter that joins late, the other members carry. */
static void
plan_wait_for_others (Plan *plan, const NtTargetLink *want)
{
  const NtLink *bond = find_present (plan, want);

  if (bond != NULL && bond->carrier && !is_down (plan, bond))
    return;
  for (guint i = 0; want->up && i < want->members->len; i++)
    if (joins_late (plan, want, want->members->pdata[i]))
      {
        await_carrier (plan, want->name);
        return;
      }
}

static void
plan_late_members (Plan *plan, const NtTargetLink *want)
{
  const char *primary = want->bond->primary;
  gboolean primary_is_late = primary != NULL && joins_late (plan, want, primary);

  for (guint i = 0; i < want->members->len; i++)
    if (joins_late (plan, want, want->members->pdata[i]))
      {
        add_member (plan, want->members->pdata[i], want->name);
        plan_member (plan, nt_target_find (plan->target, want->members->pdata[i]));
      }
  if (primary_is_late)
    plan_primary (plan, find_present (plan, want), want);
}

static gboolean
others_carry (const Plan *plan, const NtLink *bond, const char *adapter)
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
 * Who takes over the addresses of a bond that goes leaves it before, and takes them while the other members still carry
 * the bond. As it was closed, it may need a moment until its link is there again.
 */
static void
plan_heir (Plan *plan, const NtTargetLink *want)
{
  const NtLink *adapter = nt_snapshot_find (plan->snapshot, want->name);
  const NtLink *bond = adapter != NULL ? nt_snapshot_find (plan->snapshot, adapter->master) : NULL;

  if (bond == NULL || bond->bond == NULL || !must_go (plan, bond) || want->addresses->len == 0 || !want->up ||
      nt_target_find_bond_of (plan->target, want->name) != NULL)
    return;
  remove_member (plan, adapter->name, bond->name);
  plan_ipv6 (plan, adapter, want);
  plan_up (plan, adapter, want);
  g_hash_table_remove (plan->down, adapter->name);
  if (adapter->carrier && others_carry (plan, bond, adapter->name))
    await_carrier (plan, adapter->name);
  plan_addresses (plan, adapter, want);
  plan_routes (plan, want);
  g_hash_table_add (plan->heirs, adapter->name);
}

static void
plan_links (Plan *plan, NtLinkKind kind, void (*plan_link) (Plan *plan, const NtTargetLink *want))
{
  for (guint i = 0; i < plan->target->links->len; i++)
    {
      const NtTargetLink *want = plan->target->links->pdata[i];

      if (want->kind == (int) kind)
        plan_link (plan, want);
    }
}

/**
 * nt_diff:
 * @snapshot: what the kernel has
 * @target: what it shall have
 *
 * Plans the operations that lead from one to the other, in an order in which the kernel takes them: what goes, goes
 * first; adapters leave before they join; bonds are there before the VLANs on them, and routes come after them. Whoever
 * has addresses that another link takes over keeps them until that link carries.
 *
 * Returns: (transfer full) (element-type NtOperation): the operations; empty if there is nothing to do
 */
GPtrArray *
nt_diff (const NtSnapshot *snapshot, const NtTarget *target)
{
  g_autoptr (GHashTable) down = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) freed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) joined = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) heirs = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) shaken = g_hash_table_new (g_str_hash, g_str_equal);
  Plan plan = { snapshot, target, nt_records_new (), down, freed, joined, heirs, shaken };

  plan_links (&plan, NT_LINK_ADAPTER, plan_heir);
  plan_deletions (&plan, NT_LINK_VLAN);
  plan_deletions (&plan, NT_LINK_BOND);
  plan_links (&plan, NT_LINK_BOND, plan_former_names);
  plan_links (&plan, NT_LINK_VLAN, plan_former_names);
  plan_links (&plan, NT_LINK_ADAPTER, plan_adapter);
  plan_links (&plan, NT_LINK_BOND, plan_bond);
  plan_links (&plan, NT_LINK_ADAPTER, plan_member);
  plan_links (&plan, NT_LINK_VLAN, plan_vlan);
  plan_links (&plan, NT_LINK_BOND, plan_former_addresses);
  plan_links (&plan, NT_LINK_VLAN, plan_former_addresses);
  plan_links (&plan, NT_LINK_BOND, plan_wait_for_others);
  plan_links (&plan, NT_LINK_ADAPTER, plan_routes);
  plan_links (&plan, NT_LINK_BOND, plan_routes);
  plan_links (&plan, NT_LINK_VLAN, plan_routes);
  plan_links (&plan, NT_LINK_BOND, plan_late_members);
  plan_links (&plan, NT_LINK_ADAPTER, plan_former_addresses);
  plan_links (&plan, NT_LINK_ADAPTER, plan_former_routes);
  plan_links (&plan, NT_LINK_BOND, plan_former_routes);
  plan_links (&plan, NT_LINK_VLAN, plan_former_routes);
  nt_outage_estimate (plan.operations, snapshot);
  return plan.operations;
}
