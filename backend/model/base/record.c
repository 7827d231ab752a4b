/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (nt-model-error-quark, nt_model_error)

#define AT(record, field, Type) (*(Type *) ((char *) (record) + (field)->offset))

const NtRecordType nt_nothing_type = { "Nothing", sizeof (NtNothing), NULL, 0 };

static gpointer
value_copy (NtFieldKind kind, gpointer value)
{
  if (value == NULL)
    return NULL;

  switch (kind)
    {
    case NT_FIELD_STRING:
      return g_strdup (value);
    case NT_FIELD_STRINGS:
    case NT_FIELD_MAP:
      return nt_strings_copy (value);
    case NT_FIELD_RECORD:
      return nt_record_ref (value);
    case NT_FIELD_RECORDS:
      {
        GPtrArray *source = value;
        GPtrArray *copy = nt_records_new ();

        for (guint i = 0; i < source->len; i++)
          g_ptr_array_add (copy, nt_record_ref (source->pdata[i]));
        return copy;
      }
    case NT_FIELD_BOOL:
    case NT_FIELD_INT:
    case NT_FIELD_ENUM:
    default:
      g_assert_not_reached ();
    }
}

static void
field_init (const NtField *field, gpointer record)
{
  gboolean optional = (field->flags & NT_FIELD_OPTIONAL) != 0;

  if (field->kind == NT_FIELD_INT)
    AT (record, field, gint64) = optional ? -1 : 0;
  else if (field->kind == NT_FIELD_ENUM)
    AT (record, field, int) = optional ? -1 : 0;
  else if (field->kind == NT_FIELD_STRINGS || field->kind == NT_FIELD_MAP)
    AT (record, field, GPtrArray *) = nt_strings_new ();
  else if (field->kind == NT_FIELD_RECORDS)
    AT (record, field, GPtrArray *) = nt_records_new ();
}

static void
field_clear (const NtField *field, gpointer record)
{
  if (field->kind == NT_FIELD_STRING)
    g_clear_pointer (&AT (record, field, char *), g_free);
  else if (field->kind == NT_FIELD_RECORD)
    g_clear_pointer (&AT (record, field, NtRecord *), nt_record_unref);
  else if (field->kind == NT_FIELD_STRINGS || field->kind == NT_FIELD_MAP || field->kind == NT_FIELD_RECORDS)
    g_clear_pointer (&AT (record, field, GPtrArray *), g_ptr_array_unref);
}

/**
 * nt_record_new:
 *
 * Creates a record with all fields absent, zero or empty.
 *
 * Returns: (transfer full): a record of the C type that @type describes
 */
gpointer
nt_record_new (const NtRecordType *type)
{
  NtRecord *record = g_malloc0 (type->size);

  record->type = type;
  g_atomic_ref_count_init (&record->ref_count);
  for (guint i = 0; i < type->n_fields; i++)
    field_init (&type->fields[i], record);

  return record;
}

/**
 * nt_record_ref:
 *
 * Records are immutable, so a reference may be taken through a const pointer.
 *
 * Returns: (transfer full): @record
 */
gpointer
nt_record_ref (gconstpointer record)
{
  NtRecord *self = (NtRecord *) record;

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
nt_record_unref (gpointer record)
{
  NtRecord *self = record;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->type->n_fields; i++)
    field_clear (&self->type->fields[i], self);
  g_free (self);
}

/**
 * nt_record_copy:
 *
 * Makes a copy that may be changed; nested records are shared.
 *
 * Returns: (transfer full): a record of the same type
 */
gpointer
nt_record_copy (gconstpointer record)
{
  const NtRecord *self = record;
  NtRecord *copy = g_memdup2 (record, self->type->size);

  g_atomic_ref_count_init (&copy->ref_count);
  for (guint i = 0; i < self->type->n_fields; i++)
    {
      const NtField *field = &self->type->fields[i];

      if (field->kind >= NT_FIELD_STRING)
        AT (copy, field, gpointer) = value_copy (field->kind, AT (record, field, gpointer));
    }

  return copy;
}

static gboolean
arrays_equal (const GPtrArray *a, const GPtrArray *b, GEqualFunc equal)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

/**
 * nt_field_equal:
 * @field: a field of the type of both records
 *
 * Returns: %TRUE if the field has the same value in both
 */
gboolean
nt_field_equal (const NtField *field, gconstpointer a, gconstpointer b)
{
  switch (field->kind)
    {
    case NT_FIELD_BOOL:
      return !AT (a, field, gboolean) == !AT (b, field, gboolean);
    case NT_FIELD_INT:
      return AT (a, field, gint64) == AT (b, field, gint64);
    case NT_FIELD_ENUM:
      return AT (a, field, int) == AT (b, field, int);
    case NT_FIELD_STRING:
      return g_strcmp0 (AT (a, field, char *), AT (b, field, char *)) == 0;
    case NT_FIELD_STRINGS:
    case NT_FIELD_MAP:
      return arrays_equal (AT (a, field, GPtrArray *), AT (b, field, GPtrArray *), g_str_equal);
    case NT_FIELD_RECORD:
      return nt_record_equal (AT (a, field, gpointer), AT (b, field, gpointer));
    case NT_FIELD_RECORDS:
      return arrays_equal (AT (a, field, GPtrArray *), AT (b, field, GPtrArray *), nt_record_equal);
    default:
      g_assert_not_reached ();
    }
}

/**
 * nt_field_is_set:
 *
 * Returns: %TRUE if the field has a value: not NULL, not -1 in an optional number, not an empty optional array
 */
gboolean
nt_field_is_set (const NtField *field, gconstpointer record)
{
  gboolean optional = (field->flags & NT_FIELD_OPTIONAL) != 0;

  if (field->kind == NT_FIELD_INT)
    return !optional || AT (record, field, gint64) != -1;
  if (field->kind == NT_FIELD_ENUM)
    return !optional || AT (record, field, int) != -1;
  if (optional && (field->kind == NT_FIELD_STRINGS || field->kind == NT_FIELD_MAP || field->kind == NT_FIELD_RECORDS))
    return AT (record, field, GPtrArray *)->len > 0;
  return field->kind == NT_FIELD_BOOL || AT (record, field, gpointer) != NULL;
}

/**
 * nt_record_equal:
 * @a: (nullable): a record
 * @b: (nullable): another record
 *
 * Returns: %TRUE if both have the same type and values
 */
gboolean
nt_record_equal (gconstpointer a, gconstpointer b)
{
  const NtRecordType *type;

  if (a == b || a == NULL || b == NULL)
    return a == b;
  type = ((const NtRecord *) a)->type;
  if (type != ((const NtRecord *) b)->type)
    return FALSE;
  for (guint i = 0; i < type->n_fields; i++)
    if (!nt_field_equal (&type->fields[i], a, b))
      return FALSE;
  return TRUE;
}

GPtrArray *
nt_records_new (void)
{
  return g_ptr_array_new_with_free_func (nt_record_unref);
}

GPtrArray *
nt_strings_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

/**
 * nt_strings_copy:
 * @strings: (element-type utf8): strings
 *
 * Returns: (transfer full) (element-type utf8): a copy of the array and of each string
 */
GPtrArray *
nt_strings_copy (const GPtrArray *strings)
{
  GPtrArray *copy = nt_strings_new ();

  for (guint i = 0; i < strings->len; i++)
    g_ptr_array_add (copy, g_strdup (strings->pdata[i]));
  return copy;
}

/**
 * nt_strings_subtract:
 * @self: (element-type utf8): strings
 * @others: (element-type utf8): strings
 *
 * Returns: (transfer full) (element-type utf8): the strings of @self that are not in @others
 */
GPtrArray *
nt_strings_subtract (const GPtrArray *self, const GPtrArray *others)
{
  GPtrArray *rest = nt_strings_new ();

  for (guint i = 0; i < self->len; i++)
    if (!nt_strings_contain (others, self->pdata[i]))
      g_ptr_array_add (rest, g_strdup (self->pdata[i]));
  return rest;
}

/**
 * nt_strings_join:
 * @self: (element-type utf8): strings
 *
 * Returns: (transfer full): the strings, separated by @separator
 */
char *
nt_strings_join (const GPtrArray *self, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? separator : "", (const char *) self->pdata[i]);
  return g_string_free (text, FALSE);
}

/**
 * nt_strings_split:
 * @text: strings, separated by @separator
 *
 * Returns: (transfer full) (element-type utf8): the strings; empty if @text is
 */
GPtrArray *
nt_strings_split (const char *text, const char *separator)
{
  GPtrArray *strings = nt_strings_new ();
  g_auto (GStrv) words = g_strsplit (text, separator, -1);

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (strings, g_strdup (words[i]));
  return strings;
}

gboolean
nt_strings_contain (const GPtrArray *strings, const char *string)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *) strings, string, g_str_equal, NULL);
}

/* Returns the index of the entry @name; of the place for it if there is none. */
static guint
find_in_map (const GPtrArray *map, const char *name, gboolean *found)
{
  gsize length = strlen (name);
  guint index = 0;
  int order = -1;

  while (index < map->len && (order = strncmp (map->pdata[index], name, length)) < 0)
    index++;
  *found = index < map->len && order == 0 && ((const char *) map->pdata[index])[length] == '=';
  return index;
}

/* Returns the value of the entry @name; NULL if there is none. */
const char *
nt_map_get (const GPtrArray *map, const char *name)
{
  gboolean found;
  guint index = find_in_map (map, name, &found);

  return found ? (const char *) map->pdata[index] + strlen (name) + 1 : NULL;
}

/* Sets the entry @name; a value of NULL removes it. */
void
nt_map_set (GPtrArray *map, const char *name, const char *value)
{
  gboolean found;
  guint index = find_in_map (map, name, &found);

  if (found)
    g_ptr_array_remove_index (map, index);
  if (value != NULL)
    g_ptr_array_insert (map, (int) index, g_strconcat (name, "=", value, NULL));
}

/**
 * nt_enum_nick:
 * @value: a value of the enumeration, or -1
 *
 * Returns: (nullable): the word for @value in JSON and on the command line; NULL for -1
 */
const char *
nt_enum_nick (const NtEnum *words, int value)
{
  return value >= 0 && value < words->n_values ? words->values[value].nick : NULL;
}

/**
 * nt_enum_label:
 * @value: a value of the enumeration, or -1
 *
 * Returns: the translated label of @value; an empty string for -1
 */
const char *
nt_enum_label (const NtEnum *words, int value)
{
  return value >= 0 && value < words->n_values ? _(words->values[value].label) : "";
}

/**
 * nt_enum_parse:
 * @nick: a word, in which "-" is equivalent to "_"
 *
 * Returns: the value, or -1 if the enumeration has no such word
 */
int
nt_enum_parse (const NtEnum *words, const char *nick)
{
  g_autofree char *normalized = g_strdelimit (g_strdup (nick), "-", '_');

  for (int i = 0; i < words->n_values; i++)
    {
      g_autofree char *word = g_strdelimit (g_strdup (words->values[i].nick), "-", '_');

      if (g_str_equal (word, normalized))
        return i;
    }
  return -1;
}
