/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/parts/column-settings.h"

/* Dragging the edge of a column changes its width with each pixel, so saving is delayed. */
#define SAVE_AFTER_MS 300

/* Limits for widths in a damaged setting */
#define WIDTH_MIN 24
#define WIDTH_MAX 4000

struct _NtColumnSettings
{
  GObject parent_instance;

  /* borrowed */
  GtkColumnView *view;

  /* owned */
  GSettings *settings;
  GVariant *defaults; /* as in the template */
  guint save_source;
  gboolean is_restoring;
};

G_DEFINE_FINAL_TYPE (NtColumnSettings, nt_column_settings, G_TYPE_OBJECT)

static GtkColumnViewColumn *
find_column (NtColumnSettings *self, const char *id)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (gtk_column_view_column_get_id (column), id) == 0)
        return column;
    }
  return NULL;
}

/* Lists id, visibility and width of each column, in order. */
static GVariant *
describe_columns (NtColumnSettings *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sbi)"));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_variant_builder_add (&builder, "(sbi)", gtk_column_view_column_get_id (column),
                             gtk_column_view_column_get_visible (column),
                             gtk_column_view_column_get_fixed_width (column));
    }
  return g_variant_builder_end (&builder);
}

static void
save (NtColumnSettings *self)
{
  GtkColumnViewSorter *sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (self->view));
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (sorter);
  gboolean is_descending = gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_DESCENDING;

  g_clear_handle_id (&self->save_source, g_source_remove);
  g_settings_set_value (self->settings, "columns", describe_columns (self));
  g_settings_set_string (self->settings, "sort-column", column ? gtk_column_view_column_get_id (column) : "");
  g_settings_set_boolean (self->settings, "sort-descending", is_descending);
}

static gboolean
save_cb (gpointer user_data)
{
  NtColumnSettings *self = user_data;

  self->save_source = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (NtColumnSettings *self)
{
  if (self->is_restoring || self->save_source != 0)
    return;
  self->save_source = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

static void
insert_column (NtColumnSettings *self, guint position, GtkColumnViewColumn *column)
{
  g_autoptr (GtkColumnViewColumn) present =
    g_list_model_get_item (gtk_column_view_get_columns (self->view), position);

  if (present == column)
    return;
  g_object_ref (column);
  gtk_column_view_remove_column (self->view, column);
  gtk_column_view_insert_column (self->view, position, column);
  g_object_unref (column);
}

/* Columns that are not in @saved are placed at the end. */
static void
apply_columns (NtColumnSettings *self, GVariant *saved)
{
  GVariantIter iter;
  const char *id;
  gboolean visible;
  guint position = 0;
  int width;

  g_variant_iter_init (&iter, saved);
  while (g_variant_iter_next (&iter, "(&sbi)", &id, &visible, &width))
    {
      GtkColumnViewColumn *column = find_column (self, id);

      if (column == NULL)
        continue;
      insert_column (self, position++, column);
      gtk_column_view_column_set_visible (column, visible);
      gtk_column_view_column_set_fixed_width (column, width >= WIDTH_MIN && width <= WIDTH_MAX ? width : -1);
    }
}

static void
restore (NtColumnSettings *self)
{
  g_autoptr (GVariant) saved = g_settings_get_value (self->settings, "columns");
  g_autofree char *sort_column = g_settings_get_string (self->settings, "sort-column");
  gboolean is_descending = g_settings_get_boolean (self->settings, "sort-descending");

  self->is_restoring = TRUE;
  apply_columns (self, saved);
  if (*sort_column != '\0')
    gtk_column_view_sort_by_column (self->view, find_column (self, sort_column),
                                    is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->is_restoring = FALSE;
}

static void
watch (NtColumnSettings *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_signal_connect_object (column, "notify::visible", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (column, "notify::fixed-width", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (columns, "items-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
nt_column_settings_dispose (GObject *object)
{
  NtColumnSettings *self = NT_COLUMN_SETTINGS (object);

  if (self->save_source != 0)
    save (self);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->defaults, g_variant_unref);

  G_OBJECT_CLASS (nt_column_settings_parent_class)->dispose (object);
}

static void
nt_column_settings_class_init (NtColumnSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_column_settings_dispose;
}

static void
nt_column_settings_init (NtColumnSettings *self)
{
}

/**
 * nt_column_settings_new:
 * @view: a list whose columns have ids; it must outlive the object
 * @settings: of the schema io.github.nicteam.Console.Columns
 *
 * Restores order, width, visibility and sorting of the columns, and saves later changes.
 *
 * Returns: (transfer full):
 */
NtColumnSettings *
nt_column_settings_new (GtkColumnView *view, GSettings *settings)
{
  NtColumnSettings *self = g_object_new (NT_TYPE_COLUMN_SETTINGS, NULL);

  self->view = view;
  self->settings = g_object_ref (settings);
  self->defaults = g_variant_ref_sink (describe_columns (self));
  restore (self);
  watch (self);
  return self;
}

/**
 * nt_column_settings_reset:
 *
 * Resets the columns to their defaults.
 */
void
nt_column_settings_reset (NtColumnSettings *self)
{
  apply_columns (self, self->defaults);
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
}
