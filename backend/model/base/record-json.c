/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/record-json.h"

#include "backend/model/base/record.h"

#include <string.h>

#define AT(record, field, Type) (*(Type *) ((char *) (record) + (field)->offset))

static void
add_strings (JsonObject *object, const char *name, const GPtrArray *strings)
{
  JsonArray *array = json_array_sized_new (strings->len);

  for (guint i = 0; i < strings->len; i++)
    json_array_add_string_element (array, strings->pdata[i]);
  json_object_set_array_member (object, name, array);
}

static void
add_map (JsonObject *object, const char *name, const GPtrArray *map)
{
  JsonObject *members = json_object_new ();

  for (guint i = 0; i < map->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (map->pdata[i], "=", 2);

      json_object_set_string_member (members, parts[0], parts[1]);
    }
  json_object_set_object_member (object, name, members);
}

static void
add_records (JsonObject *object, const char *name, const GPtrArray *records)
{
  JsonArray *array = json_array_sized_new (records->len);

  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (array, nt_record_to_json (records->pdata[i]));
  json_object_set_array_member (object, name, array);
}

static void
add_field (JsonObject *object, const NtField *field, gconstpointer record)
{
  switch (field->kind)
    {
    case NT_FIELD_BOOL:
      json_object_set_boolean_member (object, field->name, AT (record, field, gboolean));
      break;
    case NT_FIELD_INT:
      json_object_set_int_member (object, field->name, AT (record, field, gint64));
      break;
    case NT_FIELD_ENUM:
      json_object_set_string_member (object, field->name, nt_enum_nick (field->of, AT (record, field, int)));
      break;
    case NT_FIELD_STRING:
      json_object_set_string_member (object, field->name, AT (record, field, char *));
      break;
    case NT_FIELD_STRINGS:
      add_strings (object, field->name, AT (record, field, GPtrArray *));
      break;
    case NT_FIELD_MAP:
      add_map (object, field->name, AT (record, field, GPtrArray *));
      break;
    case NT_FIELD_RECORD:
      json_object_set_object_member (object, field->name, nt_record_to_json (AT (record, field, gpointer)));
      break;
    case NT_FIELD_RECORDS:
      add_records (object, field->name, AT (record, field, GPtrArray *));
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * nt_record_to_json:
 *
 * Leaves out absent fields and empty optional arrays.
 *
 * Returns: (transfer full): @record as JSON
 */
JsonObject *
nt_record_to_json (gconstpointer record)
{
  const NtRecordType *type = ((const NtRecord *) record)->type;
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < type->n_fields; i++)
    if (nt_field_is_set (&type->fields[i], record))
      add_field (object, &type->fields[i], record);
  return object;
}

/**
 * nt_record_to_text:
 * @pretty: %TRUE to indent the text for reading
 *
 * Returns: (transfer full): @record as JSON text
 */
char *
nt_record_to_text (gconstpointer record, gboolean pretty)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, nt_record_to_json (record));
  return json_to_string (node, pretty);
}

static gboolean
fail (GError **error, const char *name)
{
  g_set_error_literal (error, NT_MODEL_ERROR, NT_MODEL_ERROR_FIELD, name);
  return FALSE;
}

/* Prepends the outer name to the path of the inner error: "members[1]" becomes "set[0].members[1]". */
static gboolean
fail_inside (GError **error, GError *inner, const char *name, int index)
{
  if (index >= 0)
    g_set_error (error, NT_MODEL_ERROR, NT_MODEL_ERROR_FIELD, "%s[%d].%s", name, index, inner->message);
  else
    g_set_error (error, NT_MODEL_ERROR, NT_MODEL_ERROR_FIELD, "%s.%s", name, inner->message);
  g_error_free (inner);
  return FALSE;
}

static gboolean
node_is (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
read_enum (const NtField *field, gpointer record, JsonNode *node, NtJsonMode mode)
{
  int value;

  if (!node_is (node, G_TYPE_STRING))
    return FALSE;
  value = nt_enum_parse (field->of, json_node_get_string (node));
  /* A word that is unknown here may come from a newer agent; the field is then absent. */
  if (value < 0 && mode == NT_JSON_STRICT)
    return FALSE;
  if (value < 0 && !(field->flags & NT_FIELD_OPTIONAL))
    value = 0;
  AT (record, field, int) = value;
  return TRUE;
}

static gboolean
read_strings (const NtField *field, gpointer record, JsonNode *node, GError **error)
{
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!node_is (element, G_TYPE_STRING))
        {
          g_set_error (error, NT_MODEL_ERROR, NT_MODEL_ERROR_FIELD, "%s[%u]", field->name, i);
          return FALSE;
        }
      g_ptr_array_add (AT (record, field, GPtrArray *), g_strdup (json_node_get_string (element)));
    }
  return TRUE;
}

/* A name with “=” could not be told from its value. */
static gboolean
read_map (const NtField *field, gpointer record, JsonNode *node, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      if (!node_is (value, G_TYPE_STRING) || strchr (name, '=') != NULL)
        {
          g_set_error (error, NT_MODEL_ERROR, NT_MODEL_ERROR_FIELD, "%s.%s", field->name, name);
          return FALSE;
        }
      nt_map_set (AT (record, field, GPtrArray *), name, json_node_get_string (value));
    }
  return TRUE;
}

static gboolean
read_record (const NtField *field, gpointer *out, JsonNode *node, int index, NtJsonMode mode, GError **error)
{
  GError *inner = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, field->name);
  *out = nt_record_from_json (field->of, json_node_get_object (node), mode, &inner);
  return *out != NULL || fail_inside (error, inner, field->name, index);
}

static gboolean
read_records (const NtField *field, gpointer record, JsonNode *node, NtJsonMode mode, GError **error)
{
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gpointer element = NULL;

      if (!read_record (field, &element, json_array_get_element (array, i), (int) i, mode, error))
        return FALSE;
      g_ptr_array_add (AT (record, field, GPtrArray *), element);
    }
  return TRUE;
}

static gboolean
read_field (const NtField *field, gpointer record, JsonNode *node, NtJsonMode mode, GError **error)
{
  switch (field->kind)
    {
    case NT_FIELD_BOOL:
      if (!node_is (node, G_TYPE_BOOLEAN))
        break;
      AT (record, field, gboolean) = json_node_get_boolean (node);
      return TRUE;
    case NT_FIELD_INT:
      if (!node_is (node, G_TYPE_INT64))
        break;
      AT (record, field, gint64) = json_node_get_int (node);
      /* -1 represents an absent number, so it is not a valid value. */
      if ((field->flags & NT_FIELD_OPTIONAL) && AT (record, field, gint64) == -1)
        break;
      return TRUE;
    case NT_FIELD_ENUM:
      if (!read_enum (field, record, node, mode))
        break;
      return TRUE;
    case NT_FIELD_STRING:
      if (!node_is (node, G_TYPE_STRING))
        break;
      AT (record, field, char *) = g_strdup (json_node_get_string (node));
      return TRUE;
    case NT_FIELD_STRINGS:
      if (!JSON_NODE_HOLDS_ARRAY (node))
        break;
      return read_strings (field, record, node, error);
    case NT_FIELD_MAP:
      if (!JSON_NODE_HOLDS_OBJECT (node))
        break;
      return read_map (field, record, node, error);
    case NT_FIELD_RECORD:
      return read_record (field, &AT (record, field, gpointer), node, -1, mode, error);
    case NT_FIELD_RECORDS:
      if (!JSON_NODE_HOLDS_ARRAY (node))
        break;
      return read_records (field, record, node, mode, error);
    default:
      g_assert_not_reached ();
    }
  return fail (error, field->name);
}

static gboolean
check_unknown (const NtRecordType *type, JsonObject *object, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      gboolean known = FALSE;

      for (guint i = 0; i < type->n_fields && !known; i++)
        known = g_str_equal (type->fields[i].name, name);
      if (!known)
        return fail (error, name);
    }
  return TRUE;
}

/**
 * nt_record_from_json:
 * @object: the received object
 * @mode: determines if unknown fields and words are errors
 * @error: NT_MODEL_ERROR_FIELD, with the path of the field as its message
 *
 * A field that is null counts as absent, as specified by Varlink.
 *
 * Returns: (transfer full) (nullable): a record of @type
 */
gpointer
nt_record_from_json (const NtRecordType *type, JsonObject *object, NtJsonMode mode, GError **error)
{
  NtRecord *record;

  if (mode == NT_JSON_STRICT && !check_unknown (type, object, error))
    return NULL;

  record = nt_record_new (type);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const NtField *field = &type->fields[i];
      JsonNode *node = json_object_get_member (object, field->name);
      gboolean ok;

      if (node == NULL || JSON_NODE_HOLDS_NULL (node))
        ok = (field->flags & NT_FIELD_OPTIONAL) || fail (error, field->name);
      else
        ok = read_field (field, record, node, mode, error);
      if (!ok)
        {
          nt_record_unref (record);
          return NULL;
        }
    }
  return record;
}

/**
 * nt_record_from_text:
 * @text: a JSON object from a file of the agent or the console
 * @mode: determines if unknown fields are errors
 * @error: an error of json-glib, or NT_MODEL_ERROR_FIELD
 *
 * Returns: (transfer full) (nullable): a record of @type
 */
gpointer
nt_record_from_text (const NtRecordType *type, const char *text, NtJsonMode mode, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, error);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, NT_MODEL_ERROR, NT_MODEL_ERROR_FIELD, type->name);
      return NULL;
    }
  return nt_record_from_json (type, json_node_get_object (node), mode, error);
}
