/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tiles/link-tile.h"

#include <glib/gi18n.h>

#include "app/rows/adapter-row.h"
#include "app/rows/interface-row.h"
#include "ui/parts/settings.h"
#include "ui/tiles/cell-functions.h"
#include "ui/tiles/tile.h"

struct _NtLinkTile
{
  AdwBin parent_instance;

  /* template children */
  NtTile *tile;
  AdwViewStack *stack;
  GMenuModel *adapters_menu;
  GMenuModel *interfaces_menu;
  GMenu *team_section;
  GtkColumnView *adapter_view;
  GtkMultiSelection *adapter_selection;
  GtkCustomFilter *adapter_filter;
  GtkNoSelection *all_adapters;
  GtkColumnView *interface_view;
  GtkSingleSelection *interface_selection;
  GtkNoSelection *all_interfaces;

  /* owned */
  NtRowList *adapters;
  NtRowList *interfaces;
  gboolean show_all;
  gboolean is_known; /* FALSE while the adapters of the server are not available */
};

G_DEFINE_FINAL_TYPE (NtLinkTile, nt_link_tile, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SHOW_ALL,
  N_PROPERTIES,
};

enum
{
  SELECTED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static gboolean
shows_adapters (NtLinkTile *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), "adapters") == 0;
}

static gboolean
is_adapter_shown (gpointer item, gpointer user_data)
{
  NtLinkTile *self = user_data;

  return self->show_all || g_strcmp0 (nt_row_get_group (item), NT_GROUP_NOT_TEAMABLE) != 0;
}

static gboolean
has_interface (const NtTeam *team, NtRow *row)
{
  for (guint i = 0; row != NULL && i < team->interfaces->len; i++)
    if (g_strcmp0 (((const NtInterface *) team->interfaces->pdata[i])->device, nt_row_get_key (row)) == 0)
      return TRUE;
  return FALSE;
}

static guint
count_adapters (NtLinkTile *self)
{
  GListModel *model = G_LIST_MODEL (self->adapters);
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (NtRow) row = g_list_model_get_item (model, i);

      count += is_adapter_shown (row, self);
    }
  return count;
}

/* The counts with and without the search */
static void
update_count (NtLinkTile *self)
{
  gpointer model = self->interface_selection;
  guint n_items;

  if (self->adapters == NULL || self->interfaces == NULL)
    return;
  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->interfaces));
  if (shows_adapters (self))
    {
      model = self->adapter_selection;
      n_items = count_adapters (self);
    }
  g_object_set (self->tile, "n-items", n_items, "n-shown", g_list_model_get_n_items (model), NULL);
}

/* Suggests what to do if the list is empty. */
static void
update_placeholder (NtLinkTile *self)
{
  const char *text = _("The adapters of the selected server appear here.");
  const char *action = NULL;

  if (shows_adapters (self) && self->is_known)
    text = _("This server has no teamable adapters. The Tasks menu can show all others with the reasons.");
  else if (self->is_known)
    {
      text = _("Each team has a primary interface. More can be added.");
      action = "win.new-team";
    }
  g_object_set (self->tile, "placeholder", text, "button-label", action ? _("_New Team…") : NULL, "button-action", action,
                NULL);
}

static void
adapter_selected_cb (NtLinkTile *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
interface_selected_cb (NtLinkTile *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

/* A double click or Return. The activated row need not be the selected one. */
static void
adapter_activated_cb (NtLinkTile *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->adapter_selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.adapter-properties", NULL);
}

static void
interface_activated_cb (NtLinkTile *self, guint position)
{
  gtk_single_selection_set_selected (self->interface_selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.interface-properties", NULL);
}

static void
page_changed_cb (NtLinkTile *self)
{
  if (self->tile == NULL)
    return;
  g_object_set (self->tile,
                "menu-model",
                shows_adapters (self) ? self->adapters_menu : self->interfaces_menu,
                NULL);
  update_count (self);
  update_placeholder (self);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
nt_link_tile_dispose (GObject *object)
{
  NtLinkTile *self = NT_LINK_TILE (object);

  g_clear_object (&self->adapters);
  g_clear_object (&self->interfaces);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_LINK_TILE);

  G_OBJECT_CLASS (nt_link_tile_parent_class)->dispose (object);
}

static void
nt_link_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, NT_LINK_TILE (object)->show_all);
}

static void
nt_link_tile_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  NtLinkTile *self = NT_LINK_TILE (object);

  self->show_all = g_value_get_boolean (value);
  gtk_filter_changed (GTK_FILTER (self->adapter_filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_count (self);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, NtLinkTile, tile);
  gtk_widget_class_bind_template_child (klass, NtLinkTile, stack);
  gtk_widget_class_bind_template_child (klass, NtLinkTile, adapters_menu);
  gtk_widget_class_bind_template_child (klass, NtLinkTile, interfaces_menu);
  gtk_widget_class_bind_template_child (klass, NtLinkTile, team_section);
  gtk_widget_class_bind_template_child (klass, NtLinkTile, adapter_view);
  gtk_widget_class_bind_template_child (klass, NtLinkTile, adapter_selection);
  gtk_widget_class_bind_template_child (klass, NtLinkTile, adapter_filter);
  gtk_widget_class_bind_template_child (klass, NtLinkTile, all_adapters);
  gtk_widget_class_bind_template_child (klass, NtLinkTile, interface_view);
  gtk_widget_class_bind_template_child (klass, NtLinkTile, interface_selection);
  gtk_widget_class_bind_template_child (klass, NtLinkTile, all_interfaces);
  gtk_widget_class_bind_template_callback (klass, adapter_selected_cb);
  gtk_widget_class_bind_template_callback (klass, interface_selected_cb);
  gtk_widget_class_bind_template_callback (klass, adapter_activated_cb);
  gtk_widget_class_bind_template_callback (klass, interface_activated_cb);
  gtk_widget_class_bind_template_callback (klass, page_changed_cb);
  nt_cell_functions_bind (klass);
}

static void
nt_link_tile_class_init (NtLinkTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nt_link_tile_dispose;
  object_class->get_property = nt_link_tile_get_property;
  object_class->set_property = nt_link_tile_set_property;

  properties[PROP_SHOW_ALL] =
    g_param_spec_boolean ("show-all", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * NtLinkTile::selected:
   *
   * The selection has changed.
   */
  signals[SELECTED] =
    g_signal_new ("selected", NT_TYPE_LINK_TILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/link-tile.ui");
  bind_children (widget_class);
}

static void
add_actions (NtLinkTile *self)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GPropertyAction) action = g_property_action_new ("show-all", self, "show-all");

  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "links", G_ACTION_GROUP (actions));
}

static void
nt_link_tile_init (NtLinkTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_bind (nt_settings_get_default (), NT_SETTINGS_SHOW_ALL, self, "show-all", G_SETTINGS_BIND_DEFAULT);
  nt_tile_set_up_view (self->tile, self->adapter_view, "adapters", G_MENU (self->adapters_menu));
  nt_tile_set_up_view (self->tile, self->interface_view, "interfaces", G_MENU (self->interfaces_menu));
  add_actions (self);

  self->adapters = nt_row_list_new (nt_adapter_row_collect);
  self->interfaces = nt_row_list_new (nt_interface_row_collect);
  gtk_custom_filter_set_filter_func (self->adapter_filter, is_adapter_shown, self, NULL);
  gtk_no_selection_set_model (self->all_adapters, G_LIST_MODEL (self->adapters));
  gtk_no_selection_set_model (self->all_interfaces, G_LIST_MODEL (self->interfaces));

  g_signal_connect_object (self->adapter_selection,
                           "items-changed",
                           G_CALLBACK (update_count),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->interface_selection,
                           "items-changed",
                           G_CALLBACK (update_count),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * nt_link_tile_set_servers:
 * @servers: the servers whose adapters and team interfaces are listed
 */
void
nt_link_tile_set_servers (NtLinkTile *self, GListModel *servers)
{
  nt_row_list_set_servers (self->adapters, servers);
  nt_row_list_set_servers (self->interfaces, servers);
}

/**
 * nt_link_tile_set_known:
 * @is_known: %FALSE if the adapters of the server are not available
 *
 * Distinguishes a server without adapters from one that is not connected.
 */
void
nt_link_tile_set_known (NtLinkTile *self, gboolean is_known)
{
  self->is_known = is_known;
  update_placeholder (self);
}

/**
 * nt_link_tile_get_selected:
 *
 * Returns: (transfer none) (nullable): the first selected row on the current page
 */
NtRow *
nt_link_tile_get_selected (NtLinkTile *self)
{
  g_autoptr (GPtrArray) adapters = NULL;

  if (!shows_adapters (self))
    return gtk_single_selection_get_selected_item (self->interface_selection);
  adapters = nt_link_tile_get_selected_adapters (self);
  return adapters->len > 0 ? g_ptr_array_index (adapters, 0) : NULL;
}

/**
 * nt_link_tile_get_selected_adapters:
 *
 * Returns: (transfer container) (element-type NtRow): all selected rows
 */
GPtrArray *
nt_link_tile_get_selected_adapters (NtLinkTile *self)
{
  GListModel *model = G_LIST_MODEL (self->adapter_selection);
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (NtRow) row = g_list_model_get_item (model, i);

      if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (model), i))
        g_ptr_array_add (rows, row);
    }
  return rows;
}

/**
 * nt_link_tile_get_team_section:
 *
 * Returns: (transfer none): the section about teams in the menu of adapters
 */
GMenu *
nt_link_tile_get_team_section (NtLinkTile *self)
{
  return self->team_section;
}

/**
 * nt_link_tile_select_interface_of:
 * @team: a team of the current server
 *
 * Selects an interface of @team, unless one is selected.
 */
void
nt_link_tile_select_interface_of (NtLinkTile *self, const NtTeam *team)
{
  GListModel *model = G_LIST_MODEL (self->interface_selection);

  if (has_interface (team, nt_link_tile_get_selected_interface (self)))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (NtRow) row = g_list_model_get_item (model, i);

      if (has_interface (team, row))
        {
          gtk_single_selection_set_selected (self->interface_selection, i);
          return;
        }
    }
}

/**
 * nt_link_tile_get_selected_interface:
 *
 * Returns: (transfer none) (nullable): the row of the selected team interface, on either page
 */
NtRow *
nt_link_tile_get_selected_interface (NtLinkTile *self)
{
  return gtk_single_selection_get_selected_item (self->interface_selection);
}
