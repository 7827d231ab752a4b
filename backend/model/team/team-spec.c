/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/team/team-spec.h"

#include "backend/model/base/ip.h"

static const NtField nt_interface_spec_fields[] = {
  NT_INT (NtInterfaceSpec, vlan, OPTIONAL),
  NT_STRING (NtInterfaceSpec, name, OPTIONAL),
  NT_STRING (NtInterfaceSpec, device, OPTIONAL),
  NT_BOOL (NtInterfaceSpec, disabled, OPTIONAL),
  NT_STRINGS (NtInterfaceSpec, addresses, OPTIONAL),
  NT_STRINGS (NtInterfaceSpec, gateways, OPTIONAL),
  NT_INT (NtInterfaceSpec, mtu, OPTIONAL),
};
NT_DEFINE_RECORD (NtInterfaceSpec, nt_interface_spec, "InterfaceSpec")

static const NtField nt_adapter_identity_fields[] = {
  NT_STRING (NtAdapterIdentity, name, REQUIRED),
  NT_STRING (NtAdapterIdentity, mac, OPTIONAL),
  NT_STRING (NtAdapterIdentity, bus, OPTIONAL),
};
NT_DEFINE_RECORD (NtAdapterIdentity, nt_adapter_identity, "AdapterIdentity")

static const NtField nt_team_spec_fields[] = {
  NT_STRING (NtTeamSpec, id, OPTIONAL),
  NT_STRING (NtTeamSpec, name, REQUIRED),
  NT_STRING (NtTeamSpec, device, OPTIONAL),
  NT_STRINGS (NtTeamSpec, members, REQUIRED),
  NT_RECORDS (NtTeamSpec, identities, OPTIONAL, nt_adapter_identity_type),
  NT_ENUM (NtTeamSpec, mode, OPTIONAL, nt_team_mode_enum),
  NT_ENUM (NtTeamSpec, balance, OPTIONAL, nt_balance_enum),
  NT_ENUM (NtTeamSpec, lacp_timer, OPTIONAL, nt_lacp_timer_enum),
  NT_STRING (NtTeamSpec, standby, OPTIONAL),
  NT_INT (NtTeamSpec, mtu, OPTIONAL),
  NT_INT (NtTeamSpec, up_delay_ms, OPTIONAL),
  NT_MAP (NtTeamSpec, options, OPTIONAL),
  NT_STRINGS (NtTeamSpec, disabled, OPTIONAL),
  NT_RECORDS (NtTeamSpec, interfaces, OPTIONAL, nt_interface_spec_type),
};
NT_DEFINE_RECORD (NtTeamSpec, nt_team_spec, "TeamSpec")

static const NtField nt_definitions_fields[] = {
  NT_INT (NtDefinitions, generation, REQUIRED),
  NT_RECORDS (NtDefinitions, teams, REQUIRED, nt_team_spec_type),
};
NT_DEFINE_RECORD (NtDefinitions, nt_definitions, "Definitions")

/**
 * nt_interface_spec_get_vlan:
 *
 * Returns: the VLAN id; 0 for untagged traffic
 */
gint64
nt_interface_spec_get_vlan (const NtInterfaceSpec *self)
{
  return self->vlan == -1 ? 0 : self->vlan;
}

/**
 * nt_interface_spec_get_display_name:
 * @team_name: the name of its team
 *
 * An explicit name takes precedence over the one that is generated from the team's name and the VLAN.
 *
 * Returns: (transfer full): the name for display
 */
char *
nt_interface_spec_get_display_name (const NtInterfaceSpec *self, const char *team_name)
{
  if (self->name != NULL)
    return g_strdup (self->name);
  if (nt_interface_spec_get_vlan (self) == 0)
    return g_strdup (team_name);
  return g_strdup_printf ("%s - VLAN %" G_GINT64_FORMAT, team_name, self->vlan);
}

/* Addresses are compared with those of the kernel, so they need the kernel's notation. */
static void
normalise_addresses (NtInterfaceSpec *interface)
{
  for (guint i = 0; i < interface->addresses->len; i++)
    interface->addresses->pdata[i] = nt_ip_normalise (interface->addresses->pdata[i]);
  for (guint i = 0; i < interface->gateways->len; i++)
    interface->gateways->pdata[i] = nt_ip_normalise (interface->gateways->pdata[i]);
}

/**
 * nt_team_spec_complete:
 * @self: a definition as it was received
 *
 * Returns: (transfer full): a copy with defaults in all fields except device names and the MTU
 */
NtTeamSpec *
nt_team_spec_complete (const NtTeamSpec *self)
{
  NtTeamSpec *spec = nt_team_spec_copy (self);

  spec->mode = MAX (spec->mode, 0);
  spec->balance = MAX (spec->balance, 0);
  spec->lacp_timer = MAX (spec->lacp_timer, 0);
  spec->up_delay_ms = spec->up_delay_ms == -1 ? 0 : spec->up_delay_ms;
  if (spec->interfaces->len == 0)
    g_ptr_array_add (spec->interfaces, nt_interface_spec_new ());
  for (guint i = 0; i < spec->interfaces->len; i++)
    if (((const NtInterfaceSpec *) spec->interfaces->pdata[i])->addresses->len > 0)
      normalise_addresses (nt_team_spec_edit_interface (spec, i));
  return spec;
}

/**
 * nt_team_spec_edit_interface:
 * @self: (inout): a definition that is not shared yet
 * @index: the index of an interface
 *
 * Returns: (transfer none): a copy of the interface that belongs to @self only and may be changed
 */
NtInterfaceSpec *
nt_team_spec_edit_interface (NtTeamSpec *self, guint index)
{
  NtInterfaceSpec *shared = self->interfaces->pdata[index];

  self->interfaces->pdata[index] = nt_interface_spec_copy (shared);
  nt_interface_spec_unref (shared);
  return self->interfaces->pdata[index];
}

static gboolean
is_called (const NtInterfaceSpec *interface, const char *team, const char *what)
{
  g_autofree char *name = nt_interface_spec_get_display_name (interface, team);

  return g_str_equal (name, what) || g_strcmp0 (interface->device, what) == 0;
}

static void
enable_member (GPtrArray *disabled, const char *adapter, gboolean enable)
{
  guint index;
  gboolean is_disabled = g_ptr_array_find_with_equal_func (disabled, adapter, g_str_equal, &index);

  if (enable && is_disabled)
    g_ptr_array_remove_index (disabled, index);
  else if (!enable && !is_disabled)
    g_ptr_array_add (disabled, g_strdup (adapter));
}

/**
 * nt_team_spec_enable:
 * @what: a member, or the name or device of an interface
 * @enable: %TRUE to enable it, %FALSE to disable it
 *
 * Returns: (transfer full) (nullable): the changed definition; NULL if @what does not belong to the team
 */
NtTeamSpec *
nt_team_spec_enable (const NtTeamSpec *self, const char *what, gboolean enable)
{
  g_autoptr (NtTeamSpec) spec = nt_team_spec_copy (self);
  gboolean found = nt_strings_contain (spec->members, what);

  if (found)
    enable_member (spec->disabled, what, enable);
  for (guint i = 0; i < spec->interfaces->len && !found; i++)
    if (is_called (spec->interfaces->pdata[i], spec->name, what))
      {
        nt_team_spec_edit_interface (spec, i)->disabled = !enable;
        found = TRUE;
      }
  return found ? g_steal_pointer (&spec) : NULL;
}

/**
 * nt_team_spec_has_gateways:
 *
 * Returns: %TRUE if the definition has default routes
 */
gboolean
nt_team_spec_has_gateways (const NtTeamSpec *self)
{
  for (guint i = 0; i < self->interfaces->len; i++)
    if (((const NtInterfaceSpec *) self->interfaces->pdata[i])->gateways->len > 0)
      return TRUE;
  return FALSE;
}

/**
 * nt_team_specs_find:
 * @id: (nullable): the id of a team
 *
 * Returns: (transfer none) (nullable): the definition with that id
 */
const NtTeamSpec *
nt_team_specs_find (const GPtrArray *specs, const char *id)
{
  for (guint i = 0; id != NULL && i < specs->len; i++)
    if (g_strcmp0 (((const NtTeamSpec *) specs->pdata[i])->id, id) == 0)
      return specs->pdata[i];
  return NULL;
}

/**
 * nt_team_specs_set:
 * @specs: (element-type NtTeamSpec) (inout): definitions
 *
 * Replaces the definition with the same id, or appends @spec.
 */
void
nt_team_specs_set (GPtrArray *specs, const NtTeamSpec *spec)
{
  for (guint i = 0; spec->id != NULL && i < specs->len; i++)
    if (g_strcmp0 (((const NtTeamSpec *) specs->pdata[i])->id, spec->id) == 0)
      {
        NtTeamSpec *old = specs->pdata[i];

        specs->pdata[i] = nt_team_spec_ref (spec);
        nt_team_spec_unref (old);
        return;
      }
  g_ptr_array_add (specs, nt_team_spec_ref (spec));
}

/**
 * nt_definitions_find:
 *
 * Returns: (transfer none) (nullable): the definition of the team
 */
const NtTeamSpec *
nt_definitions_find (const NtDefinitions *self, const char *id_or_name)
{
  for (guint i = 0; i < self->teams->len; i++)
    {
      const NtTeamSpec *spec = self->teams->pdata[i];

      if (g_strcmp0 (spec->id, id_or_name) == 0 || g_strcmp0 (spec->name, id_or_name) == 0)
        return spec;
    }
  return NULL;
}

static void
remove_team (GPtrArray *teams, const char *id_or_name)
{
  for (guint i = 0; i < teams->len; i++)
    {
      const NtTeamSpec *spec = teams->pdata[i];

      if (g_strcmp0 (spec->id, id_or_name) == 0 || g_strcmp0 (spec->name, id_or_name) == 0)
        {
          g_ptr_array_remove_index (teams, i);
          return;
        }
    }
}

/**
 * nt_definitions_list_devices:
 *
 * Returns: (transfer full) (element-type utf8): the devices of all teams: bonds, VLANs and members
 */
GPtrArray *
nt_definitions_list_devices (const NtDefinitions *self)
{
  GPtrArray *devices = nt_strings_new ();

  for (guint i = 0; i < self->teams->len; i++)
    {
      const NtTeamSpec *spec = self->teams->pdata[i];

      g_ptr_array_add (devices, g_strdup (spec->device));
      for (guint j = 0; j < spec->interfaces->len; j++)
        if (nt_interface_spec_get_vlan (spec->interfaces->pdata[j]) != 0)
          g_ptr_array_add (devices, g_strdup (((const NtInterfaceSpec *) spec->interfaces->pdata[j])->device));
      for (guint j = 0; j < spec->members->len; j++)
        g_ptr_array_add (devices, g_strdup (spec->members->pdata[j]));
    }
  return devices;
}

/**
 * nt_definitions_change:
 * @set: (element-type NtTeamSpec): complete definitions of new and changed teams
 * @remove: (element-type utf8): ids or names of teams to delete
 *
 * Returns: (transfer full): the definitions after the change, one generation later
 */
NtDefinitions *
nt_definitions_change (const NtDefinitions *self, GPtrArray *set, GPtrArray *remove)
{
  NtDefinitions *changed = nt_definitions_copy (self);

  changed->generation++;
  for (guint i = 0; i < remove->len; i++)
    remove_team (changed->teams, remove->pdata[i]);
  for (guint i = 0; i < set->len; i++)
    nt_team_specs_set (changed->teams, set->pdata[i]);
  return changed;
}

/**
 * nt_team_spec_holds_standby:
 *
 * Returns: %TRUE if the team has a standby member that the agent holds outside of the bond
 */
gboolean
nt_team_spec_holds_standby (const NtTeamSpec *spec)
{
  return spec->standby != NULL && spec->members->len >= 3;
}
