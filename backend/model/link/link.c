/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/link/link.h"

#include <net/if_arp.h>

static const NtEnumValue nt_link_kind_values[] = {
  { "other" }, { "adapter" }, { "loopback" }, { "bond" }, { "vlan" },
};
NT_DEFINE_ENUM (nt_link_kind, "LinkKind")

static const NtField nt_link_address_fields[] = {
  NT_STRING (NtLinkAddress, address, REQUIRED),
  NT_STRING (NtLinkAddress, message, OPTIONAL),
  NT_BOOL (NtLinkAddress, dynamic, OPTIONAL),
  NT_BOOL (NtLinkAddress, link_local, OPTIONAL),
};
NT_DEFINE_RECORD (NtLinkAddress, nt_link_address, "LinkAddress")

static const NtField nt_bond_member_fields[] = {
  NT_BOOL (NtBondMember, backup, REQUIRED),
  NT_INT (NtBondMember, mii, REQUIRED),
  NT_INT (NtBondMember, link_failures, REQUIRED),
  NT_INT (NtBondMember, aggregator, OPTIONAL),
  NT_INT (NtBondMember, actor_state, OPTIONAL),
  NT_INT (NtBondMember, partner_state, OPTIONAL),
};
NT_DEFINE_RECORD (NtBondMember, nt_bond_member, "BondMember")

static const NtField nt_bond_fields[] = {
  NT_RECORD (NtBond, options, REQUIRED, nt_bond_options_type),
  NT_STRING (NtBond, active_member, OPTIONAL),
  NT_INT (NtBond, aggregator, OPTIONAL),
  NT_STRING (NtBond, partner_mac, OPTIONAL),
  NT_STRINGS (NtBond, members, OPTIONAL),
};
NT_DEFINE_RECORD (NtBond, nt_bond, "Bond")

static const NtField nt_link_fields[] = {
  NT_STRING (NtLink, name, REQUIRED),
  NT_INT (NtLink, ifindex, REQUIRED),
  NT_ENUM (NtLink, kind, REQUIRED, nt_link_kind_enum),
  NT_STRING (NtLink, info_kind, OPTIONAL),
  NT_STRING (NtLink, alias, OPTIONAL),
  NT_STRINGS (NtLink, alternative_names, OPTIONAL),
  NT_STRING (NtLink, mac, OPTIONAL),
  NT_STRING (NtLink, permanent_mac, OPTIONAL),
  NT_INT (NtLink, mtu, REQUIRED),
  NT_INT (NtLink, arp_type, REQUIRED),
  NT_BOOL (NtLink, up, REQUIRED),
  NT_BOOL (NtLink, carrier, REQUIRED),
  NT_STRING (NtLink, master, OPTIONAL),
  NT_STRING (NtLink, parent, OPTIONAL),
  NT_INT (NtLink, vlan, OPTIONAL),
  NT_INT (NtLink, speed_mbps, OPTIONAL),
  NT_ENUM (NtLink, duplex, OPTIONAL, nt_duplex_enum),
  NT_STRING (NtLink, driver, OPTIONAL),
  NT_STRING (NtLink, bus, OPTIONAL),
  NT_STRING (NtLink, description, OPTIONAL),
  NT_BOOL (NtLink, wireless, OPTIONAL),
  NT_BOOL (NtLink, rdma, OPTIONAL),
  NT_INT (NtLink, virtual_functions, OPTIONAL),
  NT_BOOL (NtLink, vlan_challenged, OPTIONAL),
  NT_BOOL (NtLink, ipv6_disabled, OPTIONAL),
  NT_RECORD (NtLink, bond, OPTIONAL, nt_bond_type),
  NT_RECORD (NtLink, member, OPTIONAL, nt_bond_member_type),
  NT_RECORDS (NtLink, addresses, OPTIONAL, nt_link_address_type),
};
NT_DEFINE_RECORD (NtLink, nt_link, "Link")

static const NtField nt_route_fields[] = {
  NT_STRING (NtRoute, text, REQUIRED),
  NT_STRINGS (NtRoute, devices, REQUIRED),
  NT_STRING (NtRoute, gateway, OPTIONAL),
  NT_BOOL (NtRoute, indirect, OPTIONAL),
  NT_STRING (NtRoute, message, OPTIONAL),
};
NT_DEFINE_RECORD (NtRoute, nt_route, "Route")

static const NtField nt_packet_filter_fields[] = {
  NT_STRING (NtPacketFilter, bond, REQUIRED),
  NT_STRING (NtPacketFilter, members, REQUIRED),
};
NT_DEFINE_RECORD (NtPacketFilter, nt_packet_filter, "Filter")

static const NtField nt_snapshot_fields[] = {
  NT_RECORDS (NtSnapshot, links, REQUIRED, nt_link_type),
  NT_RECORDS (NtSnapshot, routes, OPTIONAL, nt_route_type),
  NT_RECORDS (NtSnapshot, filters, OPTIONAL, nt_packet_filter_type),
  NT_RECORDS (NtSnapshot, owners, OPTIONAL, nt_owned_link_type),
};
NT_DEFINE_RECORD (NtSnapshot, nt_snapshot, "Snapshot")

/**
 * nt_snapshot_find:
 * @name: (nullable): the name of a link
 *
 * Returns: (transfer none) (nullable): the link of that name
 */
const NtLink *
nt_snapshot_find (const NtSnapshot *self, const char *name)
{
  for (guint i = 0; name != NULL && i < self->links->len; i++)
    {
      const NtLink *link = self->links->pdata[i];

      if (g_str_equal (link->name, name))
        return link;
    }
  return NULL;
}

/**
 * nt_snapshot_find_filter:
 * @bond: the name of a bond
 *
 * Returns: (transfer none) (nullable): the filters of the bond, in the notation of packet-filter.h; NULL = none
 */
const char *
nt_snapshot_find_filter (const NtSnapshot *self, const char *bond)
{
  for (guint i = 0; i < self->filters->len; i++)
    {
      const NtPacketFilter *filter = self->filters->pdata[i];

      if (g_str_equal (filter->bond, bond))
        return filter->members;
    }
  return NULL;
}

/**
 * nt_link_has_address:
 * @link: (nullable): a link
 * @address: "192.0.2.1/24"
 *
 * Returns: %TRUE if @link has the address
 */
gboolean
nt_link_has_address (const NtLink *link, const char *address)
{
  for (guint i = 0; link != NULL && i < link->addresses->len; i++)
    if (g_str_equal (((const NtLinkAddress *) link->addresses->pdata[i])->address, address))
      return TRUE;
  return FALSE;
}

/**
 * nt_route_make_default:
 * @gateway: an IP address
 * @device: the link on which the gateway is reached
 *
 * Returns: (transfer full): a default route of the main table
 */
NtRoute *
nt_route_make_default (const char *gateway, const char *device)
{
  NtRoute *route = nt_route_new ();

  route->text = g_strdup_printf ("default via %s", gateway);
  route->gateway = g_strdup (gateway);
  route->indirect = TRUE;
  g_ptr_array_add (route->devices, g_strdup (device));
  return route;
}

/* A route that was made from a gateway matches regardless of its metric. */
static gboolean
is_same_route (gconstpointer have, gconstpointer want)
{
  const NtRoute *first = have;
  const NtRoute *second = want;

  if (second->message != NULL)
    return nt_record_equal (first, second);
  return g_strcmp0 (first->gateway, second->gateway) == 0 && g_str_equal (first->devices->pdata[0], second->devices->pdata[0]);
}

/**
 * nt_routes_contain:
 * @routes: (element-type NtRoute): the present routes
 *
 * Returns: %TRUE if @route is among @routes
 */
gboolean
nt_routes_contain (const GPtrArray *routes, const NtRoute *route)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *) routes, route, is_same_route, NULL);
}

/**
 * nt_link_has_lacp:
 *
 * Returns: %TRUE if @link is a bond in LACP mode
 */
gboolean
nt_link_has_lacp (const NtLink *link)
{
  return link->bond != NULL && link->bond->options->mode == NT_BOND_8023AD;
}

static gboolean
has_links_on_top (const NtSnapshot *snapshot, const NtLink *link)
{
  for (guint i = 0; i < snapshot->links->len; i++)
    {
      const NtLink *other = snapshot->links->pdata[i];

      /* The parent of a veth device is its peer; neither is on top of the other. */
      if (other->kind != NT_LINK_ADAPTER && g_strcmp0 (other->parent, link->name) == 0 &&
          g_strcmp0 (other->info_kind, "veth") != 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_word (GPtrArray *list, gboolean applies, const NtEnum *words, int word)
{
  if (applies)
    g_ptr_array_add (list, g_strdup (nt_enum_nick (words, word)));
}

static void
add_obstacle (GPtrArray *obstacles, gboolean applies, NtObstacle obstacle)
{
  add_word (obstacles, applies, &nt_obstacle_enum, obstacle);
}

/* Obstacles by the kind of the master; any kind that is not listed is a bridge or a switch. */
static const struct
{
  const char *info_kind;
  NtObstacle obstacle;
} masters[] = {
  { "bond", NT_OBSTACLE_FOREIGN_TEAM },
  { "team", NT_OBSTACLE_TEAM_PORT },
  { "vrf", NT_OBSTACLE_VRF_PORT },
};

static NtObstacle
find_master_obstacle (const NtLink *master)
{
  for (guint i = 0; i < G_N_ELEMENTS (masters); i++)
    if (g_strcmp0 (masters[i].info_kind, master->info_kind) == 0)
      return masters[i].obstacle;
  return NT_OBSTACLE_BRIDGE_PORT;
}

/**
 * nt_link_obstacles:
 * @allowed_master: (nullable): the name of a managed team that @link may already belong to
 *
 * Finds the reasons why @link cannot become a member of a team. The kernel does not enforce these rules: it silently
 * takes ports away from bridges, and accepts bridges and team devices as members.
 *
 * A VLAN on a member is legal for the kernel but does not work: frames with its id that arrive on that member go to the
 * VLAN and never to the team (vlan_do_receive() runs before the bond's receive handler), a switch that knows the team
 * sends its answers to any member, and joining takes the VLAN down, which costs it its IPv6 addresses and routes.
 *
 * Returns: (transfer full) (element-type utf8): words of nt_obstacle_enum; empty if @link can be teamed
 */
GPtrArray *
nt_link_obstacles (const NtSnapshot *snapshot, const NtLink *link, const char *allowed_master)
{
  GPtrArray *obstacles = nt_strings_new ();
  const NtLink *master = nt_snapshot_find (snapshot, link->master);
  gboolean is_member = master != NULL && g_strcmp0 (link->master, allowed_master) != 0;
  gboolean is_virtual = link->kind == NT_LINK_OTHER || link->kind == NT_LINK_VLAN;
  const NtOwner *owner = nt_owned_links_find (snapshot->owners, link->name);

  add_obstacle (obstacles, link->kind == NT_LINK_LOOPBACK, NT_OBSTACLE_LOOPBACK);
  add_obstacle (obstacles, link->kind == NT_LINK_BOND, NT_OBSTACLE_TEAM_ITSELF);
  add_obstacle (obstacles, is_virtual, NT_OBSTACLE_VIRTUAL_LINK);
  add_obstacle (obstacles, link->wireless, NT_OBSTACLE_WIRELESS);
  add_obstacle (obstacles, link->kind == NT_LINK_ADAPTER && link->arp_type != ARPHRD_ETHER, NT_OBSTACLE_NOT_ETHERNET);
  if (is_member)
    add_obstacle (obstacles, TRUE, find_master_obstacle (master));
  add_obstacle (obstacles, has_links_on_top (snapshot, link), NT_OBSTACLE_HAS_VLANS);
  if (owner != NULL && link->kind == NT_LINK_ADAPTER && nt_owner_get_obstacle (owner) != -1)
    add_obstacle (obstacles, TRUE, nt_owner_get_obstacle (owner));
  return obstacles;
}

/**
 * nt_link_cautions:
 *
 * Finds limitations of @link as a member of a team; they do not prevent it from joining.
 *
 * Returns: (transfer full) (element-type utf8): words of nt_caution_enum; usually none
 */
GPtrArray *
nt_link_cautions (const NtLink *link)
{
  GPtrArray *cautions = nt_strings_new ();

  add_word (cautions, link->duplex == NT_DUPLEX_HALF, &nt_caution_enum, NT_CAUTION_HALF_DUPLEX);
  add_word (cautions, link->rdma, &nt_caution_enum, NT_CAUTION_RDMA_DEVICE);
  add_word (cautions, link->virtual_functions > 0, &nt_caution_enum, NT_CAUTION_VIRTUAL_FUNCTIONS);
  add_word (cautions, link->vlan_challenged, &nt_caution_enum, NT_CAUTION_VLAN_CHALLENGED);
  return cautions;
}
