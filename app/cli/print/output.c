/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/print/output.h"

#include <glib/gi18n-lib.h>

#include "app/cli/print/standard-output.h"
#include "app/cli/print/table.h"

struct _NtOutput
{
  NtOutputFormat format;
  gboolean many_servers;
  gboolean has_complained;
  NtTable *table;
  GString *text;       /* printed before the table */
  GString *complaints; /* for standard error */
  JsonArray *servers;  /* one object per server */
};

/**
 * nt_output_new:
 * @many_servers: add a column for the server to tables
 *
 * Returns: (transfer full): an empty output
 */
NtOutput *
nt_output_new (NtOutputFormat format, gboolean many_servers)
{
  NtOutput *self = g_new0 (NtOutput, 1);

  self->format = format;
  self->many_servers = many_servers;
  self->table = nt_table_new ();
  self->text = g_string_new (NULL);
  self->complaints = g_string_new (NULL);
  self->servers = json_array_new ();
  return self;
}

NtOutputFormat
nt_output_get_format (NtOutput *self)
{
  return self->format;
}

gboolean
nt_output_is_json (NtOutput *self)
{
  return self->format != NT_OUTPUT_TEXT;
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
  if (self->format == NT_OUTPUT_TEXT && (nt_table_has_rows (self->table) || !self->has_complained))
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

/* Returns the object of @server, which is added if there is none yet. */
static JsonObject *
find_object (NtOutput *self, const char *server)
{
  JsonObject *object;

  for (guint i = 0; i < json_array_get_length (self->servers); i++)
    {
      object = json_array_get_object_element (self->servers, i);
      if (g_strcmp0 (json_object_get_string_member (object, "server"), server) == 0)
        return object;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "server", server);
  json_array_add_object_element (self->servers, object);
  return object;
}

static JsonArray *
find_errors (JsonObject *object)
{
  if (!json_object_has_member (object, "errors"))
    json_object_set_array_member (object, "errors", json_array_new ());
  return json_object_get_array_member (object, "errors");
}

/* Moves what @object has to the object of the same server. Errors are added to those that it has. */
static void
merge_object (NtOutput *self, JsonObject *object)
{
  JsonObject *place = find_object (self, json_object_get_string_member (object, "server"));
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member != NULL; member = member->next)
    if (!g_str_equal (member->data, "errors"))
      json_object_set_member (place, member->data, json_object_dup_member (object, member->data));
    else
      {
        JsonArray *errors = json_object_get_array_member (object, "errors");

        for (guint i = 0; i < json_array_get_length (errors); i++)
          json_array_add_element (find_errors (place), json_array_dup_element (errors, i));
      }
}

/**
 * nt_output_take:
 * @other: the output of one server; it is empty afterwards
 *
 * Prints the text and the messages of @other, and appends its rows and its JSON members. JSON lines are printed too.
 */
void
nt_output_take (NtOutput *self, NtOutput *other)
{
  nt_output_emit (other);
  self->has_complained |= other->has_complained;
  nt_table_take (self->table, other->table);
  for (guint i = 0; i < json_array_get_length (other->servers); i++)
    if (self->format == NT_OUTPUT_JSON_LINES)
      nt_output_print_object (json_array_get_object_element (other->servers, i));
    else
      merge_object (self, json_array_get_object_element (other->servers, i));
  json_array_unref (other->servers);
  other->servers = json_array_new ();
}

/**
 * nt_output_add_server:
 *
 * Makes sure that the JSON array has an object of @server, even if nothing is to be said of it.
 */
void
nt_output_add_server (NtOutput *self, const char *server)
{
  if (self->format == NT_OUTPUT_JSON)
    find_object (self, server);
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
  json_object_set_member (find_object (self, server), member, value);
}

/**
 * nt_output_add_error:
 * @code: an #NtExit
 * @message: may contain bytes that are not UTF-8, such as words of ssh
 *
 * Adds an error to the JSON object of @server.
 */
void
nt_output_add_error (NtOutput *self, const char *server, int code, const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  JsonObject *error = json_object_new ();

  json_object_set_int_member (error, "code", code);
  json_object_set_string_member (error, "message", valid);
  json_array_add_object_element (find_errors (find_object (self, server)), error);
}

/* JSON is UTF-8 in every locale (RFC 8259, section 8.1). */
static void
print_node (JsonNode *node, gboolean pretty)
{
  g_autofree char *text = json_to_string (node, pretty);
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  nt_stdout_write (line);
}

/**
 * nt_output_print_object:
 *
 * Prints a JSON object now, on one line.
 */
void
nt_output_print_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  print_node (node, FALSE);
}

static void
print_array (NtOutput *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, self->servers);
  print_node (node, TRUE);
}

/**
 * nt_output_end:
 *
 * Prints everything that has not been printed yet.
 */
void
nt_output_end (NtOutput *self)
{
  if (self->format == NT_OUTPUT_JSON)
    print_array (self);
  for (guint i = 0; self->format == NT_OUTPUT_JSON_LINES && i < json_array_get_length (self->servers); i++)
    nt_output_print_object (json_array_get_object_element (self->servers, i));
  nt_output_flush (self);
  nt_output_emit (self);
}

void
nt_output_free (NtOutput *self)
{
  nt_table_free (self->table);
  g_string_free (self->text, TRUE);
  g_string_free (self->complaints, TRUE);
  json_array_unref (self->servers);
  g_free (self);
}
