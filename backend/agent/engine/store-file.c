/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/store-file.h"

#include "backend/model/base/record-json.h"

#include <glib/gi18n-lib.h>

/*
 * A file of the store: {"version": 2, "checksum": SHA-256 of the content's compact text, "content": a record}. The
 * version comes first and is read before anything else, so that a newer file is left alone. Version 1, of agent 0.1,
 * was the record alone; only its definitions had the version, as a field.
 */

/* Fields of version 1 that have another name now. */
static const struct
{
  const char *before;
  const char *now;
} renamed[] = {
  { "up_delay", "up_delay_ms" },
  { "time", "time_s" },
};

static void
migrate_members (JsonObject *object)
{
  for (guint i = 0; i < G_N_ELEMENTS (renamed); i++)
    {
      JsonNode *value = json_object_dup_member (object, renamed[i].before);

      if (value == NULL)
        continue;
      json_object_remove_member (object, renamed[i].before);
      json_object_set_member (object, renamed[i].now, value);
    }
}

/* Gives the fields of version 1 their present names, in @node and all nodes inside. */
static void
migrate (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        migrate (json_array_get_element (array, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) values = NULL;

      migrate_members (object);
      values = json_object_get_values (object);
      for (GList *value = values; value != NULL; value = value->next)
        migrate (value->data);
    }
}

static char *
compute_checksum (JsonNode *content)
{
  g_autofree char *text = json_to_string (content, FALSE);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static gboolean
set_damaged_error (GError **error, const char *path, const char *what)
{
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _("%s is damaged: %s"), path, what);
  return FALSE;
}

/* Returns the version of a document; 1 if it has none. */
static gint64
get_version (JsonObject *document)
{
  JsonNode *version = json_object_get_member (document, "version");

  return version != NULL && JSON_NODE_HOLDS_VALUE (version) && json_node_get_value_type (version) == G_TYPE_INT64
           ? json_node_get_int (version) : 1;
}

/* Returns (nullable) the node of the record in the document @root. */
static JsonNode *
open_envelope (JsonNode *root, const char *path, GError **error)
{
  JsonObject *document = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  gint64 version = document ? get_version (document) : 1;
  g_autofree char *checksum = NULL;
  JsonNode *content;

  if (document == NULL)
    return (set_damaged_error (error, path, _("it is no JSON object")), NULL);
  if (version > NT_STORE_VERSION)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSYS,
                   _("%s was written by a newer agent (version %d); this agent supports version %d"), path, (int) version,
                   NT_STORE_VERSION);
      return NULL;
    }
  if (version < NT_STORE_VERSION)
    {
      migrate (root);
      return root;
    }
  content = json_object_get_member (document, "content");
  checksum = content ? compute_checksum (content) : NULL;
  if (g_strcmp0 (checksum, json_object_get_string_member_with_default (document, "checksum", "")) != 0)
    return (set_damaged_error (error, path, _("its checksum is wrong")), NULL);
  return content;
}

/**
 * nt_store_file_load:
 * @error: G_FILE_ERROR; G_FILE_ERROR_INVAL if the file is damaged, G_FILE_ERROR_NOSYS if a newer agent wrote it
 *
 * Returns: (transfer full) (nullable): the record in the file; %NULL without an error if the file does not exist
 */
gpointer
nt_store_file_load (const char *path, const NtRecordType *type, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) problem = NULL;
  JsonNode *content;
  gpointer record;

  if (!g_file_get_contents (path, &text, NULL, &problem))
    {
      if (!g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  root = json_from_string (text, &problem);
  if (root == NULL)
    return (set_damaged_error (error, path, problem ? problem->message : _("it is empty")), NULL);
  content = open_envelope (root, path, error);
  if (content == NULL)
    return NULL;
  record = JSON_NODE_HOLDS_OBJECT (content)
             ? nt_record_from_json (type, json_node_get_object (content), NT_JSON_LENIENT, &problem) : NULL;
  if (record == NULL)
    set_damaged_error (error, path, problem ? problem->message : type->name);
  return record;
}

/**
 * nt_store_file_save:
 * @error: G_FILE_ERROR
 *
 * Replaces the file atomically; the new one is on disk when this returns.
 *
 * Returns: %TRUE on success
 */
gboolean
nt_store_file_save (const char *path, gconstpointer record, GError **error)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonNode *content = json_node_new (JSON_NODE_OBJECT);
  JsonObject *document = json_object_new ();
  g_autofree char *checksum = NULL;
  g_autofree char *text = NULL;

  json_node_take_object (content, nt_record_to_json (record));
  checksum = compute_checksum (content);
  json_object_set_int_member (document, "version", NT_STORE_VERSION);
  json_object_set_string_member (document, "checksum", checksum);
  json_object_set_member (document, "content", content);
  json_node_take_object (root, document);
  text = json_to_string (root, TRUE);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}
