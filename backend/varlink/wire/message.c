/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/wire/message.h"

#include <string.h>

#include "backend/varlink/wire/error.h"
#include "backend/varlink/wire/limits.h"
#include "backend/varlink/wire/scan.h"

static gboolean
set_protocol_error (GError **error, const char *what)
{
  g_set_error (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_PROTOCOL, "Not a Varlink message: %s", what);
  return FALSE;
}

/* Scans and parses a message; *invalid_field is set if just one parameter is invalid. */
static JsonObject *
parse_object (GBytes *frame, gsize max_values, char **invalid_field, GError **error)
{
  g_auto (NtScanResult) result = { NT_SCAN_OK };
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;
  const char *text = g_bytes_get_data (frame, &length);

  if (!nt_scan (text, length, &result))
    {
      g_set_error (error,
                   NT_VARLINK_ERROR,
                   NT_VARLINK_ERROR_PROTOCOL,
                   "Not a Varlink message: %s at byte %" G_GSIZE_FORMAT,
                   nt_scan_problem_to_string (result.problem),
                   result.offset);
      return NULL;
    }
  if (result.n_values > max_values)
    {
      g_set_error (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_TOO_BIG,
                   "A message contains more than %" G_GSIZE_FORMAT " values", max_values);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, text, length, error))
    return NULL;

  *invalid_field = g_steal_pointer (&result.invalid_field);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static gboolean
read_string (JsonNode *node, char **target)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *target = json_node_dup_string (node);
  return TRUE;
}

static gboolean
read_boolean (JsonNode *node, gboolean *target)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *target = json_node_get_boolean (node);
  return TRUE;
}

/* Absent and null parameters are equivalent to an empty object. */
static gboolean
read_parameters (JsonNode *node, JsonObject **target)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    *target = json_object_ref (json_node_get_object (node));
  return JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_NULL (node);
}

static gboolean
read_flag (JsonNode *node, NtVarlinkCallFlags flag, NtVarlinkCallFlags *flags)
{
  gboolean set;

  if (!read_boolean (node, &set))
    return FALSE;
  if (set)
    *flags |= flag;
  return TRUE;
}

static gboolean
read_call_member (NtVarlinkCallMessage *self, const char *name, JsonNode *node)
{
  if (g_str_equal (name, "method"))
    return read_string (node, &self->method);
  if (g_str_equal (name, "parameters"))
    return read_parameters (node, &self->parameters);
  if (g_str_equal (name, "oneway"))
    return read_flag (node, NT_VARLINK_CALL_ONEWAY, &self->flags);
  if (g_str_equal (name, "more"))
    return read_flag (node, NT_VARLINK_CALL_MORE, &self->flags);
  if (g_str_equal (name, "upgrade"))
    return read_flag (node, NT_VARLINK_CALL_UPGRADE, &self->flags);
  return FALSE;
}

static gboolean
has_one_flag_at_most (NtVarlinkCallFlags flags)
{
  return (flags & (flags - 1)) == 0;
}

static gboolean
read_reply_member (NtVarlinkReplyMessage *self, const char *name, JsonNode *node)
{
  if (g_str_equal (name, "error"))
    return read_string (node, &self->error);
  if (g_str_equal (name, "parameters"))
    return read_parameters (node, &self->parameters);
  if (g_str_equal (name, "continues"))
    return read_boolean (node, &self->continues);
  return FALSE;
}

static gboolean
read_call (NtVarlinkCallMessage *self, JsonObject *object, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    if (!read_call_member (self, name, node))
      return set_protocol_error (error, name);

  if (self->method == NULL)
    return set_protocol_error (error, "missing method");
  if (!has_one_flag_at_most (self->flags))
    return set_protocol_error (error, "mutually exclusive flags");
  return TRUE;
}

static gboolean
read_reply (NtVarlinkReplyMessage *self, JsonObject *object, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    if (!read_reply_member (self, name, node))
      return set_protocol_error (error, name);

  if (self->error != NULL && self->continues)
    return set_protocol_error (error, "an error reply that continues");
  return TRUE;
}

/* The NUL at the end of the string terminates the message. */
static GBytes *
build_frame (JsonObject *object)
{
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), object);
  char *text = json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text) + 1);
}

static void
add_parameters (JsonObject *object, JsonObject *parameters)
{
  json_object_set_object_member (object,
                                 "parameters",
                                 parameters ? json_object_ref (parameters) : json_object_new ());
}

/**
 * nt_varlink_call_message_parse:
 * @frame: a message without its NUL
 * @error: %NT_VARLINK_ERROR_PROTOCOL or %NT_VARLINK_ERROR_TOO_BIG; the connection must then be closed
 *
 * Parses a call strictly.
 *
 * Returns: (transfer full) (nullable): the call
 */
NtVarlinkCallMessage *
nt_varlink_call_message_parse (GBytes *frame, GError **error)
{
  g_autoptr (NtVarlinkCallMessage) self = g_new0 (NtVarlinkCallMessage, 1);
  g_autoptr (JsonObject) object = parse_object (frame, NT_LIMIT_CALL_VALUES, &self->invalid_field, error);

  if (object == NULL || !read_call (self, object, error))
    return NULL;
  if (self->parameters == NULL)
    self->parameters = json_object_new ();
  self->size = g_bytes_get_size (frame);
  return g_steal_pointer (&self);
}

/**
 * nt_varlink_call_message_build:
 * @method: the full name of a method
 * @parameters: (nullable): its parameters
 * @flags: the kind of reply that is expected
 *
 * Returns: (transfer full): the message with its final NUL
 */
GBytes *
nt_varlink_call_message_build (const char *method, JsonObject *parameters, NtVarlinkCallFlags flags)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "method", method);
  add_parameters (object, parameters);
  if (flags & NT_VARLINK_CALL_ONEWAY)
    json_object_set_boolean_member (object, "oneway", TRUE);
  if (flags & NT_VARLINK_CALL_MORE)
    json_object_set_boolean_member (object, "more", TRUE);
  return build_frame (object);
}

void
nt_varlink_call_message_free (NtVarlinkCallMessage *self)
{
  g_free (self->method);
  g_clear_pointer (&self->parameters, json_object_unref);
  g_free (self->invalid_field);
  g_free (self);
}

/**
 * nt_varlink_reply_message_parse:
 * @frame: a message without its NUL
 * @error: %NT_VARLINK_ERROR_PROTOCOL
 *
 * Parses a reply strictly.
 *
 * Returns: (transfer full) (nullable): the reply
 */
NtVarlinkReplyMessage *
nt_varlink_reply_message_parse (GBytes *frame, GError **error)
{
  g_autoptr (NtVarlinkReplyMessage) self = g_new0 (NtVarlinkReplyMessage, 1);
  g_autofree char *invalid_field = NULL;
  g_autoptr (JsonObject) object = parse_object (frame, G_MAXSIZE, &invalid_field, error);

  if (object == NULL || !read_reply (self, object, error))
    return NULL;
  if (invalid_field != NULL)
    {
      set_protocol_error (error, invalid_field);
      return NULL;
    }
  if (self->parameters == NULL)
    self->parameters = json_object_new ();
  return g_steal_pointer (&self);
}

/**
 * nt_varlink_reply_message_build:
 * @error: (nullable): the full name of an error
 * @parameters: (nullable): the parameters
 * @continues: %TRUE if another reply to the same call follows
 *
 * Returns: (transfer full): the message with its final NUL
 */
GBytes *
nt_varlink_reply_message_build (const char *error, JsonObject *parameters, gboolean continues)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (error != NULL)
    json_object_set_string_member (object, "error", error);
  add_parameters (object, parameters);
  if (continues)
    json_object_set_boolean_member (object, "continues", TRUE);
  return build_frame (object);
}

void
nt_varlink_reply_message_free (NtVarlinkReplyMessage *self)
{
  g_free (self->error);
  g_clear_pointer (&self->parameters, json_object_unref);
  g_free (self);
}
