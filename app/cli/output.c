/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/output.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GAP 2

typedef struct
{
  char *text;
  int health; /* NtHealth, -1 = no colour */
} Cell;

struct _NtOutput
{
  gboolean json;
  gboolean many_servers;
  GPtrArray *rows; /* of GArray of Cell; the first is the titles */
  GString *text;       /* what comes before the table */
  GString *complaints; /* for standard error */
  JsonArray *servers;
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
 * nt_output_new:
 * @json: whether to print JSON in place of tables
 * @many_servers: whether tables have a column for the server
 *
 * Returns: (transfer full): an output that is printed when it is freed
 */
NtOutput *
nt_output_new (gboolean json, gboolean many_servers)
{
  NtOutput *self = g_new0 (NtOutput, 1);

  self->json = json;
  self->many_servers = many_servers;
  self->rows = g_ptr_array_new_with_free_func (free_row);
  self->text = g_string_new (NULL);
  self->complaints = g_string_new (NULL);
  self->servers = json_array_new ();
  return self;
}

gboolean
nt_output_is_json (NtOutput *self)
{
  return self->json;
}

/* https://no-color.org */
static gboolean
has_colour (void)
{
  const char *no_color = g_getenv ("NO_COLOR");
  const char *terminal = g_getenv ("TERM");

  return isatty (STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') && g_strcmp0 (terminal, "dumb") != 0;
}

static const char *
get_colour (int health)
{
  static const char *const colours[] = {
    [NT_HEALTH_OK] = "\033[32m",      [NT_HEALTH_IDLE] = "\033[36m",    [NT_HEALTH_WARNING] = "\033[33m",
    [NT_HEALTH_FAULT] = "\033[1;31m", [NT_HEALTH_UNKNOWN] = "\033[2m", [NT_HEALTH_BUSY] = "\033[2m",
  };

  return health >= 0 ? colours[health] : "";
}

/**
 * nt_output_paint:
 * @health: what the colour says
 * @text: what the word says
 *
 * Returns: (transfer full): the text, in colour where the terminal has it
 */
char *
nt_output_paint (NtHealth health, const char *text)
{
  if (!has_colour ())
    return g_strdup (text);
  return g_strconcat (get_colour (health), text, "\033[0m", NULL);
}

static void
add_cell (NtOutput *self, const char *text, int health)
{
  GArray *row = self->rows->pdata[self->rows->len - 1];
  Cell cell = { g_strdup (text ? text : ""), health };

  g_array_append_val (row, cell);
}

static void
begin_row (NtOutput *self)
{
  GArray *row = g_array_new (FALSE, FALSE, sizeof (Cell));

  g_array_set_clear_func (row, clear_cell);
  g_ptr_array_add (self->rows, row);
}

/**
 * nt_output_set_columns:
 * @self: an output
 * @titles: (array zero-terminated=1): marked for translation
 *
 * Begins a table, unless one with rows is there already.
 */
void
nt_output_set_columns (NtOutput *self, const char *const *titles)
{
  if (self->rows->len > 0)
    return;
  begin_row (self);
  if (self->many_servers)
    add_cell (self, _ ("SERVER"), -1);
  for (; *titles != NULL; titles++)
    add_cell (self, _ (*titles), -1);
}

void
nt_output_begin_row (NtOutput *self, const char *server)
{
  begin_row (self);
  if (self->many_servers)
    add_cell (self, server, -1);
}

void
nt_output_add_cell (NtOutput *self, const char *text)
{
  add_cell (self, text, -1);
}

void
nt_output_add_health (NtOutput *self, NtHealth health, const char *text)
{
  add_cell (self, text, health);
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
measure (NtOutput *self, guint *widths, guint n_columns)
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
      const char *paint = is_title ? "\033[1m" : get_colour (cell->health);
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
 * nt_output_flush:
 * @self: an output
 *
 * Ends the table: what is printed from now on comes behind it.
 */
void
nt_output_flush (NtOutput *self)
{
  GArray *titles = self->rows->len > 0 ? self->rows->pdata[0] : NULL;
  g_autofree guint *widths = titles ? g_new0 (guint, titles->len) : NULL;
  gboolean colour = has_colour ();

  if (titles == NULL || self->json)
    return;
  measure (self, widths, titles->len);
  for (guint i = 0; i < self->rows->len; i++)
    render_row (self->text, self->rows->pdata[i], widths, i == 0, colour);
  g_ptr_array_set_size (self->rows, 0);
}

/**
 * nt_output_print:
 * @self: an output
 * @format: text with its newline
 *
 * Text that stands before the table, or behind one that was flushed.
 */
void
nt_output_print (NtOutput *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->text, format, arguments);
  va_end (arguments);
}

/**
 * nt_output_complain:
 * @self: an output
 * @line: what goes to standard error, without a newline
 */
void
nt_output_complain (NtOutput *self, const char *line)
{
  g_string_append_printf (self->complaints, "%s\n", line);
}

static void
print_and_forget (GString *text, void (*print) (const char *format, ...))
{
  if (text->len > 0)
    print ("%s", text->str);
  g_string_truncate (text, 0);
}

/**
 * nt_output_emit:
 * @self: an output
 *
 * Prints text and complaints now; a table goes on.
 */
void
nt_output_emit (NtOutput *self)
{
  print_and_forget (self->complaints, g_printerr);
  print_and_forget (self->text, g_print);
}

static void
take_rows (NtOutput *self, NtOutput *other)
{
  for (guint i = self->rows->len > 0 ? 1 : 0; i < other->rows->len; i++)
    g_ptr_array_add (self->rows, g_array_ref (other->rows->pdata[i]));
  g_ptr_array_set_size (other->rows, 0);
}

/**
 * nt_output_take:
 * @self: an output
 * @other: the output of one server, which is empty afterwards
 *
 * Text and complaints are printed, rows are added to the table, JSON to the array.
 */
void
nt_output_take (NtOutput *self, NtOutput *other)
{
  nt_output_emit (other);
  take_rows (self, other);
  for (guint i = 0; i < json_array_get_length (other->servers); i++)
    json_array_add_object_element (self->servers, json_object_ref (json_array_get_object_element (other->servers, i)));
  json_array_unref (other->servers);
  other->servers = json_array_new ();
}

/* The object that was begun for a server, if it can take one more member of that name. */
static JsonObject *
find_object (NtOutput *self, const char *server, const char *member)
{
  guint count = json_array_get_length (self->servers);
  JsonObject *last = count > 0 ? json_array_get_object_element (self->servers, count - 1) : NULL;

  if (last == NULL || g_strcmp0 (json_object_get_string_member (last, "server"), server) != 0)
    return NULL;
  return json_object_has_member (last, member) ? NULL : last;
}

/**
 * nt_output_add_json:
 * @self: an output
 * @server: the name of a server
 * @member: what @value is called
 * @value: (transfer full): what is told of the server
 */
void
nt_output_add_json (NtOutput *self, const char *server, const char *member, JsonNode *value)
{
  JsonObject *object = find_object (self, server, member);

  if (object == NULL)
    {
      object = json_object_new ();
      json_object_set_string_member (object, "server", server);
      json_array_add_object_element (self->servers, object);
    }
  json_object_set_member (object, member, value);
}

void
nt_output_add_error (NtOutput *self, const char *server, int code, const char *message)
{
  JsonObject *error = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (error, "code", code);
  json_object_set_string_member (error, "message", message);
  json_node_take_object (node, error);
  nt_output_add_json (self, server, "error", node);
}

static void
print_json (NtOutput *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;

  json_node_set_array (node, self->servers);
  text = json_to_string (node, TRUE);
  g_print ("%s\n", text);
}

void
nt_output_free (NtOutput *self)
{
  if (self->json && json_array_get_length (self->servers) > 0)
    print_json (self);
  else
    nt_output_flush (self);
  nt_output_emit (self);
  g_ptr_array_unref (self->rows);
  g_string_free (self->text, TRUE);
  g_string_free (self->complaints, TRUE);
  json_array_unref (self->servers);
  g_free (self);
}
