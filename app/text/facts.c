/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/text/facts.h"

/**
 * nt_facts_add:
 * @label: translated
 * @value: (nullable): %NULL or "" if unknown, in which case @listener is not called
 */
void
nt_facts_add (const NtFactSink *listener, NtFactSection section, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    listener->func (section, label, value, listener->user_data);
}

/**
 * nt_facts_add_number:
 * @label: translated
 * @value: -1 if unknown, in which case @listener is not called
 */
void
nt_facts_add_number (const NtFactSink *listener, NtFactSection section, const char *label, gint64 value)
{
  g_autofree char *text = value >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, value) : NULL;

  nt_facts_add (listener, section, label, text);
}

/**
 * nt_facts_join_strings:
 * @strings: (element-type utf8):
 *
 * Returns: (transfer full): @strings in one line
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
 * @addresses: (element-type NtAddress):
 *
 * Returns: (transfer full): @addresses in one line
 */
char *
nt_facts_join_addresses (const GPtrArray *addresses)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < addresses->len; i++)
    g_ptr_array_add (words, ((NtAddress *) addresses->pdata[i])->address);
  return nt_facts_join_strings (words);
}
