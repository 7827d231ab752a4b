/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/compile-target.h"

#include "backend/model/plan/network.h"
#include "backend/model/plan/packet-filter.h"
#include "backend/model/plan/standby.h"
#include "backend/model/team/spec-to-bond.h"

#include <string.h>

/* ALTIFNAMSIZ of the kernel without the final NUL, in bytes. */
#define ALTERNATIVE_NAME_MAX 127
/* ETH_DATA_LEN: the default MTU of a new device. */
#define DEFAULT_MTU 1500

/*
 * A name that differs from the device's is set as the alias, which all tools show, and as an alternative name, by which
 * all tools find the link, provided it is short enough for one.
 */
static void
set_display_name (NtTargetLink *link, const char *name)
{
  gboolean differs = !g_str_equal (link->name, name);

  link->alias = g_strdup (differs ? name : "");
  if (differs && strlen (name) <= ALTERNATIVE_NAME_MAX)
    g_ptr_array_add (link->alternative_names, g_strdup (name));
}

static void
add_former_name (NtTargetLink *link, const char *name)
{
  if (!g_str_equal (link->name, name) && !nt_strings_contain (link->alternative_names, name))
    g_ptr_array_add (link->former_names, g_strdup (name));
}

/* Selects the members that must be in the bond now: all that are present, except a standby member that is held. */
static GPtrArray *
choose_members (const NtSnapshot *snapshot, const NtTeamSpec *spec)
{
  GPtrArray *members = nt_strings_new ();
  gboolean standby_waits = nt_team_spec_holds_standby (spec) && !nt_standby_is_needed (spec, snapshot);

  for (guint i = 0; i < spec->members->len; i++)
    {
      const char *adapter = spec->members->pdata[i];
      gboolean waits = standby_waits && g_str_equal (adapter, spec->standby);

      if (!waits && nt_snapshot_find (snapshot, adapter) != NULL)
        g_ptr_array_add (members, g_strdup (adapter));
    }
  return members;
}

/* Returns the first adapter whose addresses move to the team. */
static const char *
find_address_source (const NtTargetLink *link, const NtSnapshot *snapshot, const NtTeamSpec *before)
{
  for (guint i = 0; i < link->members->len; i++)
    if (nt_network_joins (snapshot, before, link->members->pdata[i]))
      return link->members->pdata[i];
  return NULL;
}

/*
 * Present members keep their order, so that flows stay where they are. New ones join at the end, those with addresses
 * last, as by then the other members carry the addresses.
 */
static void
order_members (NtTargetLink *link,
               const NtSnapshot *snapshot,
               const NtLink *present,
               const NtTeamSpec *spec,
               const NtTeamSpec *before)
{
  g_autoptr (GPtrArray) members = choose_members (snapshot, spec);

  for (guint i = 0; present != NULL && present->bond != NULL && i < present->bond->members->len; i++)
    if (nt_strings_contain (members, present->bond->members->pdata[i]))
      g_ptr_array_add (link->members, g_strdup (present->bond->members->pdata[i]));
  for (guint with_addresses = FALSE; with_addresses <= TRUE; with_addresses++)
    for (guint i = 0; i < members->len; i++)
      if (!nt_strings_contain (link->members, members->pdata[i]) &&
          (guint) nt_network_joins (snapshot, before, members->pdata[i]) == with_addresses)
        g_ptr_array_add (link->members, g_strdup (members->pdata[i]));
}

static const char *
get_own_mac (const NtSnapshot *snapshot, const char *adapter)
{
  const NtLink *link = nt_snapshot_find (snapshot, adapter);

  if (link == NULL)
    return NULL;
  return link->permanent_mac ? link->permanent_mac : link->mac;
}

/* Returns %TRUE if other hosts may know the team by its MAC address. */
static gboolean
is_addressed (const NtSnapshot *snapshot, const NtTeamSpec *spec)
{
  for (guint i = 0; i < spec->interfaces->len; i++)
    if (nt_network_joins (snapshot, NULL, ((const NtInterfaceSpec *) spec->interfaces->pdata[i])->device))
      return TRUE;
  return FALSE;
}

/*
 * The team has the MAC address of its first member right from its creation, so that no udev rule assigns another. An
 * adapter with IP addresses takes precedence, as other hosts know these together with its MAC address. The address
 * stays until its adapter leaves the team; otherwise two adapters would have the same address.
 */
static char *
choose_mac (const NtSnapshot *snapshot,
            const NtLink *present,
            const NtTargetLink *link,
            const NtTeamSpec *spec,
            const NtTeamSpec *before)
{
  const char *first = link->members->len > 0 ? link->members->pdata[0] : NULL;
  const char *address_source = find_address_source (link, snapshot, before);

  if (address_source != NULL && (present == NULL || !is_addressed (snapshot, spec)))
    return g_strdup (nt_snapshot_find (snapshot, address_source)->mac);
  for (guint i = 0; present != NULL && i < snapshot->links->len; i++)
    {
      const NtLink *owner = snapshot->links->pdata[i];

      if (owner->kind == NT_LINK_ADAPTER && g_strcmp0 (get_own_mac (snapshot, owner->name), present->mac) == 0 &&
          !nt_strings_contain (link->members, owner->name))
        return g_strdup (get_own_mac (snapshot, first));
    }
  return g_strdup (present ? present->mac : get_own_mac (snapshot, first));
}

/* Returns the MTU of the bond in the definition; -1 = not defined. */
static gint64
get_defined_mtu (const NtTeamSpec *spec)
{
  const NtInterfaceSpec *primary = spec->interfaces->pdata[0];

  return spec->mtu == -1 && nt_interface_spec_get_vlan (primary) == 0 ? primary->mtu : spec->mtu;
}

/*
 * The kernel sets the MTU of a new bond, and with it that of the members, to 1500 bytes. Without an MTU in the
 * definition the present MTU is kept, unless it comes from the previous definition.
 */
static gint64
choose_mtu (const NtSnapshot *snapshot,
            const NtLink *present,
            const NtTargetLink *link,
            const NtTeamSpec *spec,
            const NtTeamSpec *before)
{
  const NtLink *first = link->members->len > 0 ? nt_snapshot_find (snapshot, link->members->pdata[0]) : NULL;
  gint64 defined = get_defined_mtu (spec);

  if (defined != -1)
    return defined;
  if (present != NULL)
    return before != NULL && get_defined_mtu (before) != -1 ? DEFAULT_MTU : -1;
  return first != NULL && first->mtu != DEFAULT_MTU ? first->mtu : -1;
}

/* The same for a VLAN interface, whose default is the MTU of the bond. */
static gint64
choose_vlan_mtu (const NtSnapshot *snapshot,
                 const NtTargetLink *bond,
                 const NtInterfaceSpec *interface,
                 const NtInterfaceSpec *predecessor)
{
  const NtLink *present = nt_snapshot_find (snapshot, bond->name);

  if (interface->mtu != -1)
    return interface->mtu;
  if (bond->mtu != -1)
    return bond->mtu;
  return predecessor != NULL && predecessor->mtu != -1 && present != NULL ? present->mtu : -1;
}

static void
compile_bond (NtTarget *target, const NtSnapshot *snapshot, const NtTeamSpec *spec, const NtTeamSpec *before)
{
  const NtLink *present = nt_snapshot_find (snapshot, spec->device);
  NtTargetLink *link = nt_target_add_link (target, spec->device, NT_LINK_BOND);

  link->bond = nt_spec_to_bond_options (spec);
  set_display_name (link, spec->name);
  if (before != NULL)
    add_former_name (link, before->name);
  order_members (link, snapshot, present, spec, before);
  link->filter = nt_packet_filter_is_needed (spec) ? nt_packet_filter_choose (spec, snapshot, link->members) : g_strdup ("");
  link->mac = choose_mac (snapshot, present, link, spec, before);
  link->mtu = choose_mtu (snapshot, present, link, spec, before);
}

static const NtInterfaceSpec *
find_vlan (const NtTeamSpec *spec, gint64 vlan)
{
  for (guint i = 0; i < spec->interfaces->len; i++)
    if (nt_interface_spec_get_vlan (spec->interfaces->pdata[i]) == vlan)
      return spec->interfaces->pdata[i];
  return NULL;
}

/*
 * Finds the previous definition of an interface: the one with the same VLAN. As a changed VLAN id means a new device,
 * the one at the same position follows, provided that its VLAN has been removed.
 */
static const NtInterfaceSpec *
find_predecessor (const NtTeamSpec *before, const NtTeamSpec *after, guint index)
{
  gint64 vlan = nt_interface_spec_get_vlan (after->interfaces->pdata[index]);
  const NtInterfaceSpec *same = before ? find_vlan (before, vlan) : NULL;

  if (same != NULL || before == NULL || index >= before->interfaces->len)
    return same;
  same = before->interfaces->pdata[index];
  return find_vlan (after, nt_interface_spec_get_vlan (same)) == NULL ? same : NULL;
}

/* The addresses of the bond move with the primary interface when that becomes a VLAN. */
static void
empty_bond (NtTargetLink *bond, const NtSnapshot *snapshot)
{
  g_autoptr (NtTargetLink) present = nt_target_link_new ();

  nt_network_keep (present, snapshot, bond->name);
  for (guint i = 0; i < present->addresses->len; i++)
    g_ptr_array_add (bond->former_addresses,
                     g_strdup (((const NtLinkAddress *) present->addresses->pdata[i])->address));
}

static NtTargetLink *
find_link (const NtTarget *target, const char *name)
{
  return (NtTargetLink *) nt_target_find (target, name);
}

/* The primary interface takes over the addresses and routes of joining adapters. */
static void
move_member_networks (NtTarget *target,
                NtTargetLink *link,
                const NtSnapshot *snapshot,
                const NtTeamSpec *spec,
                const NtTeamSpec *before)
{
  for (guint i = 0; i < spec->members->len; i++)
    if (nt_network_joins (snapshot, before, spec->members->pdata[i]))
      nt_network_move (link, find_link (target, spec->members->pdata[i]), snapshot, spec->members->pdata[i]);
}

static void
compile_interface (NtTarget *target,
                   NtTargetLink *bond,
                   const NtSnapshot *snapshot,
                   const NtTeamSpec *spec,
                   const NtTeamSpec *before,
                   guint index)
{
  const NtInterfaceSpec *interface = spec->interfaces->pdata[index];
  const NtInterfaceSpec *predecessor = find_predecessor (before, spec, index);
  g_autofree char *name = nt_interface_spec_get_display_name (interface, spec->name);
  gboolean is_vlan = nt_interface_spec_get_vlan (interface) != 0;
  NtTargetLink *link = is_vlan ? nt_target_add_link (target, interface->device, NT_LINK_VLAN) : bond;

  if (is_vlan)
    {
      link->parent = g_strdup (spec->device);
      link->vlan = interface->vlan;
      link->mtu = choose_vlan_mtu (snapshot, bond, interface, predecessor);
      set_display_name (link, name);
    }
  /* No VLAN can be up on a bond that is down. */
  link->up = !interface->disabled && bond->up;
  if (is_vlan && predecessor != NULL)
    {
      g_autofree char *former = nt_interface_spec_get_display_name (predecessor, before->name);

      add_former_name (link, former);
    }
  nt_network_keep (link, snapshot, predecessor ? predecessor->device : interface->device);
  if (index == 0)
    move_member_networks (target, link, snapshot, spec, before);
  nt_network_define (link, interface, predecessor);
  if (is_vlan && predecessor != NULL && nt_interface_spec_get_vlan (predecessor) == 0)
    empty_bond (bond, snapshot);
}

/* A standby member is up, so that it is available at once, but silent: with IPv6 it would assign itself an address. */
static void
compile_member (NtTarget *target,
                const NtSnapshot *snapshot,
                const NtTeamSpec *spec,
                const NtTeamSpec *before,
                const char *adapter)
{
  NtTargetLink *link;

  if (nt_snapshot_find (snapshot, adapter) == NULL)
    return;
  link = nt_target_add_adapter (target, adapter, !nt_strings_contain (spec->disabled, adapter));
  if (nt_team_spec_holds_standby (spec) && g_strcmp0 (spec->standby, adapter) == 0)
    link->ipv6 = 0;
  else if (before != NULL && g_strcmp0 (before->standby, adapter) == 0)
    link->ipv6 = 1;
}

static void
compile_team (NtTarget *target, const NtSnapshot *snapshot, const NtTeamSpec *spec, const NtTeamSpec *before)
{
  NtTargetLink *bond;

  compile_bond (target, snapshot, spec, before);
  bond = target->links->pdata[target->links->len - 1];
  for (guint i = 0; i < spec->members->len; i++)
    compile_member (target, snapshot, spec, before, spec->members->pdata[i]);
  for (guint i = 0; i < spec->interfaces->len; i++)
    compile_interface (target, bond, snapshot, spec, before, i);
}

/* Chooses the adapter that takes over from a deleted team: the member whose MAC address the team has. */
static NtTargetLink *
find_successor (const NtTarget *target, const NtSnapshot *snapshot, const NtTeamSpec *before)
{
  const NtLink *bond = nt_snapshot_find (snapshot, before->device);
  NtTargetLink *successor = NULL;

  for (guint i = 0; bond != NULL && i < before->members->len; i++)
    {
      const char *adapter = before->members->pdata[i];

      if (find_link (target, adapter) == NULL || nt_target_find_bond_of (target, adapter) != NULL)
        continue;
      if (successor == NULL || g_strcmp0 (get_own_mac (snapshot, adapter), bond->mac) == 0)
        successor = find_link (target, adapter);
    }
  return successor;
}

/* The addresses of a deleted team move to an adapter; those of a VLAN would be useless there. */
static void
move_addresses_to_successor (NtTarget *target, const NtSnapshot *snapshot, const NtTeamSpec *before)
{
  NtTargetLink *successor = find_successor (target, snapshot, before);

  if (successor != NULL && nt_interface_spec_get_vlan (before->interfaces->pdata[0]) == 0)
    nt_network_move (successor, NULL, snapshot, before->device);
}

/* Removes what only the previous definition contains. Adapters that leave the team stay up. */
static void
compile_leftovers (NtTarget *target, const NtSnapshot *snapshot, const NtTeamSpec *before)
{
  for (guint i = 0; i < before->interfaces->len; i++)
    {
      const NtInterfaceSpec *interface = before->interfaces->pdata[i];

      if (nt_interface_spec_get_vlan (interface) != 0)
        nt_target_add_absent (target, interface->device);
    }
  nt_target_add_absent (target, before->device);
  for (guint i = 0; i < before->members->len; i++)
    {
      const char *adapter = before->members->pdata[i];

      if (nt_snapshot_find (snapshot, adapter) != NULL && nt_target_find_bond_of (target, adapter) == NULL &&
          nt_target_find (target, adapter) == NULL)
        nt_target_add_adapter (target, adapter, TRUE)->ipv6 = g_strcmp0 (before->standby, adapter) == 0 ? 1 : -1;
    }
  if (nt_strings_contain (target->absent, before->device))
    move_addresses_to_successor (target, snapshot, before);
}

/**
 * nt_target_compile:
 * @snapshot: the present state of the kernel
 * @before: (element-type NtTeamSpec): the previous definitions of the teams that change
 * @after: (element-type NtTeamSpec): their new definitions, complete and with device names
 *
 * Returns: (transfer full): the target of the links of those teams
 */
NtTarget *
nt_target_compile (const NtSnapshot *snapshot, GPtrArray *before, GPtrArray *after)
{
  NtTarget *target = nt_target_new ();

  for (guint i = 0; i < after->len; i++)
    {
      const NtTeamSpec *spec = after->pdata[i];

      compile_team (target, snapshot, spec, nt_team_specs_find (before, spec->id));
    }
  for (guint i = 0; i < before->len; i++)
    compile_leftovers (target, snapshot, before->pdata[i]);
  return target;
}
