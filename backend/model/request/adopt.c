/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/request/adopt.h"

#include "backend/model/plan/network.h"

static gboolean
is_active_backup (const NtTeam *bond)
{
  return g_strcmp0 (bond->bond_mode, nt_enum_nick (&nt_bond_mode_enum, NT_BOND_ACTIVE_BACKUP)) == 0;
}

/**
 * nt_adopt_is_possible:
 * @bond: a team that is not managed
 *
 * Adopting never changes the mode of a bond. A definition can express active-backup only with two members, one of them
 * the standby member: in a larger team the standby member stays outside of the bond. A team needs at least one member.
 *
 * Returns: %TRUE if a definition can express the bond in its present mode
 */
gboolean
nt_adopt_is_possible (const NtTeam *bond)
{
  static const NtBondMode modes[] = { NT_BOND_BALANCE_TLB, NT_BOND_BALANCE_XOR, NT_BOND_8023AD };

  if (bond->members->len == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (g_strcmp0 (bond->bond_mode, nt_enum_nick (&nt_bond_mode_enum, modes[i])) == 0)
      return TRUE;
  return is_active_backup (bond) && bond->members->len == 2;
}

/* The backup member of an active-backup bond becomes the standby member, so that traffic stays where it is. */
static const char *
find_standby (const NtTeam *bond)
{
  for (guint i = 0; is_active_backup (bond) && i < bond->members->len; i++)
    {
      const NtMember *member = bond->members->pdata[i];

      if (bond->active_member != NULL ? g_strcmp0 (member->adapter, bond->active_member) != 0 : i == 1)
        return member->adapter;
    }
  return NULL;
}

static NtInterfaceSpec *
make_interface (const NtTeam *bond, const NtInterface *present)
{
  NtInterfaceSpec *interface = nt_interface_spec_new ();

  interface->vlan = present->vlan;
  interface->device = g_strdup (present->device);
  interface->disabled = !present->enabled;
  if (present->vlan > 0 && present->mtu != bond->mtu)
    interface->mtu = present->mtu;
  return interface;
}

/**
 * nt_adopt_make_spec:
 * @bond: a team that is not managed
 * @name: (nullable): the name of the team; NULL = that of the bond
 *
 * Addresses, gateways and delays are left out; the agent adds them with nt_adopt_complete().
 *
 * Returns: (transfer full): a definition that describes the bond
 */
NtTeamSpec *
nt_adopt_make_spec (const NtTeam *bond, const char *name)
{
  NtTeamSpec *spec = nt_team_spec_new ();

  spec->name = g_strdup (name ? name : bond->name);
  spec->device = g_strdup (bond->device);
  spec->mode = bond->mode;
  spec->balance = bond->balance;
  spec->lacp_timer = bond->lacp_timer;
  spec->standby = g_strdup (find_standby (bond));
  spec->mtu = bond->mtu;
  for (guint i = 0; i < bond->members->len; i++)
    g_ptr_array_add (spec->members, g_strdup (((const NtMember *) bond->members->pdata[i])->adapter));
  for (guint i = 0; i < bond->interfaces->len; i++)
    g_ptr_array_add (spec->interfaces, make_interface (bond, bond->interfaces->pdata[i]));
  return spec;
}

/**
 * nt_adopt_find:
 * @spec: a definition in @request
 *
 * Returns: (transfer none) (nullable): the bond that @spec adopts; NULL if it adopts none
 */
const NtTeam *
nt_adopt_find (const NtState *state, const NtRequest *request, const NtTeamSpec *spec)
{
  if (spec->id != NULL || spec->device == NULL || !nt_strings_contain (request->adopt, spec->device))
    return NULL;
  for (guint i = 0; i < state->teams->len; i++)
    {
      const NtTeam *team = state->teams->pdata[i];

      if (!team->managed && g_strcmp0 (team->device, spec->device) == 0)
        return team;
    }
  return NULL;
}

/* Options that differ from the default become part of the definition. */
static void
adopt_options (NtTeamSpec *spec, const NtBondOptions *bond)
{
  for (guint i = 0; i < nt_n_team_options; i++)
    {
      const NtTeamOption *option = &nt_team_options[i];
      gint64 value = *(const gint64 *) ((const char *) bond + option->offset);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

      if (value != -1 && value != option->value && (option->modes & (1u << bond->mode)) &&
          nt_map_get (spec->options, option->name) == NULL)
        nt_map_set (spec->options, option->name, text);
    }
}

/**
 * nt_adopt_complete:
 * @spec: the complete definition of a team that adopts a bond
 * @requested: the same definition as it was received
 *
 * Copies the static addresses, the gateways, the up delay and the options of the bond into @spec, unless @requested
 * sets them.
 */
void
nt_adopt_complete (NtTeamSpec *spec, const NtTeamSpec *requested, const NtSnapshot *snapshot)
{
  const NtLink *bond = nt_snapshot_find (snapshot, spec->device);

  if (bond == NULL || bond->bond == NULL)
    return;
  if (requested->up_delay_ms == -1 && bond->bond->options->updelay <= NT_UP_DELAY_MAX_MS)
    spec->up_delay_ms = MAX (bond->bond->options->updelay, 0) / NT_UP_DELAY_STEP_MS * NT_UP_DELAY_STEP_MS;
  adopt_options (spec, bond->bond->options);
  for (guint i = 0; i < spec->interfaces->len; i++)
    {
      NtInterfaceSpec *interface = nt_team_spec_edit_interface (spec, i);

      if (nt_snapshot_find (snapshot, interface->device) != NULL)
        nt_network_adopt_link (interface, snapshot, interface->device);
    }
}
