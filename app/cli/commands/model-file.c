/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/commands/model-file.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "backend/model/base/record-json.h"
#include "backend/model/state/state.h"

static void
wanted_team_free (gpointer data)
{
  NtModelTeam *self = data;

  g_free (self->server);
  g_free (self->path);
  g_clear_pointer (&self->spec, nt_team_spec_unref);
  g_free (self);
}

void
nt_model_file_free (NtModelFile *self)
{
  g_ptr_array_unref (self->teams);
  g_ptr_array_unref (self->servers);
  g_free (self);
}

static char *
join (const char *path, const char *member)
{
  return g_strconcat (path, *path != '\0' && *member != '\0' ? "." : "", member, NULL);
}

static gboolean
fail_at (const char *path, const char *member, const char *what, GError **error)
{
  g_autofree char *whole = join (path, member);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", *whole ? whole : ".", what);
  return FALSE;
}

static gboolean
has_field (const NtRecordType *type, const char *name)
{
  for (guint i = 0; i < type->n_fields; i++)
    if (g_str_equal (type->fields[i].name, name))
      return TRUE;
  return FALSE;
}

/* Removes the fields of a team that describe its state, not its definition. */
static JsonObject *
drop_status (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next)
    if (has_field (&nt_team_spec_type, name->data) || !has_field (&nt_team_type, name->data))
      json_object_set_member (copy, name->data, json_node_copy (json_object_get_member (object, name->data)));
  return copy;
}

static gboolean
add_spec (NtModelFile *self, JsonNode *node, const char *path, const char *server, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) cause = NULL;
  NtModelTeam *team;
  NtTeamSpec *spec;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail_at (path, "", _("a team definition must be an object"), error);
  object = drop_status (json_node_get_object (node));
  spec = nt_record_from_json (&nt_team_spec_type, object, NT_JSON_STRICT, &cause);
  if (spec == NULL)
    return fail_at (path, cause->message, _("unknown, missing or of the wrong type"), error);
  team = g_new0 (NtModelTeam, 1);
  team->server = g_strdup (server);
  team->path = g_strdup (path);
  team->spec = spec;
  g_ptr_array_add (self->teams, team);
  return TRUE;
}

/* A member of another type counts as missing. */
static JsonNode *
get_value (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = json_object_get_member (object, member);

  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

static gboolean
is_foreign (JsonObject *object)
{
  JsonNode *managed = get_value (object, "managed", G_TYPE_BOOLEAN);

  return managed != NULL && !json_node_get_boolean (managed);
}

/* Adds a team as printed by "team show", or a bare definition. Bonds of other tools have no definition. */
static gboolean
add_team (NtModelFile *self, JsonNode *node, const char *path, const char *server, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *spec = object ? json_object_get_member (object, "spec") : NULL;
  g_autofree char *spec_path = join (path, "spec");

  if (object != NULL && is_foreign (object))
    return TRUE;
  if (spec == NULL)
    return add_spec (self, node, path, server, error);
  return JSON_NODE_HOLDS_NULL (spec) || add_spec (self, spec, spec_path, server, error);
}

static gboolean
add_teams (NtModelFile *self, JsonNode *node, const char *path, const char *server, GError **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return fail_at (path, "", _("not an array of teams"), error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s[%u]", path, i);

      if (!add_team (self, json_array_get_element (array, i), place, server, error))
        return FALSE;
    }
  return TRUE;
}

/* The output of "team show" also has members that are not teams. */
static gboolean
check_members (JsonObject *object, const char *path, GError **error)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next)
    if (!g_str_equal (name->data, "server") && !g_str_equal (name->data, "team") &&
        !g_str_equal (name->data, "features") && !has_field (&nt_state_type, name->data))
      return fail_at (path, name->data, _("unknown field"), error);
  return TRUE;
}

static const char *
add_server (NtModelFile *self, JsonObject *object)
{
  JsonNode *node = get_value (object, "server", G_TYPE_STRING);
  const char *server = node ? json_node_get_string (node) : NULL;

  if (server != NULL && !nt_strings_contain (self->servers, server))
    g_ptr_array_add (self->servers, g_strdup (server));
  return server;
}

/* Adds one server's part of the output of "team show" or "team list", or a single team. */
static gboolean
add_item (NtModelFile *self, JsonNode *node, const char *path, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *teams = object ? json_object_get_member (object, "teams") : NULL;
  JsonNode *team = object ? json_object_get_member (object, "team") : NULL;
  g_autofree char *teams_path = join (path, "teams");
  g_autofree char *team_path = join (path, "team");
  const char *server;

  if (teams == NULL && team == NULL)
    return add_team (self, node, path, NULL, error);
  if (!check_members (object, path, error))
    return FALSE;
  server = add_server (self, object);
  return (teams == NULL || add_teams (self, teams, teams_path, server, error)) &&
         (team == NULL || add_team (self, team, team_path, server, error));
}

static gboolean
add_root (NtModelFile *self, JsonNode *root, GError **error)
{
  JsonArray *array = root && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  if (root == NULL || (array == NULL && !JSON_NODE_HOLDS_OBJECT (root)))
    return fail_at ("", "", _("the file must contain an object or an array of teams"), error);
  if (array == NULL)
    return add_item (self, root, "", error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *path = g_strdup_printf ("[%u]", i);

      if (!add_item (self, json_array_get_element (array, i), path, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * nt_model_file_parse:
 * @text: JSON: a team or its definition, an array of them, {"teams": […]}, or the output of
 *   "nicteam --json team show" or "team list"
 * @error: names the path of the invalid field
 *
 * Returns: (transfer full) (nullable): the definitions in @text
 */
NtModelFile *
nt_model_file_parse (const char *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (NtModelFile) self = g_new0 (NtModelFile, 1);

  self->teams = g_ptr_array_new_with_free_func (wanted_team_free);
  self->servers = nt_strings_new ();
  if (!json_parser_load_from_data (parser, text, -1, error) || !add_root (self, json_parser_get_root (parser), error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Standard input has no known size. */
static char *
read_stdin (GError **error)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  GMemoryOutputStream *text = G_MEMORY_OUTPUT_STREAM (memory);

  if (g_output_stream_splice (memory, input, G_OUTPUT_STREAM_SPLICE_NONE, NULL, error) < 0 ||
      !g_output_stream_write_all (memory, "", 1, NULL, NULL, error) || !g_output_stream_close (memory, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_data (text);
}

/**
 * nt_model_file_read:
 * @path: the path of a file, or "-" for standard input
 *
 * Returns: (transfer full) (nullable): the definitions in the file
 */
NtModelFile *
nt_model_file_read (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  NtModelFile *self;

  if (g_str_equal (path, "-"))
    text = read_stdin (error);
  else if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  if (text == NULL)
    return NULL;
  self = nt_model_file_parse (text, error);
  if (self == NULL)
    g_prefix_error (error, "%s: ", path);
  return self;
}

/**
 * nt_model_file_list:
 * @server: the name of a server
 *
 * A file that defines teams for several servers applies to each of them by name; any other file applies to all servers.
 *
 * Returns: (transfer container) (element-type NtModelTeam) (nullable): the teams for @server; %NULL if the file does
 *   not apply to it
 */
GPtrArray *
nt_model_file_list (const NtModelFile *self, const char *server)
{
  gboolean is_named = nt_strings_contain (self->servers, server);
  GPtrArray *teams;

  if (!is_named && self->servers->len > 1)
    return NULL;
  teams = g_ptr_array_new ();
  for (guint i = 0; i < self->teams->len; i++)
    {
      NtModelTeam *team = self->teams->pdata[i];

      if (team->server == NULL || !is_named || g_str_equal (team->server, server))
        g_ptr_array_add (teams, team);
    }
  return teams;
}
