/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/inventory.h"

#include <string.h>

/* Variables of a host or group; NULL if not set. */
typedef struct
{
  char *host;
  char *user;
  char *port;
  char *connection;
} Variables;

/* The state of the parser. */
typedef struct
{
  GPtrArray *entries;  /* of NtHostEntry */
  GHashTable *by_name; /* borrowed from entries */
  GHashTable *hosts;   /* name → Variables */
  GHashTable *groups;  /* name → Variables */
  GHashTable *parents; /* group → GPtrArray of its parent groups */
  char *group;         /* of the current section */
  char *part;          /* of the current section: "vars" or "children"; NULL = hosts */
} Parser;

static void
variables_free (Variables *self)
{
  g_free (self->host);
  g_free (self->user);
  g_free (self->port);
  g_free (self->connection);
  g_free (self);
}

static Variables *
get_variables (GHashTable *all, const char *name)
{
  Variables *self = g_hash_table_lookup (all, name);

  if (self == NULL)
    {
      self = g_new0 (Variables, 1);
      g_hash_table_insert (all, g_strdup (name), self);
    }
  return self;
}

/* Older names of the variables begin with "ansible_ssh_". */
static void
set_variable (Variables *self, const char *key, const char *value)
{
  const struct
  {
    const char *key;
    const char *old_key;
    char **field;
  } fields[] = {
    { "ansible_host", "ansible_ssh_host", &self->host },
    { "ansible_user", "ansible_ssh_user", &self->user },
    { "ansible_port", "ansible_ssh_port", &self->port },
    { "ansible_connection", NULL, &self->connection },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (key, fields[i].key) || g_strcmp0 (key, fields[i].old_key) == 0)
      {
        g_free (*fields[i].field);
        *fields[i].field = g_strdup (value);
      }
}

/* Reads "key=value"; a variable on a line of its own may have spaces around "=". */
static void
read_variable (Variables *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);

  if (parts[0] != NULL && parts[1] != NULL)
    set_variable (self, g_strstrip (parts[0]), g_strstrip (parts[1]));
}

/* Copies the variables that are not set yet. */
static void
inherit (Variables *self, const Variables *from)
{
  if (self->user == NULL)
    self->user = g_strdup (from->user);
  if (self->port == NULL)
    self->port = g_strdup (from->port);
  if (self->connection == NULL)
    self->connection = g_strdup (from->connection);
}

static char *
make_address (const Variables *variables, const char *name)
{
  const char *host = variables->host ? variables->host : name;
  gboolean needs_user = variables->user != NULL && strchr (host, '@') == NULL;
  gboolean needs_port = variables->port != NULL && !g_str_equal (variables->port, "22");
  gboolean needs_brackets = needs_port && strchr (host, ':') != NULL;

  if (g_strcmp0 (variables->connection, "local") == 0)
    return g_strdup ("local");
  return g_strdup_printf ("%s%s%s%s%s%s%s", needs_user ? variables->user : "", needs_user ? "@" : "",
                          needs_brackets ? "[" : "", host, needs_brackets ? "]" : "", needs_port ? ":" : "",
                          needs_port ? variables->port : "");
}

static void
add_group (NtHostEntry *entry, const char *group)
{
  if (g_str_equal (group, "all") || g_str_equal (group, "ungrouped") ||
      g_ptr_array_find_with_equal_func (entry->groups, group, g_str_equal, NULL))
    return;
  g_ptr_array_add (entry->groups, g_strdup (group));
}

static NtHostEntry *
find_or_add (Parser *parser, const char *name)
{
  NtHostEntry *entry = g_hash_table_lookup (parser->by_name, name);

  if (entry == NULL && parser->entries->len < NT_HOSTS_MAX)
    {
      entry = nt_host_entry_new (name, NULL);
      g_ptr_array_add (parser->entries, entry);
      g_hash_table_insert (parser->by_name, entry->name, entry);
    }
  return entry;
}

/* Removes the port from "host:22", but not from an IPv6 address. Returns it, or NULL. */
static const char *
split_port (char *name)
{
  char *colon = strchr (name, ':');

  if (colon == NULL || colon[1] == '\0' || strspn (colon + 1, "0123456789") != strlen (colon + 1))
    return NULL;
  *colon = '\0';
  return colon + 1;
}

static void expand (const char *pattern, GPtrArray *names);

/* The part of a pattern in brackets: from "first" to "last" in steps */
typedef struct
{
  gint64 first;
  gint64 last;
  gint64 step;
  int width; /* of numbers, with leading zeros; 0 for letters */
} Range;

static gboolean
read_number (const char *text, gint64 min, gint64 *number)
{
  return g_ascii_isdigit (*text) && g_ascii_string_to_signed (text, 10, min, G_MAXINT32, number, NULL);
}

static gboolean
is_letter (const char *text)
{
  return *text != '\0' && text[1] == '\0';
}

/* @text: "01:12" or "a:c", with an optional step as the third part */
static gboolean
read_range (const char *text, Range *range)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 3);
  guint n_parts = g_strv_length (parts);

  *range = (Range) { .step = 1 };
  if (n_parts < 2 || (n_parts == 3 && !read_number (parts[2], 1, &range->step)))
    return FALSE;
  if (read_number (parts[0], 0, &range->first) && read_number (parts[1], 0, &range->last))
    {
      range->width = (int) strlen (parts[0]);
      return TRUE;
    }
  range->first = (guchar) parts[0][0];
  range->last = (guchar) parts[1][0];
  return is_letter (parts[0]) && is_letter (parts[1]);
}

static void
expand_value (const char *pattern, const char *open, const char *close, const char *value, GPtrArray *names)
{
  g_autofree char *name = g_strdup_printf ("%.*s%s%s", (int) (open - pattern), pattern, value, close + 1);

  if (names->len < NT_HOSTS_MAX)
    expand (name, names);
}

/* Expands "web[01:12]" and "web[a:c:2]"; brackets around anything else are part of the name. */
static void
expand (const char *pattern, GPtrArray *names)
{
  const char *open = strchr (pattern, '[');
  const char *close = open ? strchr (open, ']') : NULL;
  g_autofree char *inner = close ? g_strndup (open + 1, close - open - 1) : NULL;
  Range range;

  if (inner == NULL || !read_range (inner, &range))
    {
      g_ptr_array_add (names, g_strdup (pattern));
      return;
    }
  for (gint64 i = range.first; i <= range.last && names->len < NT_HOSTS_MAX; i += range.step)
    {
      g_autofree char *value =
        range.width > 0 ? g_strdup_printf ("%0*d", range.width, (int) i) : g_strdup_printf ("%c", (int) i);

      expand_value (pattern, open, close, value, names);
    }
}

static void
read_host (Parser *parser, char **words)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  expand (words[0], names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *port = split_port (names->pdata[i]);
      NtHostEntry *entry = find_or_add (parser, names->pdata[i]);
      Variables *variables = get_variables (parser->hosts, names->pdata[i]);

      if (entry == NULL)
        return;
      if (port != NULL)
        set_variable (variables, "ansible_port", port);
      for (char **word = words + 1; *word != NULL; word++)
        read_variable (variables, *word);
      add_group (entry, parser->group);
    }
}

static void
read_child (Parser *parser, const char *child)
{
  GPtrArray *parents = g_hash_table_lookup (parser->parents, child);

  if (parents == NULL)
    {
      parents = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (parser->parents, g_strdup (child), parents);
    }
  g_ptr_array_add (parents, g_strdup (parser->group));
}

static void
begin_section (Parser *parser, const char *line)
{
  g_autofree char *name = g_strndup (line + 1, strcspn (line + 1, "]"));
  g_auto (GStrv) parts = g_strsplit (name, ":", 2);

  g_free (parser->group);
  g_free (parser->part);
  parser->group = g_strstrip (g_strdup (parts[0] ? parts[0] : ""));
  parser->part = parts[0] ? g_strdup (parts[1]) : NULL;
}

static void
read_line (Parser *parser, const char *line)
{
  g_auto (GStrv) words = NULL;

  if (nt_inventory_is_section (line))
    begin_section (parser, line);
  else if (g_strcmp0 (parser->part, "vars") == 0)
    read_variable (get_variables (parser->groups, parser->group), line);
  else if (g_shell_parse_argv (line, NULL, &words, NULL) && words[0] != NULL)
    {
      if (g_strcmp0 (parser->part, "children") == 0)
        read_child (parser, words[0]);
      else
        read_host (parser, words);
    }
}

/* Collects all parent groups. Each is visited once, so cycles end. The nearest group has precedence for variables. */
static void
complete (Parser *parser, NtHostEntry *entry)
{
  Variables *variables = get_variables (parser->hosts, entry->name);

  for (guint i = 0; i < entry->groups->len; i++)
    {
      const GPtrArray *parents = g_hash_table_lookup (parser->parents, entry->groups->pdata[i]);

      inherit (variables, get_variables (parser->groups, entry->groups->pdata[i]));
      for (guint j = 0; parents != NULL && j < parents->len; j++)
        add_group (entry, parents->pdata[j]);
    }
  inherit (variables, get_variables (parser->groups, "all"));
  g_free (entry->address);
  entry->address = make_address (variables, entry->name);
}

/**
 * nt_inventory_is_section:
 * @line: without surrounding space
 *
 * Returns: %TRUE for section headers such as "[web]" and "[web:vars]", unlike arrays and IPv6 addresses
 */
gboolean
nt_inventory_is_section (const char *line)
{
  const char *close = strchr (line, ']');

  return *line == '[' && line[1] != '\0' && (close == NULL || close[1] == '\0') && strpbrk (line, "\"',") == NULL &&
         strstr (line, "::") == NULL;
}

/**
 * nt_inventory_read:
 * @entries: (element-type NtHostEntry): the hosts are appended, without duplicates
 * @lines: (array zero-terminated=1): of an Ansible inventory in INI format, without comments and surrounding space; see
 *   https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html
 */
void
nt_inventory_read (GPtrArray *entries, char **lines)
{
  Parser parser = {
    .entries = entries,
    .by_name = g_hash_table_new (g_str_hash, g_str_equal),
    .hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) variables_free),
    .groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) variables_free),
    .parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref),
    .group = g_strdup ("ungrouped"),
  };

  for (; *lines != NULL; lines++)
    read_line (&parser, *lines);
  for (guint i = 0; i < entries->len; i++)
    complete (&parser, entries->pdata[i]);
  g_hash_table_unref (parser.by_name);
  g_hash_table_unref (parser.hosts);
  g_hash_table_unref (parser.groups);
  g_hash_table_unref (parser.parents);
  g_free (parser.group);
  g_free (parser.part);
}
