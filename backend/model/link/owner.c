/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/link/owner.h"

#include <string.h>

/* Names of programs are not translated. */
static const NtEnumValue nt_tool_values[] = {
  { "network_manager", "NetworkManager" },
  { "networkd", "systemd-networkd" },
  { "netplan", "netplan" },
  { "ifupdown", "ifupdown" },
  { "teamd", "teamd" },
};
NT_DEFINE_ENUM (nt_tool, "Tool")

static const NtField nt_owner_fields[] = {
  NT_ENUM (NtOwner, tool, REQUIRED, nt_tool_enum),
  NT_ENUM (NtOwner, renderer, OPTIONAL, nt_tool_enum),
  NT_STRING (NtOwner, by, OPTIONAL),
};
NT_DEFINE_RECORD (NtOwner, nt_owner, "Owner")

static const NtField nt_owned_link_fields[] = {
  NT_STRING (NtOwnedLink, link, REQUIRED),
  NT_RECORD (NtOwnedLink, owner, REQUIRED, nt_owner_type),
};
NT_DEFINE_RECORD (NtOwnedLink, nt_owned_link, "OwnedLink")

/* Obstacle for teaming an adapter of each tool. The ports of teamd are recognized by their master instead. */
static const int obstacles[] = {
  [NT_TOOL_NETWORK_MANAGER] = NT_OBSTACLE_NETWORK_MANAGER,
  [NT_TOOL_NETWORKD] = NT_OBSTACLE_NETWORKD,
  [NT_TOOL_NETPLAN] = NT_OBSTACLE_NETPLAN,
  [NT_TOOL_IFUPDOWN] = NT_OBSTACLE_IFUPDOWN,
  [NT_TOOL_TEAMD] = -1,
};

/**
 * nt_owner_make:
 * @by: (nullable): the connection, file or device that configures the link
 *
 * Returns: (transfer full): the owner
 */
NtOwner *
nt_owner_make (NtTool tool, const char *by)
{
  NtOwner *self = nt_owner_new ();

  self->tool = tool;
  self->renderer = -1;
  self->by = g_strdup (by);
  return self;
}

/**
 * nt_owner_get_renderer:
 *
 * Returns: the tool that actually configures the link; for netplan, its renderer
 */
NtTool
nt_owner_get_renderer (const NtOwner *self)
{
  return self->renderer != -1 ? (NtTool) self->renderer : (NtTool) self->tool;
}

/**
 * nt_owner_can_be_taken_over:
 *
 * An additional configuration file makes NetworkManager or systemd-networkd ignore a link. ifupdown has no such
 * override.
 *
 * Returns: %TRUE if the tool can be told to ignore the link
 */
gboolean
nt_owner_can_be_taken_over (const NtOwner *self)
{
  NtTool renderer = nt_owner_get_renderer (self);

  return renderer == NT_TOOL_NETWORK_MANAGER || renderer == NT_TOOL_NETWORKD;
}

/**
 * nt_owner_get_obstacle:
 *
 * Returns: the NtObstacle for adapters of this owner; -1 if another obstacle covers them
 */
int
nt_owner_get_obstacle (const NtOwner *self)
{
  return obstacles[self->tool];
}

/**
 * nt_owner_is_obstacle:
 * @obstacle: a word of nt_obstacle_enum
 *
 * Returns: %TRUE if the obstacle is that another tool configures the adapter
 */
gboolean
nt_owner_is_obstacle (const char *obstacle)
{
  int word = nt_enum_parse (&nt_obstacle_enum, obstacle);

  for (guint i = 0; i < G_N_ELEMENTS (obstacles); i++)
    if (word != -1 && obstacles[i] == word)
      return TRUE;
  return FALSE;
}

/**
 * nt_owner_describe:
 *
 * Returns: (transfer full): the tool and its connection, file or device: "NetworkManager (Office)"
 */
char *
nt_owner_describe (const NtOwner *self)
{
  const char *tool = nt_enum_label (&nt_tool_enum, self->tool);

  return self->by != NULL ? g_strdup_printf ("%s (%s)", tool, self->by) : g_strdup (tool);
}

static char *
find_value (const char *text, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], key) && lines[i][strlen (key)] == '=' && lines[i][strlen (key) + 1] != '\0')
      return g_strdup (lines[i] + strlen (key) + 1);
  return NULL;
}

/**
 * nt_owner_parse_networkd:
 * @text: the state file of a link in /run/systemd/netif/links, see sd_network_link_get_setup_state(3)
 *
 * Files that netplan generates are recognized by their names, see netplan-generate(8).
 *
 * Returns: (transfer full) (nullable): systemd-networkd or netplan; NULL if systemd-networkd ignores the link
 */
NtOwner *
nt_owner_parse_networkd (const char *text)
{
  g_autofree char *state = find_value (text, "ADMIN_STATE");
  g_autofree char *file = find_value (text, "NETWORK_FILE");
  g_autofree char *name = file ? g_path_get_basename (file) : NULL;
  NtOwner *owner;

  if (file == NULL || g_strcmp0 (state, "unmanaged") == 0)
    return NULL;
  owner = nt_owner_make (g_str_has_prefix (name, "10-netplan-") ? NT_TOOL_NETPLAN : NT_TOOL_NETWORKD, file);
  if (owner->tool == NT_TOOL_NETPLAN)
    owner->renderer = NT_TOOL_NETWORKD;
  return owner;
}

/**
 * nt_owner_parse_connection:
 * @id: (nullable): the name of a NetworkManager connection; NULL = the link is managed without one
 * @path: (nullable): the file of the connection
 *
 * Returns: (transfer full): NetworkManager or netplan
 */
NtOwner *
nt_owner_parse_connection (const char *id, const char *path)
{
  g_autofree char *name = path ? g_path_get_basename (path) : NULL;
  gboolean is_netplan = name != NULL && g_str_has_prefix (name, "netplan-");
  NtOwner *owner = nt_owner_make (is_netplan ? NT_TOOL_NETPLAN : NT_TOOL_NETWORK_MANAGER, id);

  if (is_netplan)
    owner->renderer = NT_TOOL_NETWORK_MANAGER;
  return owner;
}

/* The first words of a line of interfaces(5); absent words are NULL. */
typedef struct
{
  char *first;
  char *second;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->first);
  g_free (words->second);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static Words
split_words (const char *line)
{
  g_auto (GStrv) parts = g_strsplit_set (line, " \t", -1);
  Words words = { NULL, NULL };

  for (guint i = 0; parts[i] != NULL && words.second == NULL; i++)
    if (*parts[i] != '\0' && words.first == NULL)
      words.first = g_strdup (parts[i]);
    else if (*parts[i] != '\0')
      words.second = g_strdup (parts[i]);
  return words;
}

/* Recognizes the start of a stanza in interfaces(5), which also ends the previous one. */
static gboolean
begins_stanza (const char *word)
{
  static const char *const words[] = { "iface", "mapping", "rename", "source", "source-directory", "auto", NULL };

  return word != NULL && (g_strv_contains (words, word) || g_str_has_prefix (word, "allow-") || g_str_has_prefix (word, "no-auto-"));
}

static gboolean
is_empty (const Words *words)
{
  return words->first == NULL || *words->first == '#';
}

/* Returns the last line of the stanza that begins at @first; line numbers count from 0. */
static guint
find_end (char **lines, guint first)
{
  guint last = first;

  for (guint i = first + 1; lines[i] != NULL; i++)
    {
      g_auto (Words) words = split_words (lines[i]);

      if (begins_stanza (words.first))
        break;
      if (!is_empty (&words))
        last = i;
    }
  return last;
}

/**
 * nt_owner_parse_interfaces:
 * @text: a configuration file of ifupdown, see interfaces(5)
 * @path: its path
 * @link: the name of a link
 *
 * Returns: (transfer full) (nullable): ifupdown, with the line numbers that concern the link; NULL if there are none
 */
NtOwner *
nt_owner_parse_interfaces (const char *text, const char *path, const char *link)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) ranges = nt_strings_new ();
  g_autofree char *joined = NULL;
  g_autofree char *by = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (Words) words = split_words (lines[i]);
      guint last;

      if (g_strcmp0 (words.first, "iface") != 0 || g_strcmp0 (words.second, link) != 0)
        continue;
      last = find_end (lines, i);
      g_ptr_array_add (ranges, last > i ? g_strdup_printf ("%u-%u", i + 1, last + 1) : g_strdup_printf ("%u", i + 1));
      i = last;
    }
  if (ranges->len == 0)
    return NULL;
  g_ptr_array_add (ranges, NULL);
  joined = g_strjoinv (",", (char **) ranges->pdata);
  by = g_strdup_printf ("%s:%s", path, joined);
  return nt_owner_make (NT_TOOL_IFUPDOWN, by);
}

/**
 * nt_owned_links_find:
 * @owned: (element-type NtOwnedLink): links and their owners
 *
 * Returns: (transfer none) (nullable): the owner of @link
 */
const NtOwner *
nt_owned_links_find (const GPtrArray *owned, const char *link)
{
  for (guint i = 0; i < owned->len; i++)
    {
      const NtOwnedLink *candidate = owned->pdata[i];

      if (g_strcmp0 (candidate->link, link) == 0)
        return candidate->owner;
    }
  return NULL;
}

/**
 * nt_owned_links_add:
 * @owned: (element-type NtOwnedLink) (inout): links and their owners
 * @owner: (transfer full): the owner of @link
 */
void
nt_owned_links_add (GPtrArray *owned, const char *link, NtOwner *owner)
{
  NtOwnedLink *entry = nt_owned_link_new ();

  entry->link = g_strdup (link);
  entry->owner = owner;
  g_ptr_array_add (owned, entry);
}
