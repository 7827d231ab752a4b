/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/host-list.h"

#include <gio/gio.h>
#include <string.h>

#include "app/reach/server-address.h"
#include "app/servers/inventory.h"

static gboolean
has_name (const GPtrArray *entries, const char *name)
{
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (((const NtHostEntry *) entries->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static void
add_host (GPtrArray *entries, const char *name, const char *address)
{
  if (!has_name (entries, name))
    g_ptr_array_add (entries, nt_host_entry_new (name, address));
}

/* TRUE unless @text is list markup such as a dash or a bracket. */
static gboolean
is_word (const char *text)
{
  while (*text != '\0' && g_ascii_ispunct (*text) && *text != '/')
    text++;
  return *text != '\0';
}

/* A line of /etc/hosts: an address and names, the first of which is used. */
static gboolean
read_hosts_line (GPtrArray *entries, char **words)
{
  if (words[0] == NULL || words[1] == NULL || !g_hostname_is_ip_address (words[0]) || g_hostname_is_ip_address (words[1]))
    return FALSE;
  add_host (entries, words[1], words[0]);
  return TRUE;
}

static void
read_words (GPtrArray *entries, const char *line)
{
  g_auto (GStrv) split = g_strsplit_set (line, " ,;\t\"'", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (char **word = split; *word != NULL; word++)
    if (is_word (*word))
      g_strv_builder_add (builder, *word);
  words = g_strv_builder_end (builder);
  if (read_hosts_line (entries, words))
    return;
  for (char **word = words; *word != NULL && entries->len < NT_HOSTS_MAX; word++)
    {
      g_autoptr (NtServerAddress) address = nt_server_address_parse (*word, NULL);
      g_autofree char *name = address ? nt_server_address_get_default_name (address) : g_strdup (*word);

      add_host (entries, g_str_equal (*word, "local") ? *word : name, *word);
    }
}

/* A comment may follow a host on the same line. */
static void
strip_comment (char *line)
{
  char *mark = line;

  while ((mark = strchr (mark, '#')) != NULL && mark != line && !g_ascii_isspace (mark[-1]))
    mark++;
  if (mark != NULL)
    *mark = '\0';
}

/* Removes comments, empty lines and surrounding space. */
static char **
split_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\n\r", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **line = lines; *line != NULL; line++)
    {
      strip_comment (*line);
      g_strstrip (*line);
      if (**line != '\0' && **line != ';')
        g_strv_builder_add (builder, *line);
    }
  return g_strv_builder_end (builder);
}

/**
 * nt_host_list_parse:
 * @text: hosts separated by spaces, commas, quotes or newlines; lines of /etc/hosts; or an Ansible inventory in INI
 *   format, recognised by its sections, see
 *   https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html
 *
 * Returns: (transfer full) (element-type NtHostEntry): the hosts, without duplicates
 */
GPtrArray *
nt_host_list_parse (const char *text)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) nt_host_entry_free);
  g_auto (GStrv) lines = split_lines (text);
  gboolean has_sections = FALSE;

  for (char **line = lines; *line != NULL; line++)
    has_sections |= nt_inventory_is_section (*line);
  if (has_sections)
    nt_inventory_read (entries, lines);
  for (char **line = lines; !has_sections && *line != NULL; line++)
    read_words (entries, *line);
  return entries;
}
