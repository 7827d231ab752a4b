/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/print/table.h"

#include <unistd.h>

#define GAP 2

typedef struct
{
  char *text;
  int health; /* NtHealth, -1 = no colour */
} Cell;

struct _NtTable
{
  GPtrArray *rows; /* of GArray of Cell; the first one has the titles */
};

static void
clear_cell (gpointer data)
{
  g_free (((Cell *) data)->text);
}

static void
free_row (gpointer data)
{
  g_array_unref (data);
}

/**
 * nt_table_new:
 *
 * Returns: (transfer full): an empty table
 */
NtTable *
nt_table_new (void)
{
  NtTable *self = g_new0 (NtTable, 1);

  self->rows = g_ptr_array_new_with_free_func (free_row);
  return self;
}

void
nt_table_free (NtTable *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

gboolean
nt_table_is_empty (const NtTable *self)
{
  return self->rows->len == 0;
}

/**
 * nt_table_has_rows:
 *
 * Returns: %TRUE if there are rows besides the titles
 */
gboolean
nt_table_has_rows (const NtTable *self)
{
  return self->rows->len > 1;
}

/**
 * nt_table_add_cell:
 * @text: (nullable):
 * @health: an #NtHealth that determines the colour, or -1
 *
 * Adds a cell to the last row.
 */
void
nt_table_add_cell (NtTable *self, const char *text, int health)
{
  GArray *row = self->rows->pdata[self->rows->len - 1];
  Cell cell = { g_strdup (text ? text : ""), health };

  g_array_append_val (row, cell);
}

void
nt_table_begin_row (NtTable *self)
{
  GArray *row = g_array_new (FALSE, FALSE, sizeof (Cell));

  g_array_set_clear_func (row, clear_cell);
  g_ptr_array_add (self->rows, row);
}

/**
 * nt_table_take:
 * @other: a table with the same columns; it is empty afterwards
 *
 * Appends the rows of another table.
 */
void
nt_table_take (NtTable *self, NtTable *other)
{
  for (guint i = self->rows->len > 0 ? 1 : 0; i < other->rows->len; i++)
    g_ptr_array_add (self->rows, g_array_ref (other->rows->pdata[i]));
  g_ptr_array_set_size (other->rows, 0);
}

/* https://no-color.org */
gboolean
nt_table_has_colour (void)
{
  const char *no_color = g_getenv ("NO_COLOR");
  const char *terminal = g_getenv ("TERM");

  return isatty (STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') && g_strcmp0 (terminal, "dumb") != 0;
}

const char *
nt_table_get_colour (int health)
{
  static const char *const colours[] = {
    [NT_HEALTH_OK] = "\033[32m",      [NT_HEALTH_IDLE] = "\033[36m",    [NT_HEALTH_WARNING] = "\033[33m",
    [NT_HEALTH_FAULT] = "\033[1;31m", [NT_HEALTH_UNKNOWN] = "\033[2m", [NT_HEALTH_BUSY] = "\033[2m",
    [NT_HEALTH_INFO] = "",
  };

  return health >= 0 ? colours[health] : "";
}

static guint
get_width (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
measure (NtTable *self, guint *widths, guint n_columns)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GArray *row = self->rows->pdata[i];

      for (guint j = 0; j < MIN (row->len, n_columns); j++)
        widths[j] = MAX (widths[j], get_width (g_array_index (row, Cell, j).text));
    }
}

static void
render_row (GString *text, GArray *row, const guint *widths, gboolean is_title, gboolean colour)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < row->len; i++)
    {
      const Cell *cell = &g_array_index (row, Cell, i);
      const char *paint = is_title ? "\033[1m" : nt_table_get_colour (cell->health);
      guint gap = i + 1 < row->len ? widths[i] - get_width (cell->text) + GAP : 0;

      if (colour && *paint != '\0')
        g_string_append_printf (line, "%s%s\033[0m", paint, cell->text);
      else
        g_string_append (line, cell->text);
      g_string_append_printf (line, "%*s", (int) gap, "");
    }
  g_string_append_printf (text, "%s\n", g_strchomp (line->str));
  g_string_free (line, TRUE);
}

/**
 * nt_table_render:
 *
 * Appends the table to @text, with aligned columns, and empties it.
 */
void
nt_table_render (NtTable *self, GString *text)
{
  GArray *titles = self->rows->len > 0 ? self->rows->pdata[0] : NULL;
  g_autofree guint *widths = titles ? g_new0 (guint, titles->len) : NULL;
  gboolean colour = nt_table_has_colour ();

  if (titles == NULL)
    return;
  measure (self, widths, titles->len);
  for (guint i = 0; i < self->rows->len; i++)
    render_row (text, self->rows->pdata[i], widths, i == 0, colour);
  g_ptr_array_set_size (self->rows, 0);
}
