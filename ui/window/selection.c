/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/selection.h"

struct _NtSelection
{
  GObject parent_instance;

  NtServerTile *servers;
  NtTeamTile *teams;
  NtLinkTile *links;
};

G_DEFINE_FINAL_TYPE (NtSelection, nt_selection, G_TYPE_OBJECT)

static void
nt_selection_dispose (GObject *object)
{
  NtSelection *self = NT_SELECTION (object);

  g_clear_object (&self->servers);
  g_clear_object (&self->teams);
  g_clear_object (&self->links);
  G_OBJECT_CLASS (nt_selection_parent_class)->dispose (object);
}

static void
nt_selection_class_init (NtSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_selection_dispose;
}

static void
nt_selection_init (NtSelection *self)
{
}

/* Returns (transfer full) what is selected in these tiles, at any time. */
NtSelection *
nt_selection_new (NtServerTile *servers, NtTeamTile *teams, NtLinkTile *links)
{
  NtSelection *self = g_object_new (NT_TYPE_SELECTION, NULL);

  self->servers = g_object_ref (servers);
  self->teams = g_object_ref (teams);
  self->links = g_object_ref (links);
  return self;
}

/* Shows @server, and no other. */
void
nt_selection_select_server (NtSelection *self, NtServer *server)
{
  nt_server_tile_select (self->servers, server);
}

/**
 * nt_selection_get_server:
 *
 * Returns: (transfer none) (nullable): the server that actions apply to: that of the selected team, or else the first
 *   selected one
 */
NtServer *
nt_selection_get_server (NtSelection *self)
{
  NtRow *row = nt_team_tile_get_selected (self->teams);
  g_autoptr (NtServer) first = NULL;

  if (row != NULL)
    return nt_row_get_server (row);
  first = g_list_model_get_item (nt_server_tile_get_selected (self->servers), 0);
  return first;
}

/**
 * nt_selection_get_team:
 *
 * Returns: (transfer none) (nullable): the selected team in the current state of its server, which may be newer than
 *   its row
 */
const NtTeam *
nt_selection_get_team (NtSelection *self)
{
  NtRow *row = nt_team_tile_get_selected (self->teams);
  const NtState *state = row ? nt_server_get_state (nt_row_get_server (row)) : NULL;

  return state ? nt_state_find_team (state, nt_row_get_key (row)) : NULL;
}

/**
 * nt_selection_get_servers:
 *
 * Returns: (transfer full) (element-type NtServer): all selected servers
 */
GPtrArray *
nt_selection_get_servers (NtSelection *self)
{
  GListModel *selected = nt_server_tile_get_selected (self->servers);
  GPtrArray *servers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (selected); i++)
    g_ptr_array_add (servers, g_list_model_get_item (selected, i));
  return servers;
}

/**
 * nt_selection_get_other_servers:
 *
 * Returns: (transfer full) (element-type NtServer): the selected servers except @server
 */
GPtrArray *
nt_selection_get_other_servers (NtSelection *self, NtServer *server)
{
  GListModel *selected = nt_server_tile_get_selected (self->servers);
  GPtrArray *others = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (selected); i++)
    {
      g_autoptr (NtServer) other = g_list_model_get_item (selected, i);

      if (other != server)
        g_ptr_array_add (others, g_steal_pointer (&other));
    }
  return others;
}

/* Returns (nullable) the selected team as last listed; see nt_selection_get_team() for its present state. */
NtRow *
nt_selection_get_team_row (NtSelection *self)
{
  return nt_team_tile_get_selected (self->teams);
}

/* Returns (transfer full) (element-type NtRow) the selected adapters. */
GPtrArray *
nt_selection_get_adapters (NtSelection *self)
{
  return nt_link_tile_get_selected_adapters (self->links);
}

/* Returns (nullable) the selected team interface. */
NtRow *
nt_selection_get_interface (NtSelection *self)
{
  return nt_link_tile_get_selected_interface (self->links);
}

/* Returns the part of the adapters' menu that lists the teams which they can join. */
GMenu *
nt_selection_get_team_section (NtSelection *self)
{
  return nt_link_tile_get_team_section (self->links);
}
