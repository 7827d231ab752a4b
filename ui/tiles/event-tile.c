/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tiles/event-tile.h"

#include "app/servers/event-item.h"
#include "ui/tiles/cell-functions.h"
#include "ui/tiles/tile.h"

struct _NtEventTile
{
  AdwBin parent_instance;

  /* template children */
  NtTile *tile;
  GMenu *events_menu;
  GtkColumnView *view;
  GtkColumnViewColumn *time_column;
  GtkMultiSelection *selection;
  GtkNoSelection *all_events;
  GtkCustomFilter *kind_filter;
  AdwToggleGroup *kind;

  /* borrowed */
  GListModel *servers;

  /* owned */
  GListStore *histories; /* of GListModel: the events of each server */
};

G_DEFINE_FINAL_TYPE (NtEventTile, nt_event_tile, ADW_TYPE_BIN)

/* The toggles of the filter, in their order */
typedef enum
{
  KIND_ALL,
  KIND_ADAPTERS,
  KIND_TEAMS,
  KIND_CHANGES,
} Kind;

static Kind
get_kind (const NtEvent *event)
{
  switch (event->kind)
    {
    case NT_EVENT_ADAPTER_APPEARED:
    case NT_EVENT_ADAPTER_DISAPPEARED:
    case NT_EVENT_ADAPTER_STATE:
      return KIND_ADAPTERS;
    case NT_EVENT_CHANGE:
    case NT_EVENT_DRIFT:
      return KIND_CHANGES;
    default:
      return KIND_TEAMS;
    }
}

static gboolean
is_of_kind (gpointer item, gpointer user_data)
{
  NtEventTile *self = user_data;
  guint kind = adw_toggle_group_get_active (self->kind);

  return kind == KIND_ALL || kind == get_kind (nt_event_item_get_event (item));
}

static void
kind_changed_cb (NtEventTile *self)
{
  gtk_filter_changed (GTK_FILTER (self->kind_filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/* FALSE if the servers in the range are the same: the list also emits items-changed for servers that have changed. */
static gboolean
have_changed (NtEventTile *self, guint position, guint removed, guint added)
{
  if (removed != added)
    return TRUE;
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (self->servers, i);
      g_autoptr (GListModel) events = g_list_model_get_item (G_LIST_MODEL (self->histories), i);

      if (events != nt_server_get_events (server))
        return TRUE;
    }
  return FALSE;
}

static void
servers_changed_cb (NtEventTile *self, guint position, guint removed, guint added)
{
  g_autoptr (GPtrArray) histories = g_ptr_array_new ();

  if (!have_changed (self, position, removed, added))
    return;
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (self->servers, i);

      g_ptr_array_add (histories, nt_server_get_events (server));
    }
  g_list_store_splice (self->histories, position, removed, histories->pdata, added);
}

/* Stays at the newest events, unless the user has scrolled to older ones. */
static void
shown_changed_cb (NtEventTile *self)
{
  GtkAdjustment *scroll = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  if (gtk_adjustment_get_value (scroll) <= gtk_adjustment_get_lower (scroll) &&
      g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_column_view_scroll_to (self->view, 0, NULL, GTK_LIST_SCROLL_NONE, NULL);
}

/* Copies the selected events, or all shown ones if none is selected. */
static void
copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtEventTile *self = NT_EVENT_TILE (widget);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  gboolean takes_all = gtk_bitset_is_empty (selected);
  GListModel *shown = G_LIST_MODEL (self->selection);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (NtEventItem) item = g_list_model_get_item (shown, i);
      g_autofree char *line = nt_event_item_to_line (item);

      if (takes_all || gtk_bitset_contains (selected, i))
        g_string_append_printf (text, "%s\n", line);
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

static void
nt_event_tile_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_EVENT_TILE);
  g_clear_object (&NT_EVENT_TILE (object)->histories);

  G_OBJECT_CLASS (nt_event_tile_parent_class)->dispose (object);
}

static void
nt_event_tile_class_init (NtEventTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_event_tile_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/event-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, NtEventTile, tile);
  gtk_widget_class_bind_template_child (widget_class, NtEventTile, events_menu);
  gtk_widget_class_bind_template_child (widget_class, NtEventTile, view);
  gtk_widget_class_bind_template_child (widget_class, NtEventTile, time_column);
  gtk_widget_class_bind_template_child (widget_class, NtEventTile, selection);
  gtk_widget_class_bind_template_child (widget_class, NtEventTile, all_events);
  gtk_widget_class_bind_template_child (widget_class, NtEventTile, kind_filter);
  gtk_widget_class_bind_template_child (widget_class, NtEventTile, kind);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_install_action (widget_class, "events.copy", NULL, copy);
  nt_cell_functions_bind (widget_class);
}

static void
nt_event_tile_init (NtEventTile *self)
{
  g_autoptr (GtkFlattenListModel) all = NULL;

  g_type_ensure (NT_TYPE_EVENT_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->histories = g_list_store_new (G_TYPE_LIST_MODEL);
  all = gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (self->histories)));
  gtk_no_selection_set_model (self->all_events, G_LIST_MODEL (all));
  gtk_custom_filter_set_filter_func (self->kind_filter, is_of_kind, self, NULL);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (shown_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_sort_by_column (self->view, self->time_column, GTK_SORT_DESCENDING);
  nt_tile_set_up_view (self->tile, self->view, "events", self->events_menu);
}

/**
 * nt_event_tile_set_servers:
 * @servers: the servers whose events are shown; it must outlive @self
 */
void
nt_event_tile_set_servers (NtEventTile *self, NtServerList *servers)
{
  self->servers = G_LIST_MODEL (servers);
  g_signal_connect_object (servers, "items-changed", G_CALLBACK (servers_changed_cb), self, G_CONNECT_SWAPPED);
  servers_changed_cb (self, 0, 0, g_list_model_get_n_items (self->servers));
}
