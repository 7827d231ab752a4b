/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/same-change.h"

#include <glib/gi18n-lib.h>

/* Says why nothing can be done there. */
static gboolean
add_obstacle (NtBatch *batch, NtServer *server)
{
  if (nt_server_get_state (server) == NULL)
    nt_batch_add (batch, server, NULL, _("The server is not connected."));
  else if (nt_server_is_read_only (server))
    nt_batch_add (batch, server, NULL, _("You may look at this server, but not change it."));
  else
    return FALSE;
  return TRUE;
}

static void
add_missing_team (NtBatch *batch, NtServer *server, const char *name)
{
  g_autofree char *text = g_strdup_printf (_("There is no team “%s” that could be changed."), name);

  nt_batch_add (batch, server, NULL, text);
}

static void
add_missing_interface (NtBatch *batch, NtServer *server, const char *team, gint64 vlan)
{
  g_autofree char *text =
    vlan > 0 ? g_strdup_printf (_("The team “%s” has no interface for VLAN %d."), team, (int) vlan)
             : g_strdup_printf (_("The team “%s” has no interface for untagged traffic."), team);

  nt_batch_add (batch, server, NULL, text);
}

static void
exchange_string (char **place, const char *before, const char *after)
{
  if (g_strcmp0 (before, after) == 0)
    return;
  g_free (*place);
  *place = g_strdup (after);
}

static void
exchange_int (int *place, int before, int after)
{
  if (before != after)
    *place = after;
}

/* Those that came are added, those that went are taken out, and all others stay. */
static void
exchange_members (GPtrArray *members, const GPtrArray *before, const GPtrArray *after)
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

/* On every server it is the VLAN that says which interface is meant. */
static gboolean
find_interface (const NtTeamSpec *spec, const NtInterfaceSpec *like, guint *index)
{
  for (*index = 0; *index < spec->interfaces->len; (*index)++)
    if (nt_interface_spec_get_vlan (spec->interfaces->pdata[*index]) == nt_interface_spec_get_vlan (like))
      return TRUE;
  return FALSE;
}

/* Its addresses are each server's own. */
static void
exchange_interface (NtInterfaceSpec *interface, const NtInterfaceSpec *before, const NtInterfaceSpec *after)
{
  exchange_string (&interface->name, before->name, after->name);
  if (before->mtu != after->mtu)
    interface->mtu = after->mtu;
  if (before->vlan == after->vlan)
    return;
  interface->vlan = after->vlan;
  /* A device keeps its id: for another one the agent makes another device. */
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

/* A dialog changes interfaces in their place and adds others behind them. Returns the one that is to be changed and not
 * there, NULL if all are. */
static const NtInterfaceSpec *
exchange_interfaces (NtTeamSpec *changed, const NtTeamSpec *before, const NtTeamSpec *after)
{
  guint index;

  for (guint i = 0; i < after->interfaces->len; i++)
    if (i >= before->interfaces->len)
      add_interface (changed, after->interfaces->pdata[i]);
    else if (nt_record_equal (before->interfaces->pdata[i], after->interfaces->pdata[i]))
      continue;
    else if (find_interface (changed, before->interfaces->pdata[i], &index))
      exchange_interface (nt_team_spec_edit_interface (changed, index), before->interfaces->pdata[i],
                          after->interfaces->pdata[i]);
    else
      return before->interfaces->pdata[i];
  return NULL;
}

static NtTeamSpec *
change_alike (const NtTeamSpec *spec, const NtTeamSpec *before, const NtTeamSpec *after, const NtInterfaceSpec **missing)
{
  NtTeamSpec *changed = nt_team_spec_copy (spec);

  exchange_string (&changed->name, before->name, after->name);
  exchange_string (&changed->standby, before->standby, after->standby);
  exchange_int (&changed->mode, before->mode, after->mode);
  exchange_int (&changed->balance, before->balance, after->balance);
  exchange_int (&changed->lacp_timer, before->lacp_timer, after->lacp_timer);
  exchange_members (changed->members, before->members, after->members);
  *missing = exchange_interfaces (changed, before, after);
  return changed;
}

/**
 * nt_alike_find_team:
 * @server: a server
 * @name: the name of a team
 *
 * Returns: (transfer none) (nullable): the team of that name which can be changed there
 */
const NtTeam *
nt_alike_find_team (NtServer *server, const char *name)
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
 * nt_alike_add_creation:
 * @batch: a batch
 * @server: a server
 * @request: to create a team on some server
 *
 * Adds the same for @server: adapters are those of the same names.
 */
void
nt_alike_add_creation (NtBatch *batch, NtServer *server, const NtRequest *request)
{
  if (!add_obstacle (batch, server))
    nt_batch_add (batch, server, request, NULL);
}

/**
 * nt_alike_add_change:
 * @batch: a batch
 * @server: a server
 * @before: the complete definition of a team on some server
 * @wanted: the request to change it there
 *
 * Adds the same for the team of the same name on @server: what differs between @before and the definition in @wanted is
 * changed there too, and nothing else. Addresses of interfaces are not, as they are each server's own.
 */
void
nt_alike_add_change (NtBatch *batch, NtServer *server, const NtTeamSpec *before, const NtRequest *wanted)
{
  const NtTeamSpec *after = wanted->set->pdata[0];
  const NtTeam *team = nt_alike_find_team (server, before->name);
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
  g_ptr_array_add (request->set, change_alike (spec, before, after, &missing));
  if (missing != NULL)
    {
      add_missing_interface (batch, server, before->name, nt_interface_spec_get_vlan (missing));
      return;
    }
  request->take_over = wanted->take_over;
  request->generation = nt_server_get_state (server)->generation;
  nt_batch_add (batch, server, request, NULL);
}

/**
 * nt_alike_add_removal:
 * @batch: a batch
 * @server: a server
 * @name: the name of a team
 *
 * Adds that the team of that name goes from @server.
 */
void
nt_alike_add_removal (NtBatch *batch, NtServer *server, const char *name)
{
  const NtTeam *team = nt_alike_find_team (server, name);
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
