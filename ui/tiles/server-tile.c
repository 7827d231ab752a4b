/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tiles/server-tile.h"

#include "ui/tiles/cell-functions.h"
#include "ui/tiles/tile.h"

struct _NtServerTile
{
  AdwBin parent_instance;

  /* template children */
  NtTile *tile;
  GMenu *servers_menu;
  GtkColumnView *view;
  GtkMultiSelection *selection;
  GtkNoSelection *all_servers;

  /* owned */
  GListModel *selected;
};

G_DEFINE_FINAL_TYPE (NtServerTile, nt_server_tile, ADW_TYPE_BIN)

enum
{
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The other tiles follow the selected server, so there is always one. */
static void
ensure_selection (NtServerTile *self)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);

  if (gtk_bitset_is_empty (selected) && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0)
    gtk_selection_model_select_item (model, 0, TRUE);
}

static void
selection_changed_cb (NtServerTile *self)
{
  ensure_selection (self);
}

/* The model of selected items is updated after the selection. */
static void
selected_changed_cb (NtServerTile *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
nt_server_tile_dispose (GObject *object)
{
  NtServerTile *self = NT_SERVER_TILE (object);

  g_clear_object (&self->selected);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_SERVER_TILE);

  G_OBJECT_CLASS (nt_server_tile_parent_class)->dispose (object);
}

static void
nt_server_tile_class_init (NtServerTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_server_tile_dispose;

  /**
   * NtServerTile::selected:
   *
   * The selection has changed.
   */
  signals[SELECTED] = g_signal_new ("selected",
                                    NT_TYPE_SERVER_TILE,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/server-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, NtServerTile, tile);
  gtk_widget_class_bind_template_child (widget_class, NtServerTile, servers_menu);
  gtk_widget_class_bind_template_child (widget_class, NtServerTile, view);
  gtk_widget_class_bind_template_child (widget_class, NtServerTile, selection);
  gtk_widget_class_bind_template_child (widget_class, NtServerTile, all_servers);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  nt_cell_functions_bind (widget_class);
}

static void
nt_server_tile_init (NtServerTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  nt_tile_set_up_view (self->tile, self->view, "servers", self->servers_menu);
  self->selected =
    G_LIST_MODEL (gtk_selection_filter_model_new (g_object_ref (GTK_SELECTION_MODEL (self->selection))));
  g_signal_connect_object (self->selection,
                           "items-changed",
                           G_CALLBACK (ensure_selection),
                           self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->selected,
                           "items-changed",
                           G_CALLBACK (selected_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

void
nt_server_tile_set_servers (NtServerTile *self, NtServerList *servers)
{
  gtk_no_selection_set_model (self->all_servers, G_LIST_MODEL (servers));
  ensure_selection (self);
}

/**
 * nt_server_tile_select:
 * @server: a server in the list
 *
 * Selects only @server.
 */
void
nt_server_tile_select (NtServerTile *self, NtServer *server)
{
  GListModel *model = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (NtServer) item = g_list_model_get_item (model, i);

      if (item == server)
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (model), i, TRUE);
    }
}

/**
 * nt_server_tile_get_selected:
 *
 * Returns: (transfer none): a list of the selected servers, which follows the selection
 */
GListModel *
nt_server_tile_get_selected (NtServerTile *self)
{
  return self->selected;
}
