/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tiles/team-tile.h"

#include <glib/gi18n.h>

#include "app/rows/team-row.h"
#include "ui/tiles/cell-functions.h"
#include "ui/tiles/tile.h"

struct _NtTeamTile
{
  AdwBin parent_instance;

  /* template children */
  NtTile *tile;
  GMenu *teams_menu;
  GtkColumnView *view;
  GtkSingleSelection *selection;
  GtkNoSelection *all_teams;
  GtkColumnViewColumn *server_column;

  /* borrowed */
  GListModel *servers;

  /* owned */
  NtRowList *rows;
};

G_DEFINE_FINAL_TYPE (NtTeamTile, nt_team_tile, ADW_TYPE_BIN)

enum
{
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
selected_cb (NtTeamTile *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

/* A double click or Return. The activated row need not be the selected one. */
static void
activated_cb (NtTeamTile *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-team", NULL);
}

/* With only one server, the column of servers is hidden. */
static void
servers_changed_cb (NtTeamTile *self)
{
  gtk_column_view_column_set_visible (self->server_column, g_list_model_get_n_items (self->servers) > 1);
}

static void
nt_team_tile_dispose (GObject *object)
{
  NtTeamTile *self = NT_TEAM_TILE (object);

  g_clear_object (&self->rows);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_TEAM_TILE);

  G_OBJECT_CLASS (nt_team_tile_parent_class)->dispose (object);
}

static void
nt_team_tile_class_init (NtTeamTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_team_tile_dispose;

  /**
   * NtTeamTile::selected:
   *
   * The selection has changed.
   */
  signals[SELECTED] =
    g_signal_new ("selected", NT_TYPE_TEAM_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/team-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, NtTeamTile, tile);
  gtk_widget_class_bind_template_child (widget_class, NtTeamTile, teams_menu);
  gtk_widget_class_bind_template_child (widget_class, NtTeamTile, view);
  gtk_widget_class_bind_template_child (widget_class, NtTeamTile, selection);
  gtk_widget_class_bind_template_child (widget_class, NtTeamTile, all_teams);
  gtk_widget_class_bind_template_child (widget_class, NtTeamTile, server_column);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  nt_cell_functions_bind (widget_class);
}

static void
nt_team_tile_init (NtTeamTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  nt_tile_set_up_view (self->tile, self->view, "teams", self->teams_menu);

  self->rows = nt_row_list_new (nt_team_row_collect);
  gtk_no_selection_set_model (self->all_teams, G_LIST_MODEL (self->rows));
}

/**
 * nt_team_tile_set_servers:
 * @servers: the servers whose teams are listed; it must outlive @self
 */
void
nt_team_tile_set_servers (NtTeamTile *self, GListModel *servers)
{
  self->servers = servers;
  nt_row_list_set_servers (self->rows, servers);
  g_signal_connect_object (servers,
                           "items-changed",
                           G_CALLBACK (servers_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * nt_team_tile_set_placeholder:
 * @text: shown while there are no teams
 * @can_create: %TRUE to show a button that creates a team
 */
void
nt_team_tile_set_placeholder (NtTeamTile *self, const char *text, gboolean can_create)
{
  g_object_set (self->tile, "placeholder", text, "button-label", can_create ? _("_New Team…") : NULL, "button-action",
                can_create ? "win.new-team" : NULL, NULL);
}

/**
 * nt_team_tile_get_selected:
 *
 * Returns: (transfer none) (nullable): the row of the selected team
 */
NtRow *
nt_team_tile_get_selected (NtTeamTile *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}
