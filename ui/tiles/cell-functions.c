/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tiles/cell-functions.h"

#include "app/rows/adapter-row.h"
#include "app/rows/interface-row.h"
#include "app/rows/team-row.h"
#include "ui/parts/status-cell.h"
#include "ui/tiles/tile.h"

#define RIGHT_TO_LEFT_MARK "\u200f"

static char *
format_number (GObject *object, int number)
{
  return g_strdup_printf ("%d", number);
}

/* GtkInscription aligns by the direction of its text, not of the language: a Latin name would not be below its header. */
static char *
align (GObject *object, const char *text)
{
  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL || text == NULL || *text == '\0')
    return g_strdup (text);
  return g_strconcat (RIGHT_TO_LEFT_MARK, text, NULL);
}

static int
rank_health (GObject *object, int health)
{
  return nt_health_get_rank (health);
}

static char *
format_group (GObject *object, NtRow *first_row, guint n_items)
{
  g_autofree char *title = first_row ? nt_rows_get_group_title (nt_row_get_group (first_row)) : NULL;

  return g_strdup_printf ("%s (%u)", title ? title : "", n_items);
}

/**
 * nt_cell_functions_bind:
 * @klass: the class of a widget with a template
 *
 * Registers the types and closures that the templates of all tiles use.
 */
void
nt_cell_functions_bind (GtkWidgetClass *klass)
{
  g_type_ensure (NT_TYPE_SERVER);
  g_type_ensure (NT_TYPE_TEAM_ROW);
  g_type_ensure (NT_TYPE_ADAPTER_ROW);
  g_type_ensure (NT_TYPE_INTERFACE_ROW);
  g_type_ensure (NT_TYPE_STATUS_CELL);
  g_type_ensure (NT_TYPE_TILE);
  gtk_widget_class_bind_template_callback_full (klass, "format_number", G_CALLBACK (format_number));
  gtk_widget_class_bind_template_callback_full (klass, "align", G_CALLBACK (align));
  gtk_widget_class_bind_template_callback_full (klass, "rank_health", G_CALLBACK (rank_health));
  gtk_widget_class_bind_template_callback_full (klass, "format_group", G_CALLBACK (format_group));
}
