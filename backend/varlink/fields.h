/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * NtVarlinkFieldType:
 * @NT_VARLINK_FIELD_STRING: into a `const char *`
 * @NT_VARLINK_FIELD_INT: into a `gint64`
 * @NT_VARLINK_FIELD_BOOL: into a `gboolean`
 * @NT_VARLINK_FIELD_OBJECT: into a `JsonObject *`
 * @NT_VARLINK_FIELD_ARRAY: into a `JsonArray *`
 *
 * What a parameter must be, and the type of its place in the caller's
 * structure. Pointers are borrowed from the parameters.
 */
typedef enum
{
  NT_VARLINK_FIELD_STRING,
  NT_VARLINK_FIELD_INT,
  NT_VARLINK_FIELD_BOOL,
  NT_VARLINK_FIELD_OBJECT,
  NT_VARLINK_FIELD_ARRAY,
} NtVarlinkFieldType;

/**
 * NtVarlinkField:
 * @name: the parameter; %NULL ends a table
 * @type: its type
 * @offset: of its place in the structure, by G_STRUCT_OFFSET()
 * @required: whether it may not be absent or null
 */
typedef struct
{
  const char *name;
  NtVarlinkFieldType type;
  gsize offset;
  gboolean required;
} NtVarlinkField;

gboolean nt_varlink_fields_read (const NtVarlinkField *fields,
                                 JsonObject *parameters,
                                 gpointer target,
                                 const char **invalid_field);

G_END_DECLS
