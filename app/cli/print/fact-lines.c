/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/print/fact-lines.h"

#include "backend/model/base/record-json.h"

#define LABEL_WIDTH 18

/**
 * nt_facts_print:
 * @label: translated
 * @value: (nullable):
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
  g_autofree char *painted = nt_output_colorize (health, value);

  nt_facts_print (output, label, painted);
}

/* Prints nothing for -1, which means unknown. */
void
nt_facts_print_number (NtOutput *output, const char *label, gint64 value)
{
  g_autofree char *text = value >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, value) : NULL;

  nt_facts_print (output, label, text);
}

static void
print_fact (NtFactSection section, const char *label, const char *value, gpointer user_data)
{
  nt_facts_print (user_data, label, value);
}

/**
 * nt_facts_listen:
 *
 * Returns: a listener that prints all facts
 */
NtFactSink
nt_facts_listen (NtOutput *output)
{
  return (NtFactSink) { print_fact, output };
}

/**
 * nt_facts_record_to_node:
 *
 * Returns: (transfer full): @record as a JSON object
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
 * @records: (element-type NtRecord):
 *
 * Returns: (transfer full): @records as a JSON array
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
