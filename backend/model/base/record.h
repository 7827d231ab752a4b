/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * A record is an immutable, reference-counted value that is described by one table. Its JSON form, comparison, copy and
 * release all follow from the table, so each field is declared only once. The code that creates a record with
 * nt_record_new() or nt_record_copy() fills it in; once it is shared, it never changes.
 */
typedef struct _NtRecordType NtRecordType;

typedef struct
{
  const NtRecordType *type;
  gatomicrefcount ref_count;
} NtRecord;

/* The words of an enumeration: for JSON, and as a label for display (marked for translation). */
typedef struct
{
  const char *nick;
  const char *label;
} NtEnumValue;

typedef struct
{
  const char *name;
  const NtEnumValue *values;
  int n_values;
} NtEnum;

/* The C type of a field. */
typedef enum
{
  NT_FIELD_BOOL,    /* gboolean */
  NT_FIELD_INT,     /* gint64; -1 = absent when optional */
  NT_FIELD_ENUM,    /* int; -1 = absent when optional */
  NT_FIELD_STRING,  /* char *; NULL = absent when optional */
  NT_FIELD_STRINGS, /* GPtrArray of char *, never NULL; absent = empty when optional */
  NT_FIELD_MAP,     /* likewise, of "NAME=VALUE" sorted by name; an object of strings in JSON */
  NT_FIELD_RECORD,  /* a record; NULL = absent when optional */
  NT_FIELD_RECORDS, /* GPtrArray of records, never NULL; absent = empty when optional */
} NtFieldKind;

typedef enum
{
  NT_FIELD_REQUIRED = 0,
  NT_FIELD_OPTIONAL = 1 << 0,
} NtFieldFlags;

typedef struct
{
  const char *name;
  NtFieldKind kind;
  gsize offset;
  NtFieldFlags flags;
  const void *of; /* NtEnum or NtRecordType, by kind */
} NtField;

struct _NtRecordType
{
  const char *name; /* as in the Varlink interface */
  gsize size;
  const NtField *fields;
  guint n_fields;
};

/* Field tables: NT_INT (NtAdapter, mtu, OPTIONAL). The name of the struct member is the name in JSON. */
#define NT_FIELD_(Type, KIND, member, FLAGS, of) \
  { #member, NT_FIELD_##KIND, G_STRUCT_OFFSET (Type, member), NT_FIELD_##FLAGS, of }
#define NT_BOOL(Type, member, FLAGS) NT_FIELD_ (Type, BOOL, member, FLAGS, NULL)
#define NT_INT(Type, member, FLAGS) NT_FIELD_ (Type, INT, member, FLAGS, NULL)
#define NT_ENUM(Type, member, FLAGS, of) NT_FIELD_ (Type, ENUM, member, FLAGS, &of)
#define NT_STRING(Type, member, FLAGS) NT_FIELD_ (Type, STRING, member, FLAGS, NULL)
#define NT_STRINGS(Type, member, FLAGS) NT_FIELD_ (Type, STRINGS, member, FLAGS, NULL)
#define NT_MAP(Type, member, FLAGS) NT_FIELD_ (Type, MAP, member, FLAGS, NULL)
#define NT_RECORD(Type, member, FLAGS, of) NT_FIELD_ (Type, RECORD, member, FLAGS, &of)
#define NT_RECORDS(Type, member, FLAGS, of) NT_FIELD_ (Type, RECORDS, member, FLAGS, &of)

#define NT_DEFINE_RECORD(Type, prefix, wire_name) \
  const NtRecordType prefix##_type = { wire_name, sizeof (Type), prefix##_fields, G_N_ELEMENTS (prefix##_fields) };

#define NT_DEFINE_ENUM(prefix, wire_name) \
  const NtEnum prefix##_enum = { wire_name, prefix##_values, G_N_ELEMENTS (prefix##_values) };

#define NT_DECLARE_RECORD(Type, prefix) \
  extern const NtRecordType prefix##_type; \
  static inline Type *prefix##_new (void) { return (Type *) nt_record_new (&prefix##_type); } \
  static inline Type *prefix##_ref (const Type *self) { return (Type *) nt_record_ref (self); } \
  static inline void prefix##_unref (Type *self) { nt_record_unref (self); } \
  static inline Type *prefix##_copy (const Type *self) { return (Type *) nt_record_copy (self); } \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Type, prefix##_unref)

#define NT_MODEL_ERROR (nt_model_error_quark ())
GQuark nt_model_error_quark (void);

/*
 * NT_MODEL_ERROR_FIELD: a field is unknown, missing, duplicate or of the wrong type. The message of the GError is just
 * the path of that field ("set[0].members"), as expected by Varlink's InvalidParameter.
 */
typedef enum
{
  NT_MODEL_ERROR_FIELD,
} NtModelError;

gpointer nt_record_new (const NtRecordType *type);
gpointer nt_record_ref (gconstpointer record);
void nt_record_unref (gpointer record);
gpointer nt_record_copy (gconstpointer record);
gboolean nt_record_equal (gconstpointer a, gconstpointer b);
gboolean nt_field_equal (const NtField *field, gconstpointer a, gconstpointer b);
gboolean nt_field_is_set (const NtField *field, gconstpointer record);

/* The parameters of a method without parameters. */
typedef struct
{
  NtRecord record;
} NtNothing;

NT_DECLARE_RECORD (NtNothing, nt_nothing)

GPtrArray *nt_records_new (void);
GPtrArray *nt_strings_new (void);
GPtrArray *nt_strings_copy (const GPtrArray *strings);
GPtrArray *nt_strings_subtract (const GPtrArray *self, const GPtrArray *others);
char *nt_strings_join (const GPtrArray *self, const char *separator);
GPtrArray *nt_strings_split (const char *text, const char *separator);
gboolean nt_strings_contain (const GPtrArray *strings, const char *string);
const char *nt_map_get (const GPtrArray *map, const char *name);
void nt_map_set (GPtrArray *map, const char *name, const char *value);

const char *nt_enum_nick (const NtEnum *words, int value);
const char *nt_enum_label (const NtEnum *words, int value);
int nt_enum_parse (const NtEnum *words, const char *nick);

G_END_DECLS
