/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tiles/tile.h"

#include <glib/gi18n.h>

#include "ui/parts/column-settings.h"

struct _NtTile
{
  AdwBin parent_instance;

  /* template children */
  GtkSearchEntry *search_entry;
  GtkToggleButton *search_button;

  /* borrowed */
  GtkWidget *popover; /* a child; NULL until a context menu is opened */

  /* owned */
  GtkWidget *content;
  GtkWidget *heading;
  GMenuModel *menu_model;
  GPtrArray *memories; /* of NtColumnSettings: one per list */
  char *placeholder;
  char *button_label;
  char *button_action;
  char *search_text;
  guint n_items;
  guint n_shown;
};

/* The column that every list has */
#define NAME_COLUMN "name"

G_DEFINE_FINAL_TYPE (NtTile, nt_tile, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CONTENT,
  PROP_HEADING,
  PROP_MENU_MODEL,
  PROP_PLACEHOLDER,
  PROP_BUTTON_LABEL,
  PROP_BUTTON_ACTION,
  PROP_SEARCH_TEXT,
  PROP_N_ITEMS,
  PROP_N_SHOWN,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static gboolean
is_searching (NtTile *self)
{
  return self->search_text != NULL && *self->search_text != '\0';
}

static char *
format_count (NtTile *self, guint n_items, guint n_shown)
{
  if (is_searching (self))
    return g_strdup_printf (_("%u of %u"), n_shown, n_items);
  return g_strdup_printf (g_dngettext (NULL, "%u total", "%u total", n_items), n_items);
}

static char *
get_page_name (NtTile *self, guint n_items, guint n_shown)
{
  if (n_items == 0)
    return g_strdup ("placeholder");
  return g_strdup (n_shown == 0 && is_searching (self) ? "nothing-found" : "content");
}

static gboolean
is_set (NtTile *self, const char *text)
{
  return text != NULL;
}

static void
search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtTile *self = NT_TILE (widget);

  gtk_toggle_button_set_active (self->search_button, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
search_changed_cb (NtTile *self, GtkSearchEntry *entry)
{
  if (!g_set_str (&self->search_text, gtk_editable_get_text (GTK_EDITABLE (entry))))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_TEXT]);
  /* The count and the page depend on the search. */
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SHOWN]);
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

/* Selects the row under the pointer, so that the menu applies to it. If it is one of several selected rows, all stay
 * selected. */
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

static void
reset_columns_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  nt_column_settings_reset (user_data);
}

static void
add_reset_item (GMenu *menu, const char *prefix, GActionMap *actions, NtColumnSettings *memory)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("forget", NULL);
  g_autoptr (GMenu) section = g_menu_new ();
  g_autofree char *full_name = g_strconcat (prefix, ".forget", NULL);

  g_signal_connect_object (action, "activate", G_CALLBACK (reset_columns_cb), memory, 0);
  g_action_map_add_action (actions, G_ACTION (action));
  g_menu_append (section, _("_Reset Columns"), full_name);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* The column of names is always shown. */
static void
add_choice (GMenu *menu, const char *prefix, GActionMap *actions, GtkColumnViewColumn *column)
{
  const char *id = gtk_column_view_column_get_id (column);
  g_autofree char *full_name = g_strdup_printf ("%s.%s", prefix, id);
  g_autoptr (GPropertyAction) action = g_property_action_new (id, column, "visible");

  gtk_column_view_column_set_header_menu (column, G_MENU_MODEL (menu));
  if (g_str_equal (id, NAME_COLUMN))
    return;
  g_action_map_add_action (actions, G_ACTION (action));
  g_menu_append (menu, gtk_column_view_column_get_title (column), full_name);
}

/* The columns are chosen in a context menu of the headers, and for the keyboard in the menu of the tile. */
static void
add_column_menu (NtTile *self, GtkColumnView *view, const char *name, NtColumnSettings *memory, GMenu *tasks)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autofree char *prefix = g_strconcat ("columns-", name, NULL);
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      add_choice (menu, prefix, G_ACTION_MAP (actions), column);
    }
  add_reset_item (menu, prefix, G_ACTION_MAP (actions), memory);
  g_menu_append_submenu (section, _("C_olumns"), G_MENU_MODEL (menu));
  g_menu_append_section (tasks, NULL, G_MENU_MODEL (section));
  gtk_widget_insert_action_group (GTK_WIDGET (self), prefix, G_ACTION_GROUP (actions));
}

static void
nt_tile_dispose (GObject *object)
{
  NtTile *self = NT_TILE (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->memories, g_ptr_array_unref);
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
  g_free (self->button_label);
  g_free (self->button_action);
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
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, self->button_label);
      break;
    case PROP_BUTTON_ACTION:
      g_value_set_string (value, self->button_action);
      break;
    case PROP_SEARCH_TEXT:
      g_value_set_string (value, self->search_text);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_items);
      break;
    case PROP_N_SHOWN:
      g_value_set_uint (value, self->n_shown);
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
    case PROP_BUTTON_LABEL:
      g_set_str (&self->button_label, g_value_get_string (value));
      break;
    case PROP_BUTTON_ACTION:
      g_set_str (&self->button_action, g_value_get_string (value));
      break;
    case PROP_N_ITEMS:
      self->n_items = g_value_get_uint (value);
      break;
    case PROP_N_SHOWN:
      self->n_shown = g_value_get_uint (value);
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
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  properties[PROP_BUTTON_ACTION] = g_param_spec_string ("button-action", NULL, NULL, NULL, flags);
  properties[PROP_SEARCH_TEXT] =
    g_param_spec_string ("search-text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_SHOWN] = g_param_spec_uint ("n-shown", NULL, NULL, 0, G_MAXUINT, 0, flags);
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
  gtk_widget_class_bind_template_child (widget_class, NtTile, search_button);
  gtk_widget_class_bind_template_callback (widget_class, is_set);
  gtk_widget_class_install_action (widget_class, "tile.search", NULL, search);
  gtk_widget_class_bind_template_callback (widget_class, format_count);
  gtk_widget_class_bind_template_callback (widget_class, get_page_name);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
nt_tile_init (NtTile *self)
{
  self->memories = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * nt_tile_set_up_view:
 * @view: a list in the tile, whose columns have ids
 * @name: identifies the columns of the list in the settings
 * @tasks: the menu of the tile
 *
 * Adds the menu of the tile as a context menu of the list, and a menu for choosing columns to the headers and to
 * @tasks. The columns are saved in the settings.
 */
void
nt_tile_set_up_view (NtTile *self, GtkColumnView *view, const char *name, GMenu *tasks)
{
  g_autofree char *path = g_strdup_printf ("/io/github/nicteam/Console/columns/%s/", name);
  g_autoptr (GSettings) settings = g_settings_new_with_path (APP_ID ".Columns", path);
  NtColumnSettings *memory = nt_column_settings_new (view, settings);
  g_ptr_array_add (self->memories, memory);
  add_column_menu (self, view, name, memory, tasks);
  add_context_menu (self, GTK_WIDGET (view));
}
