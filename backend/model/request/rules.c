/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/request/rules.h"

#include "backend/model/request/adopt.h"
#include "backend/model/request/check.h"
#include "backend/model/request/rules-members.h"
#include "backend/model/request/rules-network.h"
#include "backend/model/request/rules-options.h"
#include "backend/model/request/rules-owner.h"
#include "backend/model/state/device-name.h"

static gboolean
has_control_character (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == '/' || g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* Returns the id of the team that is being defined; for an adopted bond, the id of the bond. */
static const char *
get_own_id (const NtCheck *check)
{
  const NtTeam *bond = nt_adopt_find (check->state, check->request, check->spec);

  return bond != NULL ? bond->id : check->spec->id;
}

static gboolean
spec_uses_name (const NtTeamSpec *spec, const char *name)
{
  if (g_strcmp0 (spec->name, name) == 0)
    return TRUE;
  for (guint i = 0; i < spec->interfaces->len; i++)
    {
      g_autofree char *other = nt_interface_spec_get_display_name (spec->interfaces->pdata[i], spec->name);

      if (g_str_equal (other, name))
        return TRUE;
    }
  return FALSE;
}

static gboolean
team_uses_name (const NtTeam *team, const char *name)
{
  if (g_strcmp0 (team->name, name) == 0 || g_strcmp0 (team->device, name) == 0)
    return TRUE;
  for (guint i = 0; i < team->interfaces->len; i++)
    {
      const NtInterface *interface = team->interfaces->pdata[i];

      if (g_strcmp0 (interface->name, name) == 0 || g_strcmp0 (interface->device, name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Names of teams and interfaces become alternative names of their devices, which have to be unique for the kernel. */
static gboolean
name_is_taken (const NtCheck *check, const char *name)
{
  if (nt_state_find_adapter (check->state, name) != NULL)
    return TRUE;
  for (guint i = 0; i < check->index; i++)
    if (spec_uses_name (check->request->set->pdata[i], name))
      return TRUE;
  for (guint i = 0; i < check->state->teams->len; i++)
    {
      const NtTeam *team = check->state->teams->pdata[i];

      if (nt_check_keeps_team (check, team) && team_uses_name (team, name))
        return TRUE;
    }
  return FALSE;
}

static void
check_name (NtCheck *check)
{
  const char *name = check->spec->name;
  glong length = g_utf8_strlen (name, -1);
  char have[24], most[24];

  if (length == 0)
    nt_check_report (check, NT_RULE_NAME_EMPTY, NULL, NULL, "name");
  else if (length > NT_NAME_MAX)
    nt_check_report (check, NT_RULE_NAME_TOO_LONG, NT_NUMBER (have, length), NT_NUMBER (most, NT_NAME_MAX), "name");
  else if (has_control_character (name))
    nt_check_report (check, NT_RULE_NAME_INVALID, name, NULL, "name");
  else if (name_is_taken (check, name))
    nt_check_report (check, NT_RULE_NAME_TAKEN, name, NULL, "name");
}

static void
check_identity (NtCheck *check)
{
  const NtTeamSpec *spec = check->spec;
  const NtTeam *team = spec->id ? nt_state_find_team (check->state, spec->id) : NULL;

  if (spec->id != NULL && (team == NULL || !team->managed || g_strcmp0 (team->id, spec->id) != 0))
    nt_check_report (check, NT_RULE_TEAM_UNKNOWN, spec->id, NULL, "id");
  for (guint i = 0; spec->id != NULL && i < check->index; i++)
    if (g_strcmp0 (((const NtTeamSpec *) check->request->set->pdata[i])->id, spec->id) == 0)
      nt_check_report (check, NT_RULE_TEAM_TWICE, spec->name, NULL, "id");
  if (spec->device != NULL && !nt_device_name_is_valid (spec->device))
    nt_check_report (check, NT_RULE_DEVICE_INVALID, spec->device, NULL, "device");
  else if (spec->device != NULL && nt_device_name_is_taken (check->state, spec->device, get_own_id (check)))
    nt_check_report (check, NT_RULE_DEVICE_TAKEN, spec->device, NULL, "device");
}

static void
check_interface (NtCheck *check, guint index)
{
  const NtInterfaceSpec *interface = check->spec->interfaces->pdata[index];
  gint64 vlan = nt_interface_spec_get_vlan (interface);
  char id[24], most[24], length[24];

  if (vlan < 0 || vlan > NT_VLAN_MAX)
    nt_check_report (check, NT_RULE_VLAN_RANGE, NT_NUMBER (id, vlan), NT_NUMBER (most, NT_VLAN_MAX), "interfaces[%u].vlan", index);
  else if (vlan == 0 && index > 0)
    nt_check_report (check, NT_RULE_DEFAULT_NOT_PRIMARY, NULL, NULL, "interfaces[%u].vlan", index);
  for (guint i = 0; i < index && vlan > 0; i++)
    if (((const NtInterfaceSpec *) check->spec->interfaces->pdata[i])->vlan == vlan)
      nt_check_report (check, NT_RULE_VLAN_TWICE, NT_NUMBER (id, vlan), NULL, "interfaces[%u].vlan", index);

  if (interface->name == NULL)
    return;
  if (g_utf8_strlen (interface->name, -1) > NT_NAME_MAX)
    nt_check_report (check, NT_RULE_NAME_TOO_LONG, NT_NUMBER (length, g_utf8_strlen (interface->name, -1)),
            NT_NUMBER (most, NT_NAME_MAX), "interfaces[%u].name", index);
  else if (*interface->name == '\0' || has_control_character (interface->name))
    nt_check_report (check, NT_RULE_NAME_INVALID, interface->name, NULL, "interfaces[%u].name", index);
}

static void
check_interface_names (NtCheck *check, guint index)
{
  const NtTeamSpec *spec = check->spec;
  const NtInterfaceSpec *interface = spec->interfaces->pdata[index];
  g_autofree char *name = nt_interface_spec_get_display_name (interface, spec->name);

  gboolean is_own = g_str_equal (name, spec->name);
  gboolean is_taken = is_own ? index > 0 && interface->name != NULL : name_is_taken (check, name);

  for (guint i = 0; i < index && !is_own && !is_taken; i++)
    {
      g_autofree char *other = nt_interface_spec_get_display_name (spec->interfaces->pdata[i], spec->name);

      is_taken = g_str_equal (name, other);
    }
  if (is_taken)
    nt_check_report (check, NT_RULE_NAME_TAKEN, name, NULL, "interfaces[%u].name", index);
  if (interface->device != NULL && !nt_device_name_is_valid (interface->device))
    nt_check_report (check, NT_RULE_DEVICE_INVALID, interface->device, NULL, "interfaces[%u].device", index);
  else if (interface->device != NULL && nt_device_name_is_taken (check->state, interface->device, get_own_id (check)))
    nt_check_report (check, NT_RULE_DEVICE_TAKEN, interface->device, NULL, "interfaces[%u].device", index);
}

static void
check_mtu (NtCheck *check)
{
  gint64 mtu = check->spec->mtu;
  char have[24];

  if (mtu != -1 && (mtu < NT_MTU_MIN || mtu > NT_MTU_MAX))
    nt_check_report (check, NT_RULE_MTU_RANGE, NT_NUMBER (have, mtu), NULL, "mtu");
}

/* The driver counts the delay in MII checks, and would silently round it down. */
static void
check_up_delay (NtCheck *check)
{
  gint64 delay = check->spec->up_delay_ms;
  char have[24];

  if (delay < 0 || delay > NT_UP_DELAY_MAX_MS || delay % NT_UP_DELAY_STEP_MS != 0)
    nt_check_report (check, NT_RULE_UP_DELAY, NT_NUMBER (have, delay), NULL, "up_delay_ms");
}

static void
check_spec (NtCheck *check)
{
  check_identity (check);
  nt_check_adoption (check);
  check_name (check);
  nt_check_members (check);
  nt_check_modes (check);
  check_mtu (check);
  check_up_delay (check);
  nt_check_options (check);
  for (guint i = 0; i < check->spec->interfaces->len; i++)
    {
      check_interface (check, i);
      check_interface_names (check, i);
    }
  nt_check_network (check);
}

static void
check_remove (const NtState *state, const NtRequest *request, guint index, GPtrArray *problems)
{
  const char *name = request->remove->pdata[index];
  const NtTeam *team = nt_state_find_team (state, name);
  g_autofree char *field = g_strdup_printf ("remove[%u]", index);

  if (team == NULL || !team->managed)
    g_ptr_array_add (problems, nt_problem_make (NT_RULE_TEAM_UNKNOWN, field, name, NULL));
}

static gboolean
is_of_team (const NtTeam *team, const char *name)
{
  g_autoptr (NtTeamSpec) changed = team->spec ? nt_team_spec_enable (team->spec, name, TRUE) : NULL;

  return changed != NULL;
}

static gboolean
is_of_any_team (const NtState *state, const char *name)
{
  for (guint i = 0; i < state->teams->len; i++)
    if (is_of_team (state->teams->pdata[i], name))
      return TRUE;
  return FALSE;
}

/* Only a warning: if it cuts off the administrator, nobody confirms the change, and it is rolled back. */
static void
check_switches (const NtState *state, const char *list, const GPtrArray *names, gboolean disable, GPtrArray *problems)
{
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      const NtAdapter *adapter = nt_state_find_adapter (state, name);
      g_autofree char *field = g_strdup_printf ("%s[%u]", list, i);

      if (adapter == NULL && !is_of_any_team (state, name))
        g_ptr_array_add (problems, nt_problem_make (NT_RULE_LINK_UNKNOWN, field, name, NULL));
      else if (adapter != NULL && disable && adapter->team == NULL && nt_addresses_matter (adapter->addresses))
        g_ptr_array_add (problems, nt_problem_make (NT_RULE_DISABLE_HAS_ADDRESSES, field, name, NULL));
    }
}

/**
 * nt_rules_check:
 * @state: the present state of the host
 *
 * Checks the rules of teaming, including those of the kernel that it does not enforce itself. The agent checks every
 * request; a client can check its own before sending it.
 *
 * Returns: (transfer full) (element-type NtProblem): the problems, each with its field; empty if the request is valid
 */
GPtrArray *
nt_rules_check (const NtState *state, const NtRequest *request)
{
  GPtrArray *problems = nt_records_new ();

  for (guint i = 0; i < request->remove->len; i++)
    check_remove (state, request, i, problems);
  check_switches (state, "enable", request->enable, FALSE, problems);
  check_switches (state, "disable", request->disable, TRUE, problems);
  for (guint i = 0; i < request->set->len; i++)
    {
      g_autoptr (NtTeamSpec) spec = nt_team_spec_complete (request->set->pdata[i]);
      NtCheck check = { state, request, spec, i, problems };

      check_spec (&check);
    }
  return problems;
}
