/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/same-change.h"

#include <glib/gi18n-lib.h>

/* Adds a job that fails if @server cannot be changed. Returns TRUE in that case. */
static gboolean
add_obstacle (NtBatch *batch, NtServer *server)
{
  if (nt_server_get_state (server) == NULL)
    nt_batch_add (batch, server, NULL, _("The server is not connected."));
  else if (nt_server_is_read_only (server))
    nt_batch_add (batch, server, NULL, _("You have read-only access to this server."));
  else
    return FALSE;
  return TRUE;
}

static void
add_missing_team (NtBatch *batch, NtServer *server, const char *name)
{
  g_autofree char *text = g_strdup_printf (_("No team named “%s” can be changed on this server."), name);

  nt_batch_add (batch, server, NULL, text);
}

static void
add_missing_interface (NtBatch *batch, NtServer *server, const char *team, gint64 vlan)
{
  g_autofree char *text =
    vlan > 0 ? g_strdup_printf (_("Team “%s” has no interface for VLAN %d."), team, (int) vlan)
             : g_strdup_printf (_("Team “%s” has no interface for untagged traffic."), team);

  nt_batch_add (batch, server, NULL, text);
}

static void
update_string (char **place, const char *before, const char *after)
{
  if (g_strcmp0 (before, after) == 0)
    return;
  g_free (*place);
  *place = g_strdup (after);
}

static void
update_number (gint64 *place, gint64 before, gint64 after)
{
  if (before != after)
    *place = after;
}

static void
update_int (int *place, int before, int after)
{
  if (before != after)
    *place = after;
}

static void
update_options (GPtrArray *options, const GPtrArray *before, const GPtrArray *after)
{
  for (guint i = 0; i < nt_n_team_options; i++)
    {
      const char *name = nt_team_options[i].name;

      if (g_strcmp0 (nt_map_get (before, name), nt_map_get (after, name)) != 0)
        nt_map_set (options, name, nt_map_get (after, name));
    }
}

/* Adds and removes the members that differ between @before and @after, and keeps all others. */
static void
update_members (GPtrArray *members, const GPtrArray *before, const GPtrArray *after)
{
  guint index;

  for (guint i = 0; i < after->len; i++)
    if (!nt_strings_contain (before, after->pdata[i]) && !nt_strings_contain (members, after->pdata[i]))
      g_ptr_array_add (members, g_strdup (after->pdata[i]));
  for (guint i = 0; i < before->len; i++)
    if (!nt_strings_contain (after, before->pdata[i]) &&
        g_ptr_array_find_with_equal_func (members, before->pdata[i], g_str_equal, &index))
      g_ptr_array_remove_index (members, index);
}

/* Interfaces are matched by VLAN, since devices and names may differ between servers. */
static gboolean
find_interface (const NtTeamSpec *spec, const NtInterfaceSpec *like, guint *index)
{
  for (*index = 0; *index < spec->interfaces->len; (*index)++)
    if (nt_interface_spec_get_vlan (spec->interfaces->pdata[*index]) == nt_interface_spec_get_vlan (like))
      return TRUE;
  return FALSE;
}

/* Addresses are not copied: each server has its own. */
static void
update_interface (NtInterfaceSpec *interface, const NtInterfaceSpec *before, const NtInterfaceSpec *after)
{
  update_string (&interface->name, before->name, after->name);
  update_number (&interface->mtu, before->mtu, after->mtu);
  if (before->vlan == after->vlan)
    return;
  interface->vlan = after->vlan;
  /* The VLAN of a device cannot be changed; the agent creates a new device. */
  g_clear_pointer (&interface->device, g_free);
}

static void
add_interface (NtTeamSpec *changed, const NtInterfaceSpec *after)
{
  NtInterfaceSpec *interface;
  guint index;

  if (find_interface (changed, after, &index))
    return;
  interface = nt_interface_spec_new ();
  interface->vlan = after->vlan;
  interface->name = g_strdup (after->name);
  interface->mtu = after->mtu;
  g_ptr_array_add (changed->interfaces, interface);
}

/* @after keeps the order of @before and has new interfaces at the end. Returns a changed interface that @changed lacks,
 * or NULL. */
static const NtInterfaceSpec *
update_interfaces (NtTeamSpec *changed, const NtTeamSpec *before, const NtTeamSpec *after)
{
  guint index;

  for (guint i = 0; i < after->interfaces->len; i++)
    if (i >= before->interfaces->len)
      add_interface (changed, after->interfaces->pdata[i]);
    else if (nt_record_equal (before->interfaces->pdata[i], after->interfaces->pdata[i]))
      continue;
    else if (find_interface (changed, before->interfaces->pdata[i], &index))
      update_interface (nt_team_spec_edit_interface (changed, index), before->interfaces->pdata[i],
                          after->interfaces->pdata[i]);
    else
      return before->interfaces->pdata[i];
  return NULL;
}

static NtTeamSpec *
copy_change (const NtTeamSpec *spec, const NtTeamSpec *before, const NtTeamSpec *after, const NtInterfaceSpec **missing)
{
  NtTeamSpec *changed = nt_team_spec_copy (spec);

  update_string (&changed->name, before->name, after->name);
  update_string (&changed->standby, before->standby, after->standby);
  update_int (&changed->mode, before->mode, after->mode);
  update_int (&changed->balance, before->balance, after->balance);
  update_int (&changed->lacp_timer, before->lacp_timer, after->lacp_timer);
  update_number (&changed->mtu, before->mtu, after->mtu);
  update_number (&changed->up_delay_ms, before->up_delay_ms, after->up_delay_ms);
  update_options (changed->options, before->options, after->options);
  update_members (changed->members, before->members, after->members);
  *missing = update_interfaces (changed, before, after);
  return changed;
}

/**
 * nt_same_change_find_team:
 *
 * Returns: (transfer none) (nullable): the team named @name, if it can be changed
 */
const NtTeam *
nt_same_change_find_team (NtServer *server, const char *name)
{
  const NtState *state = nt_server_get_state (server);

  for (guint i = 0; state != NULL && i < state->teams->len; i++)
    {
      const NtTeam *team = state->teams->pdata[i];

      if (team->managed && team->spec != NULL && g_strcmp0 (team->name, name) == 0)
        return team;
    }
  return NULL;
}

/**
 * nt_same_change_add_creation:
 * @request: creates a team on another server
 *
 * Adds the same request for @server, with adapters of the same names.
 */
void
nt_same_change_add_creation (NtBatch *batch, NtServer *server, const NtRequest *request)
{
  if (!add_obstacle (batch, server))
    nt_batch_add (batch, server, request, NULL);
}

/**
 * nt_same_change_add_change:
 * @before: the complete definition of a team on another server
 * @original: the request that changes it
 *
 * Adds a request that applies the same differences to the team of the same name on @server. Addresses of interfaces are
 * not changed, since each server has its own.
 */
void
nt_same_change_add_change (NtBatch *batch, NtServer *server, const NtTeamSpec *before, const NtRequest *original)
{
  const NtTeamSpec *after = original->set->pdata[0];
  const NtTeam *team = nt_same_change_find_team (server, before->name);
  const NtInterfaceSpec *missing = NULL;
  g_autoptr (NtRequest) request = NULL;
  g_autoptr (NtTeamSpec) spec = NULL;

  if (add_obstacle (batch, server))
    return;
  if (team == NULL)
    {
      add_missing_team (batch, server, before->name);
      return;
    }
  request = nt_request_new ();
  spec = nt_team_spec_complete (team->spec);
  g_ptr_array_add (request->set, copy_change (spec, before, after, &missing));
  if (missing != NULL)
    {
      add_missing_interface (batch, server, before->name, nt_interface_spec_get_vlan (missing));
      return;
    }
  request->take_over = original->take_over;
  request->generation = nt_server_get_state (server)->generation;
  nt_batch_add (batch, server, request, NULL);
}

/**
 * nt_same_change_add_removal:
 *
 * Adds a request that deletes the team named @name on @server.
 */
void
nt_same_change_add_removal (NtBatch *batch, NtServer *server, const char *name)
{
  const NtTeam *team = nt_same_change_find_team (server, name);
  g_autoptr (NtRequest) request = NULL;

  if (add_obstacle (batch, server))
    return;
  if (team == NULL)
    {
      add_missing_team (batch, server, name);
      return;
    }
  request = nt_apply_make_removal (team->id);
  nt_batch_add (batch, server, request, NULL);
}
