/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "varlink/fields.h"

static gboolean
holds_value (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
read_value (const NtVarlinkField *field, JsonNode *node, gpointer target)
{
  gpointer place = (guint8 *) target + field->offset;

  switch (field->type)
    {
    case NT_VARLINK_FIELD_STRING:
      if (holds_value (node, G_TYPE_STRING))
        return (*(const char **) place = json_node_get_string (node)) != NULL;
      return FALSE;
    case NT_VARLINK_FIELD_INT:
      *(gint64 *) place = holds_value (node, G_TYPE_INT64) ? json_node_get_int (node) : 0;
      return holds_value (node, G_TYPE_INT64);
    case NT_VARLINK_FIELD_BOOL:
      *(gboolean *) place = holds_value (node, G_TYPE_BOOLEAN) && json_node_get_boolean (node);
      return holds_value (node, G_TYPE_BOOLEAN);
    case NT_VARLINK_FIELD_OBJECT:
      return JSON_NODE_HOLDS_OBJECT (node) && (*(JsonObject **) place = json_node_get_object (node)) != NULL;
    case NT_VARLINK_FIELD_ARRAY:
      return JSON_NODE_HOLDS_ARRAY (node) && (*(JsonArray **) place = json_node_get_array (node)) != NULL;
    default:
      return FALSE;
    }
}

static const NtVarlinkField *
find_field (const NtVarlinkField *fields, const char *name)
{
  for (; fields->name != NULL; fields++)
    if (g_str_equal (fields->name, name))
      return fields;
  return NULL;
}

static gboolean
is_absent (JsonObject *parameters, const char *name)
{
  JsonNode *node = json_object_get_member (parameters, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

/**
 * nt_varlink_fields_read:
 * @fields: a table that ends with a field without a name
 * @parameters: the parameters of a call
 * @target: the structure to fill; what is absent is left as it is
 * @invalid_field: (out) (transfer none): the parameter that is unknown,
 *   missing, or of another type
 *
 * Reads parameters into a structure. Nothing is converted: a number with a
 * fraction is no integer.
 *
 * Returns: %TRUE if all is well
 */
gboolean
nt_varlink_fields_read (const NtVarlinkField *fields,
                        JsonObject *parameters,
                        gpointer target,
                        const char **invalid_field)
{
  JsonObjectIter iter;
  JsonNode *node;

  json_object_iter_init (&iter, parameters);
  while (json_object_iter_next (&iter, invalid_field, &node))
    {
      const NtVarlinkField *field = find_field (fields, *invalid_field);

      if (field == NULL || (!JSON_NODE_HOLDS_NULL (node) && !read_value (field, node, target)))
        return FALSE;
    }

  for (; fields->name != NULL; fields++)
    {
      *invalid_field = fields->name;
      if (fields->required && is_absent (parameters, fields->name))
        return FALSE;
    }
  return TRUE;
}
