/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "inventory.h"

#include <stdlib.h>
#include <string.h>

/* A range such as [1:99999999] is a slip of the finger. */
#define HOSTS_MAX 10000

/* What has been read of an inventory so far. */
typedef struct
{
  GPtrArray *entries;  /* of NtHostEntry, in their order */
  GHashTable *by_name; /* borrowed from entries */
  GHashTable *parents; /* group → GPtrArray of the groups that it is a child of */
  GHashTable *users;   /* group → who logs in */
  char *group;         /* whose section it is */
  char *part;          /* "vars" or "children"; NULL = hosts */
} Reading;

static void
add_group (NtHostEntry *entry, const char *group)
{
  if (g_str_equal (group, "all") || g_str_equal (group, "ungrouped") ||
      g_ptr_array_find_with_equal_func (entry->groups, group, g_str_equal, NULL))
    return;
  g_ptr_array_add (entry->groups, g_strdup (group));
}

static NtHostEntry *
find_or_add (Reading *reading, const char *name)
{
  NtHostEntry *entry = g_hash_table_lookup (reading->by_name, name);

  if (entry == NULL && reading->entries->len < HOSTS_MAX)
    {
      entry = nt_host_entry_new (name, NULL);
      g_ptr_array_add (reading->entries, entry);
      g_hash_table_insert (reading->by_name, entry->name, entry);
    }
  return entry;
}

/* "user@" before the host, which a variable may have given already. */
static void
take_user (NtHostEntry *entry, const char *user)
{
  g_autofree char *host = g_steal_pointer (&entry->address);

  entry->address = strchr (host, '@') ? g_steal_pointer (&host) : g_strdup_printf ("%s@%s", user, host);
}

static void
take_variables (NtHostEntry *entry, char **words)
{
  const char *user = NULL;

  for (; *words != NULL; words++)
    {
      const char *value = strchr (*words, '=');
      g_autofree char *key = value ? g_strndup (*words, value - *words) : NULL;

      if (value == NULL)
        continue;
      if (g_str_equal (key, "ansible_host") || g_str_equal (key, "ansible_ssh_host"))
        {
          g_free (entry->address);
          entry->address = g_strdup (value + 1);
        }
      else if (g_str_equal (key, "ansible_user") || g_str_equal (key, "ansible_ssh_user"))
        user = value + 1;
      else if (g_str_equal (key, "ansible_port") || g_str_equal (key, "ansible_ssh_port"))
        entry->port = atoi (value + 1);
      else if (g_str_equal (key, "ansible_connection") && g_str_equal (value + 1, "local"))
        {
          g_free (entry->address);
          entry->address = g_strdup ("local");
        }
    }
  if (user != NULL && !g_str_equal (entry->address, "local"))
    take_user (entry, user);
}

/* Takes the port off "host:22", which is not the address of IPv6. Returns 0 where there is none. */
static int
split_port (char *name)
{
  char *colon = strchr (name, ':');

  if (colon == NULL || strchr (colon + 1, ':') != NULL || colon[1] == '\0' ||
      strspn (colon + 1, "0123456789") != strlen (colon + 1))
    return 0;
  *colon = '\0';
  return atoi (colon + 1);
}

static void expand (const char *pattern, GPtrArray *names);

static void
expand_value (const char *pattern, const char *open, const char *close, const char *value, GPtrArray *names)
{
  g_autofree char *name = g_strdup_printf ("%.*s%s%s", (int) (open - pattern), pattern, value, close + 1);

  if (names->len < HOSTS_MAX)
    expand (name, names);
}

/* "web[01:12]" and "web[a:c]" are all of them, with a third part in steps, as Ansible writes it. */
static void
expand (const char *pattern, GPtrArray *names)
{
  const char *open = strchr (pattern, '[');
  const char *close = open ? strchr (open, ']') : NULL;
  g_autofree char *inner = close ? g_strndup (open + 1, close - open - 1) : NULL;
  g_auto (GStrv) parts = inner ? g_strsplit (inner, ":", 3) : NULL;
  guint n_parts = parts ? g_strv_length (parts) : 0;
  gboolean is_number = n_parts >= 2 && g_ascii_isdigit (parts[0][0]) && g_ascii_isdigit (parts[1][0]);
  gboolean is_letter = n_parts >= 2 && strlen (parts[0]) == 1 && strlen (parts[1]) == 1;
  int step = n_parts == 3 ? MAX (atoi (parts[2]), 1) : 1;

  if (!is_number && !is_letter)
    {
      g_ptr_array_add (names, g_strdup (pattern));
      return;
    }
  for (int i = is_number ? atoi (parts[0]) : parts[0][0];
       i <= (is_number ? atoi (parts[1]) : parts[1][0]) && names->len < HOSTS_MAX; i += step)
    {
      g_autofree char *value =
        is_number ? g_strdup_printf ("%0*d", (int) strlen (parts[0]), i) : g_strdup_printf ("%c", i);

      expand_value (pattern, open, close, value, names);
    }
}

static void
read_host (Reading *reading, char **words)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  expand (words[0], names);
  for (guint i = 0; i < names->len; i++)
    {
      int port = split_port (names->pdata[i]);
      NtHostEntry *entry = find_or_add (reading, names->pdata[i]);

      if (entry == NULL)
        return;
      entry->port = port ? port : entry->port;
      take_variables (entry, words + 1);
      add_group (entry, reading->group);
    }
}

static void
read_child (Reading *reading, const char *child)
{
  GPtrArray *parents = g_hash_table_lookup (reading->parents, child);

  if (parents == NULL)
    {
      parents = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (reading->parents, g_strdup (child), parents);
    }
  g_ptr_array_add (parents, g_strdup (reading->group));
}

/* Variables are one a line, and may have spaces around "=". */
static void
read_variable (Reading *reading, const char *line)
{
  const char *value = strchr (line, '=');
  g_autofree char *key = value ? g_strstrip (g_strndup (line, value - line)) : NULL;

  if (key != NULL && (g_str_equal (key, "ansible_user") || g_str_equal (key, "ansible_ssh_user")))
    g_hash_table_replace (reading->users, g_strdup (reading->group), g_strstrip (g_strdup (value + 1)));
}

static void
begin_section (Reading *reading, const char *line)
{
  g_autofree char *name = g_strndup (line + 1, strcspn (line + 1, "]"));
  g_auto (GStrv) parts = g_strsplit (name, ":", 2);

  g_free (reading->group);
  g_free (reading->part);
  reading->group = g_strstrip (g_strdup (parts[0] ? parts[0] : ""));
  reading->part = parts[0] ? g_strdup (parts[1]) : NULL;
}

static void
read_line (Reading *reading, const char *line)
{
  g_auto (GStrv) words = NULL;

  if (*line == '[')
    begin_section (reading, line);
  else if (g_strcmp0 (reading->part, "vars") == 0)
    read_variable (reading, line);
  else if (g_shell_parse_argv (line, NULL, &words, NULL) && words[0] != NULL)
    {
      if (g_strcmp0 (reading->part, "children") == 0)
        read_child (reading, words[0]);
      else
        read_host (reading, words);
    }
}

/* Groups of groups; each is looked at once, so that a circle ends. */
static void
complete (Reading *reading, NtHostEntry *entry)
{
  for (guint i = 0; i < entry->groups->len; i++)
    {
      const GPtrArray *parents = g_hash_table_lookup (reading->parents, entry->groups->pdata[i]);
      const char *user = g_hash_table_lookup (reading->users, entry->groups->pdata[i]);

      if (user != NULL && !g_str_equal (entry->address, "local"))
        take_user (entry, user);
      for (guint j = 0; parents != NULL && j < parents->len; j++)
        add_group (entry, parents->pdata[j]);
    }
  if (g_hash_table_contains (reading->users, "all") && !g_str_equal (entry->address, "local"))
    take_user (entry, g_hash_table_lookup (reading->users, "all"));
}

static void
read_inventory (GPtrArray *entries, char **lines)
{
  Reading reading = {
    .entries = entries,
    .by_name = g_hash_table_new (g_str_hash, g_str_equal),
    .parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref),
    .users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .group = g_strdup ("ungrouped"),
  };

  for (; *lines != NULL; lines++)
    read_line (&reading, *lines);
  for (guint i = 0; i < entries->len; i++)
    complete (&reading, entries->pdata[i]);
  g_hash_table_unref (reading.by_name);
  g_hash_table_unref (reading.parents);
  g_hash_table_unref (reading.users);
  g_free (reading.group);
  g_free (reading.part);
}

static gboolean
has_name (const GPtrArray *entries, const char *name)
{
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (((const NtHostEntry *) entries->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

static void
read_words (GPtrArray *entries, const char *line)
{
  g_auto (GStrv) words = g_strsplit_set (line, " ,;\t", -1);

  for (char **word = words; *word != NULL && entries->len < HOSTS_MAX; word++)
    {
      const char *at = strrchr (*word, '@');
      const char *name = at ? at + 1 : *word + (g_str_has_prefix (*word, "ssh:") ? strlen ("ssh:") : 0);

      if (*name != '\0' && !has_name (entries, name))
        g_ptr_array_add (entries, nt_host_entry_new (name, *word));
    }
}

/* Without comments, empty lines and space around. */
static char **
split_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\n\r", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **line = lines; *line != NULL; line++)
    {
      g_strstrip (*line);
      if (**line != '\0' && **line != '#' && **line != ';')
        g_strv_builder_add (builder, *line);
    }
  return g_strv_builder_end (builder);
}

/**
 * nt_host_entry_new:
 * @name: what the host is called
 * @address: (nullable): where it is; %NULL = as it is called
 *
 * Returns: (transfer full): a host in no group
 */
NtHostEntry *
nt_host_entry_new (const char *name, const char *address)
{
  NtHostEntry *self = g_new0 (NtHostEntry, 1);

  self->name = g_strdup (name);
  self->address = g_strdup (address ? address : name);
  self->groups = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
nt_host_entry_free (NtHostEntry *self)
{
  g_free (self->name);
  g_free (self->address);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

/**
 * nt_inventory_parse:
 * @text: hosts, divided by spaces, commas or lines; or an inventory of Ansible in the INI format, which is known by its
 *   sections, see https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html
 *
 * Returns: (transfer full) (element-type NtHostEntry): the hosts that are listed, each once
 */
GPtrArray *
nt_inventory_parse (const char *text)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) nt_host_entry_free);
  g_auto (GStrv) lines = split_lines (text);
  gboolean has_sections = FALSE;

  for (char **line = lines; *line != NULL; line++)
    has_sections |= **line == '[';
  if (has_sections)
    read_inventory (entries, lines);
  for (char **line = lines; !has_sections && *line != NULL; line++)
    read_words (entries, *line);
  return entries;
}
