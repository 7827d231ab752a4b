/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tile.h"

#include <glib/gi18n.h>

struct _NtTile
{
  AdwBin parent_instance;

  /* template children */
  GtkSearchEntry *search_entry;

  /* borrowed */
  GtkWidget *popover; /* a child, if a context menu was opened */

  /* owned */
  GtkWidget *content;
  GtkWidget *heading;
  GMenuModel *menu_model;
  char *placeholder;
  char *search_text;
  guint n_items;
};

G_DEFINE_FINAL_TYPE (NtTile, nt_tile, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CONTENT,
  PROP_HEADING,
  PROP_MENU_MODEL,
  PROP_PLACEHOLDER,
  PROP_SEARCH_TEXT,
  PROP_N_ITEMS,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static char *
format_count (GObject *object, guint n_items)
{
  return g_strdup_printf (g_dngettext (NULL, "%u total", "%u total", n_items), n_items);
}

/* A search that finds nothing keeps the list, or its entry would go with it. */
static char *
get_page_name (NtTile *self, guint n_items)
{
  gboolean is_searching = self->search_text != NULL && *self->search_text != '\0';

  return g_strdup (n_items > 0 || is_searching ? "content" : "placeholder");
}

static void
search_changed_cb (NtTile *self, GtkSearchEntry *entry)
{
  if (g_set_str (&self->search_text, gtk_editable_get_text (GTK_EDITABLE (entry))))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_TEXT]);
}

static void
open_menu (NtTile *self, GtkWidget *view, double x, double y)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (self->menu_model);
  graphene_point_t point;

  if (!gtk_widget_compute_point (view, GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &point))
    return;
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = popover;
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { point.x, point.y, 1, 1 });
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  gtk_popover_popup (GTK_POPOVER (popover));
}

static GtkWidget *
find_row_at (GtkWidget *view, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);

  while (widget != NULL && widget != view && g_strcmp0 (gtk_widget_get_css_name (widget), "row") != 0)
    widget = gtk_widget_get_parent (widget);
  return widget != view ? widget : NULL;
}

/* Selects the row below the pointer, so that the menu is about it; one that is
 * selected already may be one of several, which all stay selected. */
static void
select_row_at (GtkWidget *view, double x, double y)
{
  GtkWidget *row = find_row_at (view, x, y);

  if (row != NULL && !(gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED))
    gtk_widget_activate_action (row, "listitem.select", "(bb)", FALSE, FALSE);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, NtTile *self)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  select_row_at (view, x, y);
  open_menu (self, view, x, y);
}

static gboolean
menu_key_cb (GtkWidget *view, GVariant *arguments, gpointer user_data)
{
  open_menu (user_data, view, 0, 0);
  return TRUE;
}

static void
add_context_menu (NtTile *self, GtkWidget *view)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcutAction *action = gtk_callback_action_new (menu_key_cb, self, NULL);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"), action));
  gtk_widget_add_controller (view, keys);
}

/* The menu of each header shows and hides the columns. */
static void
add_column_menu (GtkColumnView *view)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      g_autofree char *name = g_strdup_printf ("show-%u", i);
      g_autofree char *full_name = g_strconcat ("columns.", name, NULL);
      g_autoptr (GPropertyAction) action = g_property_action_new (name, column, "visible");

      g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
      /* Without its first column a list has no names. */
      if (i > 0)
        g_menu_append (menu, gtk_column_view_column_get_title (column), full_name);
      gtk_column_view_column_set_header_menu (column, G_MENU_MODEL (menu));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (view), "columns", G_ACTION_GROUP (actions));
}

static void
nt_tile_dispose (GObject *object)
{
  NtTile *self = NT_TILE (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_TILE);
  g_clear_object (&self->content);
  g_clear_object (&self->heading);
  g_clear_object (&self->menu_model);

  G_OBJECT_CLASS (nt_tile_parent_class)->dispose (object);
}

static void
nt_tile_finalize (GObject *object)
{
  NtTile *self = NT_TILE (object);

  g_free (self->placeholder);
  g_free (self->search_text);

  G_OBJECT_CLASS (nt_tile_parent_class)->finalize (object);
}

static void
nt_tile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NtTile *self = NT_TILE (object);

  switch (id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_HEADING:
      g_value_set_object (value, self->heading);
      break;
    case PROP_MENU_MODEL:
      g_value_set_object (value, self->menu_model);
      break;
    case PROP_PLACEHOLDER:
      g_value_set_string (value, self->placeholder);
      break;
    case PROP_SEARCH_TEXT:
      g_value_set_string (value, self->search_text);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_items);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
nt_tile_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  NtTile *self = NT_TILE (object);

  switch (id)
    {
    case PROP_CONTENT:
      g_set_object (&self->content, g_value_get_object (value));
      break;
    case PROP_HEADING:
      g_set_object (&self->heading, g_value_get_object (value));
      break;
    case PROP_MENU_MODEL:
      g_set_object (&self->menu_model, g_value_get_object (value));
      break;
    case PROP_PLACEHOLDER:
      g_set_str (&self->placeholder, g_value_get_string (value));
      break;
    case PROP_N_ITEMS:
      self->n_items = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *klass)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_HEADING] = g_param_spec_object ("heading", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_MENU_MODEL] = g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, flags);
  properties[PROP_PLACEHOLDER] = g_param_spec_string ("placeholder", NULL, NULL, NULL, flags);
  properties[PROP_SEARCH_TEXT] =
    g_param_spec_string ("search-text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (klass, N_PROPERTIES, properties);
}

static void
nt_tile_class_init (NtTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nt_tile_dispose;
  object_class->finalize = nt_tile_finalize;
  object_class->get_property = nt_tile_get_property;
  object_class->set_property = nt_tile_set_property;
  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/tile.ui");
  gtk_widget_class_bind_template_child (widget_class, NtTile, search_entry);
  gtk_widget_class_bind_template_callback (widget_class, format_count);
  gtk_widget_class_bind_template_callback (widget_class, get_page_name);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
nt_tile_init (NtTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * nt_tile_get_search_text:
 * @self: a tile
 *
 * Returns: (nullable): what its user looks for
 */
const char *
nt_tile_get_search_text (NtTile *self)
{
  return self->search_text;
}

/**
 * nt_tile_set_up_view:
 * @self: a tile
 * @view: a list in it
 *
 * Gives the list the tile's menu on a right click, and a menu to choose its
 * columns on a right click on a header.
 */
void
nt_tile_set_up_view (NtTile *self, GtkColumnView *view)
{
  add_column_menu (view);
  add_context_menu (self, GTK_WIDGET (view));
}
