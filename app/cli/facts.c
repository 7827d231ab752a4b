/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/facts.h"

#define LABEL_WIDTH 18

/**
 * nt_facts_print:
 * @output: where to
 * @label: what it is, translated
 * @value: (nullable): what it is like
 */
void
nt_facts_print (NtOutput *output, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    nt_output_print (output, "%s:%*s %s\n", label, (int) MAX (LABEL_WIDTH - g_utf8_strlen (label, -1), 0), "", value);
}

void
nt_facts_print_health (NtOutput *output, const char *label, NtHealth health, const char *value)
{
  g_autofree char *painted = nt_output_paint (health, value);

  nt_facts_print (output, label, painted);
}

/* -1 is not known. */
void
nt_facts_print_number (NtOutput *output, const char *label, gint64 value)
{
  g_autofree char *text = value >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, value) : NULL;

  nt_facts_print (output, label, text);
}

/**
 * nt_facts_join_strings:
 * @strings: (element-type utf8): words
 *
 * Returns: (transfer full): all of them on one line
 */
char *
nt_facts_join_strings (const GPtrArray *strings)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < strings->len; i++)
    g_ptr_array_add (words, strings->pdata[i]);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" ", (char **) words->pdata);
}

/**
 * nt_facts_join_addresses:
 * @addresses: (element-type NtAddress): addresses
 *
 * Returns: (transfer full): all of them on one line
 */
char *
nt_facts_join_addresses (const GPtrArray *addresses)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < addresses->len; i++)
    g_ptr_array_add (words, ((NtAddress *) addresses->pdata[i])->address);
  return nt_facts_join_strings (words);
}

/**
 * nt_facts_record_to_node:
 * @record: a record
 *
 * Returns: (transfer full): the record as JSON
 */
JsonNode *
nt_facts_record_to_node (gconstpointer record)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, nt_record_to_json (record));
  return node;
}

/**
 * nt_facts_records_to_node:
 * @records: (element-type NtRecord): records
 *
 * Returns: (transfer full): the records as a JSON array
 */
JsonNode *
nt_facts_records_to_node (const GPtrArray *records)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_sized_new (records->len);

  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (array, nt_record_to_json (records->pdata[i]));
  json_node_take_array (node, array);
  return node;
}
