/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/print/output.h"

#include <glib/gi18n-lib.h>

#include "app/cli/print/table.h"

struct _NtOutput
{
  gboolean json;
  gboolean many_servers;
  gboolean has_complained;
  NtTable *table;
  GString *text;       /* printed before the table */
  GString *complaints; /* for standard error */
  JsonArray *servers;
};

/**
 * nt_output_new:
 * @json: print JSON instead of tables
 * @many_servers: add a column for the server to tables
 *
 * Returns: (transfer full): an output that is printed when it is freed
 */
NtOutput *
nt_output_new (gboolean json, gboolean many_servers)
{
  NtOutput *self = g_new0 (NtOutput, 1);

  self->json = json;
  self->many_servers = many_servers;
  self->table = nt_table_new ();
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

/**
 * nt_output_colorize:
 *
 * Returns: (transfer full): @text, in the colour of @health if the terminal has colours
 */
char *
nt_output_colorize (NtHealth health, const char *text)
{
  if (!nt_table_has_colour ())
    return g_strdup (text);
  return g_strconcat (nt_table_get_colour (health), text, "\033[0m", NULL);
}

/**
 * nt_output_set_columns:
 * @titles: (array zero-terminated=1): marked for translation
 *
 * Begins a table, unless the current one has rows.
 */
void
nt_output_set_columns (NtOutput *self, const char *const *titles)
{
  if (!nt_table_is_empty (self->table))
    return;
  nt_table_begin_row (self->table);
  if (self->many_servers)
    nt_table_add_cell (self->table, _("SERVER"), -1);
  for (; *titles != NULL; titles++)
    nt_table_add_cell (self->table, _(*titles), -1);
}

void
nt_output_begin_row (NtOutput *self, const char *server)
{
  nt_table_begin_row (self->table);
  if (self->many_servers)
    nt_table_add_cell (self->table, server, -1);
}

void
nt_output_add_cell (NtOutput *self, const char *text)
{
  nt_table_add_cell (self->table, text, -1);
}

void
nt_output_add_health (NtOutput *self, NtHealth health, const char *text)
{
  nt_table_add_cell (self->table, text, health);
}

/**
 * nt_output_flush:
 *
 * Ends the table, so that later text is printed after it. Titles without rows are not printed if there are messages
 * on standard error.
 */
void
nt_output_flush (NtOutput *self)
{
  if (!self->json && (nt_table_has_rows (self->table) || !self->has_complained))
    nt_table_render (self->table, self->text);
}

/**
 * nt_output_print:
 * @format: text, including its newline
 *
 * Prints text before the current table.
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
 * nt_output_print_error:
 * @line: a message for standard error, without a newline
 */
void
nt_output_print_error (NtOutput *self, const char *line)
{
  self->has_complained = TRUE;
  g_string_append_printf (self->complaints, "%s\n", line);
}

static void
print_and_clear (GString *text, void (*print) (const char *format, ...))
{
  if (text->len > 0)
    print ("%s", text->str);
  g_string_truncate (text, 0);
}

/**
 * nt_output_emit:
 *
 * Prints pending text and messages now, but not the table.
 */
void
nt_output_emit (NtOutput *self)
{
  print_and_clear (self->complaints, g_printerr);
  print_and_clear (self->text, g_print);
}

/**
 * nt_output_take:
 * @other: the output of one server; it is empty afterwards
 *
 * Prints the text and the messages of @other, and appends its rows and its JSON objects.
 */
void
nt_output_take (NtOutput *self, NtOutput *other)
{
  nt_output_emit (other);
  self->has_complained |= other->has_complained;
  nt_table_take (self->table, other->table);
  for (guint i = 0; i < json_array_get_length (other->servers); i++)
    json_array_add_object_element (self->servers, json_object_ref (json_array_get_object_element (other->servers, i)));
  json_array_unref (other->servers);
  other->servers = json_array_new ();
}

/* Returns the object of @server if it does not have @member yet. */
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
 * @value: (transfer full):
 *
 * Adds a member to the JSON object of @server.
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
  nt_table_free (self->table);
  g_string_free (self->text, TRUE);
  g_string_free (self->complaints, TRUE);
  json_array_unref (self->servers);
  g_free (self);
}
