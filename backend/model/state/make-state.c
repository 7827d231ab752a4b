/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/state/make-state.h"

#include "backend/model/plan/standby.h"
#include "backend/model/state/status.h"
#include "backend/model/team/identity.h"
#include "backend/model/team/spec-to-bond.h"

static GPtrArray *
copy_addresses (const NtLink *link)
{
  GPtrArray *addresses = nt_records_new ();

  for (guint i = 0; i < link->addresses->len; i++)
    {
      const NtLinkAddress *from = link->addresses->pdata[i];
      NtAddress *address = nt_address_new ();

      address->address = g_strdup (from->address);
      address->dynamic = from->dynamic;
      g_ptr_array_add (addresses, address);
    }
  return addresses;
}

static NtOwner *
copy_owner (const NtSnapshot *snapshot, const char *link)
{
  const NtOwner *owner = nt_owned_links_find (snapshot->owners, link);

  return owner ? nt_owner_ref (owner) : NULL;
}

static void
take_array (GPtrArray **place, GPtrArray *array)
{
  g_ptr_array_unref (*place);
  *place = array;
}

static NtLacpPort *
join_lacp_port (const NtLink *adapter, const NtLink *bond)
{
  NtLacpPort *port;

  if (adapter->member == NULL || adapter->member->actor_state == -1)
    return NULL;
  port = nt_lacp_port_new ();
  port->aggregator = adapter->member->aggregator;
  port->actor_state = adapter->member->actor_state;
  port->partner_state = adapter->member->partner_state;
  if (adapter->member->aggregator == bond->bond->aggregator)
    port->partner_mac = g_strdup (bond->bond->partner_mac);
  return port;
}

static gboolean
waits_outside (const NtTeamSpec *spec, const char *name, gboolean is_in_bond)
{
  return spec != NULL && nt_team_spec_holds_standby (spec) && g_strcmp0 (spec->standby, name) == 0 && !is_in_bond;
}

/* A standby member that the agent holds outside of the bond is in its place. */
static void
join_standby (NtMember *member, const NtLink *adapter)
{
  nt_status_of_link (adapter, &member->state, &member->reason);
  member->present = adapter != NULL;
  if (member->state == NT_LINK_STATE_ACTIVE)
    member->state = NT_LINK_STATE_STANDBY;
}

/* Another adapter now has the member's name; its state says nothing about the member. */
static void
join_replaced (NtMember *member)
{
  member->state = NT_LINK_STATE_FAULTED;
  member->reason = NT_REASON_ADAPTER_REPLACED;
}

static NtMember *
join_member (const NtSnapshot *snapshot, const NtLink *bond, const NtTeamSpec *spec, const char *name)
{
  const NtLink *adapter = nt_snapshot_find (snapshot, name);
  NtMember *member = nt_member_new ();

  member->adapter = g_strdup (name);
  member->defined = spec == NULL || nt_strings_contain (spec->members, name);
  member->present = adapter != NULL && bond != NULL && g_strcmp0 (adapter->master, bond->name) == 0;
  if (spec != NULL && !member->present && nt_identity_is_replaced (spec, name, snapshot))
    join_replaced (member);
  else if (waits_outside (spec, name, member->present))
    join_standby (member, adapter);
  else
    nt_status_of_member (adapter, bond, &member->state, &member->reason);
  member->role = spec != NULL ? g_strcmp0 (spec->standby, name) == 0 : member->state == NT_LINK_STATE_STANDBY;
  member->speed_mbps = adapter != NULL && member->reason != NT_REASON_ADAPTER_REPLACED ? adapter->speed_mbps : -1;
  if (adapter != NULL && adapter->member != NULL && member->present)
    {
      member->link_failures = adapter->member->link_failures;
      member->lacp = join_lacp_port (adapter, bond);
    }
  return member;
}

/* Members in the definition come first, in its order, followed by additional members of the bond. */
static void
join_members (NtTeam *team, const NtSnapshot *snapshot, const NtLink *bond, const NtTeamSpec *spec)
{
  for (guint i = 0; spec != NULL && i < spec->members->len; i++)
    g_ptr_array_add (team->members, join_member (snapshot, bond, spec, spec->members->pdata[i]));
  for (guint i = 0; bond != NULL && i < bond->bond->members->len; i++)
    if (spec == NULL || !nt_strings_contain (spec->members, bond->bond->members->pdata[i]))
      g_ptr_array_add (team->members, join_member (snapshot, bond, spec, bond->bond->members->pdata[i]));
}

static gint64
sum_speeds (const NtTeam *team)
{
  gint64 sum = 0;

  for (guint i = 0; i < team->members->len; i++)
    {
      const NtMember *member = team->members->pdata[i];

      if (member->state == NT_LINK_STATE_ACTIVE && member->speed_mbps > 0)
        sum += member->speed_mbps;
    }
  return sum > 0 ? sum : -1;
}

static NtInterface *
join_interface (const NtTeam *team,
                const NtLink *bond,
                const NtLink *link,
                const char *device,
                const char *name,
                gint64 vlan)
{
  NtInterface *interface = nt_interface_new ();

  interface->device = g_strdup (device);
  interface->name = g_strdup (name);
  interface->vlan = vlan;
  interface->present = link != NULL;
  nt_status_of_interface (link, bond, team, &interface->state, &interface->reason);
  if (link != NULL)
    {
      interface->enabled = link->up;
      interface->mac = g_strdup (link->mac);
      interface->mtu = link->mtu;
      interface->speed_mbps = team->speed_mbps;
      take_array (&interface->addresses, copy_addresses (link));
    }
  return interface;
}

static gboolean
has_interface (const NtTeam *team, const char *device)
{
  for (guint i = 0; i < team->interfaces->len; i++)
    if (g_strcmp0 (((const NtInterface *) team->interfaces->pdata[i])->device, device) == 0)
      return TRUE;
  return FALSE;
}

/* Adds VLANs on the bond that are not in the definition. */
static void
join_undefined_vlans (NtTeam *team, const NtSnapshot *snapshot, const NtLink *bond)
{
  for (guint i = 0; i < snapshot->links->len; i++)
    {
      const NtLink *link = snapshot->links->pdata[i];

      if (link->kind == NT_LINK_VLAN && g_strcmp0 (link->parent, team->device) == 0 && !has_interface (team, link->name))
        {
          NtInterface *interface = join_interface (team, bond, link, link->name, link->name, link->vlan);

          interface->defined = !team->managed;
          g_ptr_array_add (team->interfaces, interface);
        }
    }
}

static void
join_interfaces (NtTeam *team, const NtSnapshot *snapshot, const NtLink *bond)
{
  for (guint i = 0; team->spec != NULL && i < team->spec->interfaces->len; i++)
    {
      const NtInterfaceSpec *spec = team->spec->interfaces->pdata[i];
      g_autofree char *name = nt_interface_spec_get_display_name (spec, team->name);
      const NtLink *link = nt_snapshot_find (snapshot, spec->device);
      NtInterface *interface = join_interface (team, bond, link, spec->device, name, nt_interface_spec_get_vlan (spec));

      interface->defined = TRUE;
      interface->primary = i == 0;
      g_ptr_array_add (team->interfaces, interface);
    }
  if (team->spec == NULL)
    {
      NtInterface *interface = join_interface (team, bond, bond, bond->name, bond->name, 0);

      interface->defined = TRUE;
      interface->primary = TRUE;
      g_ptr_array_add (team->interfaces, interface);
    }
  join_undefined_vlans (team, snapshot, bond);
}

static void
join_bond (NtTeam *team, const NtLink *bond)
{
  const NtBondOptions *options = bond->bond->options;

  team->mac = g_strdup (bond->mac);
  team->mtu = bond->mtu;
  team->active_member = g_strdup (bond->bond->active_member);
  team->bond_mode = g_strdup (nt_enum_nick (&nt_bond_mode_enum, options->mode));
  if (options->mode == NT_BOND_8023AD)
    team->partner_mac = g_strdup (bond->bond->partner_mac);
}

/* Builds a team from a definition, a bond, or both. */
static NtTeam *
join_team (const NtSnapshot *snapshot, const NtLink *bond, const NtTeamSpec *spec)
{
  NtTeam *team = nt_team_new ();

  team->managed = spec != NULL;
  team->id = spec ? g_strdup (spec->id) : g_strdup_printf ("bond:%" G_GINT64_FORMAT, bond->ifindex);
  team->name = g_strdup (spec ? spec->name : bond->name);
  team->device = g_strdup (spec ? spec->device : bond->name);
  team->spec = spec ? nt_team_spec_ref (spec) : NULL;
  team->owner = copy_owner (snapshot, team->device);
  if (spec != NULL)
    {
      team->mode = spec->mode;
      team->balance = spec->balance;
    }
  else
    nt_spec_recognise_bond (bond->bond->options, &team->mode, &team->balance);
  if (bond != NULL)
    join_bond (team, bond);
  if (team->mode == NT_MODE_LACP)
    team->lacp_timer = spec ? spec->lacp_timer : MAX (bond->bond->options->lacp_rate, 0);

  join_members (team, snapshot, bond, spec);
  team->status = nt_status_of_team (team->members, bond);
  team->speed_mbps = sum_speeds (team);
  join_interfaces (team, snapshot, bond);
  if (spec != NULL)
    take_array (&team->drift, nt_drift_find (snapshot, spec));
  return team;
}

static const NtLink *
find_bond (const NtSnapshot *snapshot, const char *device)
{
  const NtLink *link = nt_snapshot_find (snapshot, device);

  return link != NULL && link->bond != NULL ? link : NULL;
}

static gboolean
is_team_device (const NtState *state, const char *device)
{
  for (guint i = 0; i < state->teams->len; i++)
    {
      const NtTeam *team = state->teams->pdata[i];

      if (g_strcmp0 (team->device, device) == 0 || has_interface (team, device))
        return TRUE;
    }
  return FALSE;
}

static void
join_teams (NtState *state, const NtSnapshot *snapshot, const NtDefinitions *definitions)
{
  for (guint i = 0; i < definitions->teams->len; i++)
    {
      const NtTeamSpec *spec = definitions->teams->pdata[i];

      g_ptr_array_add (state->teams, join_team (snapshot, find_bond (snapshot, spec->device), spec));
    }
  for (guint i = 0; i < snapshot->links->len; i++)
    {
      const NtLink *link = snapshot->links->pdata[i];

      if (link->bond != NULL && !is_team_device (state, link->name))
        g_ptr_array_add (state->teams, join_team (snapshot, link, NULL));
    }
}

static const NtTeam *
find_team_of (const NtState *state, const char *adapter, const NtMember **member)
{
  for (guint i = 0; i < state->teams->len; i++)
    {
      const NtTeam *team = state->teams->pdata[i];

      for (guint j = 0; j < team->members->len; j++)
        {
          *member = team->members->pdata[j];
          if (g_str_equal ((*member)->adapter, adapter) && (*member)->reason != NT_REASON_ADAPTER_REPLACED)
            return team;
        }
    }
  *member = NULL;
  return NULL;
}

static NtAdapter *
join_adapter (const NtState *state, const NtSnapshot *snapshot, const NtLink *link)
{
  NtAdapter *adapter = nt_adapter_new ();
  const NtMember *member;
  const NtTeam *team = find_team_of (state, link->name, &member);

  adapter->name = g_strdup (link->name);
  adapter->ifindex = link->ifindex;
  adapter->mac = g_strdup (link->mac);
  adapter->permanent_mac = g_strdup (link->permanent_mac);
  adapter->description = g_strdup (link->description);
  adapter->driver = g_strdup (link->driver);
  adapter->bus = g_strdup (link->bus);
  adapter->mtu = link->mtu;
  adapter->speed_mbps = link->speed_mbps;
  adapter->duplex = link->duplex;
  adapter->enabled = link->up;
  adapter->carrier = link->carrier;
  adapter->team = team ? g_strdup (team->id) : NULL;
  take_array (&adapter->addresses, copy_addresses (link));
  adapter->owner = copy_owner (snapshot, link->name);
  take_array (&adapter->obstacles, nt_link_obstacles (snapshot, link, team && team->managed ? team->device : NULL));
  take_array (&adapter->cautions, nt_link_cautions (link));
  if (member != NULL)
    {
      adapter->state = member->state;
      adapter->reason = member->reason;
    }
  else
    nt_status_of_link (link, &adapter->state, &adapter->reason);
  return adapter;
}

/**
 * nt_make_state:
 * @snapshot: the present state of the kernel
 * @definitions: complete definitions with device names
 *
 * Joins the state of the kernel with the definitions. A defined member that is absent is listed as absent, and a bond
 * without a definition becomes a team that is not managed.
 *
 * Returns: (transfer full): the state as shown to clients
 */
NtState *
nt_make_state (const NtSnapshot *snapshot, const NtDefinitions *definitions, const NtHost *host)
{
  NtState *state = nt_state_new ();

  state->generation = definitions->generation;
  state->host = nt_host_ref (host);
  join_teams (state, snapshot, definitions);
  for (guint i = 0; i < snapshot->links->len; i++)
    {
      const NtLink *link = snapshot->links->pdata[i];

      if (!is_team_device (state, link->name))
        g_ptr_array_add (state->adapters, join_adapter (state, snapshot, link));
    }
  state->status = nt_status_of_host (state->teams);
  return state;
}
