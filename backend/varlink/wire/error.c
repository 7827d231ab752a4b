/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/wire/error.h"

#include <glib/gi18n-lib.h>

#include "backend/model/base/access-level.h"

/* Additional data of remote errors. */
typedef struct
{
  char *name;
  JsonObject *parameters;
} NtVarlinkErrorPrivate;

static void
nt_varlink_error_private_init (NtVarlinkErrorPrivate *priv)
{
}

static void
nt_varlink_error_private_copy (const NtVarlinkErrorPrivate *source, NtVarlinkErrorPrivate *target)
{
  target->name = g_strdup (source->name);
  target->parameters = source->parameters ? json_object_ref (source->parameters) : NULL;
}

static void
nt_varlink_error_private_clear (NtVarlinkErrorPrivate *priv)
{
  g_clear_pointer (&priv->name, g_free);
  g_clear_pointer (&priv->parameters, json_object_unref);
}

G_DEFINE_EXTENDED_ERROR (NtVarlinkError, nt_varlink_error)

static const char *
get_string_member (JsonObject *object, const char *member)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
is_true_member (JsonObject *object, const char *member)
{
  JsonNode *node = object ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

static NtVarlinkError
code_for_name (const char *name)
{
  static const struct
  {
    const char *name;
    NtVarlinkError code;
  } codes[] = {
    { NT_VARLINK_INTERFACE_NOT_FOUND, NT_VARLINK_ERROR_NOT_FOUND },
    { NT_VARLINK_METHOD_NOT_FOUND, NT_VARLINK_ERROR_NOT_FOUND },
    { NT_VARLINK_METHOD_NOT_IMPLEMENTED, NT_VARLINK_ERROR_NOT_FOUND },
    { NT_VARLINK_INVALID_PARAMETER, NT_VARLINK_ERROR_INVALID_PARAMETER },
    { NT_VARLINK_PERMISSION_DENIED, NT_VARLINK_ERROR_PERMISSION_DENIED },
    { NT_VARLINK_ACCESS_DENIED, NT_VARLINK_ERROR_PERMISSION_DENIED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i].name, name))
      return codes[i].code;
  return NT_VARLINK_ERROR_REMOTE;
}

/* The message of the agent is in English, so a translated one is used. */
static char *
describe_denial (JsonObject *parameters)
{
  const char *level = get_string_member (parameters, "level");

  return g_strdup (nt_access_explain_denial (level ? nt_enum_parse (&nt_access_level_enum, level) : NT_ACCESS_NONE,
                                             is_true_member (parameters, "groups_unknown")));
}

static char *
describe (NtVarlinkError code, const char *name, JsonObject *parameters)
{
  const char *message = get_string_member (parameters, "message");
  const char *field = get_string_member (parameters, "parameter");

  if (g_str_equal (name, NT_VARLINK_ACCESS_DENIED))
    return describe_denial (parameters);
  if (message != NULL && *message != '\0')
    return g_strdup (message);
  if (code == NT_VARLINK_ERROR_INVALID_PARAMETER && field != NULL)
    return g_strdup_printf (_("The server rejected the value of “%s”"), field);
  if (code == NT_VARLINK_ERROR_PERMISSION_DENIED)
    return g_strdup (_("Permission denied by the server"));
  if (code == NT_VARLINK_ERROR_NOT_FOUND)
    return g_strdup (_("The agent on the server does not support this request; it may be too old"));
  return g_strdup_printf (_("The server reported the error %s"), name);
}

/**
 * nt_varlink_error_new_remote:
 * @name: the full name of the error
 * @parameters: (nullable): its parameters
 *
 * Creates an error for an error reply. Its text is the parameter `message`, if present.
 *
 * Returns: (transfer full): the error
 */
GError *
nt_varlink_error_new_remote (const char *name, JsonObject *parameters)
{
  NtVarlinkError code = code_for_name (name);
  g_autofree char *text = describe (code, name, parameters);
  GError *error = g_error_new_literal (NT_VARLINK_ERROR, code, text);
  NtVarlinkErrorPrivate *priv = nt_varlink_error_get_private (error);

  priv->name = g_strdup (name);
  priv->parameters = parameters ? json_object_ref (parameters) : NULL;
  return error;
}

/**
 * nt_varlink_error_get_name:
 * @error: an error of any domain
 *
 * Returns: (nullable): the full Varlink name; %NULL if the error is not an error reply
 */
const char *
nt_varlink_error_get_name (const GError *error)
{
  if (error->domain != NT_VARLINK_ERROR)
    return NULL;
  return nt_varlink_error_get_private (error)->name;
}

/**
 * nt_varlink_error_get_parameters:
 * @error: an error of any domain
 *
 * Returns: (nullable) (transfer none): the parameters of the error reply
 */
JsonObject *
nt_varlink_error_get_parameters (const GError *error)
{
  if (error->domain != NT_VARLINK_ERROR)
    return NULL;
  return nt_varlink_error_get_private (error)->parameters;
}

/**
 * nt_varlink_error_get_string:
 * @error: an error of any domain
 * @member: the name of a parameter
 *
 * Returns: (nullable): the parameter; %NULL if it is absent or not a string
 */
const char *
nt_varlink_error_get_string (const GError *error, const char *member)
{
  return get_string_member (nt_varlink_error_get_parameters (error), member);
}
