/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/foreign/owner-files.h"

#include "backend/agent/base/small-file.h"

/* Limits on one directory; systemd-networkd has a file for each link. What is beyond them is not known. */
#define FILES_MAX 4096
#define BYTES_MAX (4 * NT_SMALL_FILE_BYTES_MAX)

typedef void (*FileFunc) (NtOwnerFiles *self, const char *path, const char *name, const char *text);
typedef gboolean (*NameFunc) (const char *name);

static void
for_each_file (NtOwnerFiles *self, const char *root, const char *place, NameFunc matches, FileFunc func)
{
  g_autofree char *directory = g_build_filename (root, place, NULL);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;
  gsize n_bytes = 0;
  guint n_files = 0;

  while (dir != NULL && n_files < FILES_MAX && n_bytes < BYTES_MAX && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      gsize length = 0;
      g_autofree char *text = matches == NULL || matches (name) ? nt_small_file_read (path, &length) : NULL;

      n_files++;
      n_bytes += length;
      if (text != NULL)
        func (self, path, name, text);
    }
  if (n_files == FILES_MAX || n_bytes >= BYTES_MAX)
    g_warning ("%s is too large: only a part of it is known", directory);
}

/* ifupdown: interfaces(5) */

static void
take_interfaces (NtOwnerFiles *self, const char *path, const char *name, const char *text)
{
  g_ptr_array_add (self->interfaces, g_strdup (path));
  g_ptr_array_add (self->interfaces, g_strdup (text));
}

static void
read_interfaces (NtOwnerFiles *self, const char *root)
{
  g_autofree char *path = g_build_filename (root, "etc/network/interfaces", NULL);
  gsize length;
  g_autofree char *text = nt_small_file_read (path, &length);

  if (text != NULL)
    take_interfaces (self, path, "interfaces", text);
  for_each_file (self, root, "etc/network/interfaces.d", NULL, take_interfaces);
}

/* systemd-networkd: one file per link, named by its index; temporary files begin with a dot. */
static gboolean
is_of_link (const char *name)
{
  return g_ascii_isdigit (*name);
}

static void
take_networkd (NtOwnerFiles *self, const char *path, const char *name, const char *text)
{
  g_hash_table_insert (self->networkd, g_strdup (name), nt_owner_parse_networkd (text));
}

/* Connections of NetworkManager: nm-settings-keyfile(5) */

static gboolean
is_of_connection (const char *name)
{
  return g_str_has_suffix (name, ".nmconnection");
}

static void
take_connection (NtOwnerFiles *self, const char *path, const char *name, const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *link = NULL;
  g_autofree char *id = NULL;

  if (*text == '\0' || !g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_NONE, NULL))
    return;
  link = g_key_file_get_string (file, "connection", "interface-name", NULL);
  id = g_key_file_get_string (file, "connection", "id", NULL);
  if (link != NULL)
    nt_owned_links_add (self->connections, link, nt_owner_parse_connection (id ? id : name, path));
}

static gboolean
has_network_manager (const char *root)
{
  static const char *const programs[] = { "usr/sbin/NetworkManager", "usr/bin/NetworkManager" };

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *path = g_build_filename (root, programs[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return TRUE;
    }
  return FALSE;
}

static void
free_owner (gpointer owner)
{
  if (owner != NULL)
    nt_owner_unref (owner);
}

/**
 * nt_owner_files_read:
 * @root: "/", or a directory with files for a test
 *
 * Returns: (transfer full): the present content of the files of other tools; those of ifupdown and NetworkManager count
 *   only if the program is installed
 */
NtOwnerFiles *
nt_owner_files_read (const char *root)
{
  NtOwnerFiles *self = g_new0 (NtOwnerFiles, 1);
  g_autofree char *ifup = g_build_filename (root, "usr/sbin/ifup", NULL);

  self->interfaces = nt_strings_new ();
  self->networkd = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_owner);
  self->connections = nt_records_new ();
  if (g_file_test (ifup, G_FILE_TEST_IS_EXECUTABLE))
    read_interfaces (self, root);
  for_each_file (self, root, "run/systemd/netif/links", is_of_link, take_networkd);
  if (has_network_manager (root))
    {
      for_each_file (self, root, "etc/NetworkManager/system-connections", is_of_connection, take_connection);
      for_each_file (self, root, "run/NetworkManager/system-connections", is_of_connection, take_connection);
    }
  return self;
}

void
nt_owner_files_free (NtOwnerFiles *self)
{
  g_ptr_array_unref (self->interfaces);
  g_hash_table_unref (self->networkd);
  g_ptr_array_unref (self->connections);
  g_free (self);
}

/**
 * nt_owner_files_have_networkd:
 *
 * Returns: %TRUE if systemd-networkd has been running since boot
 */
gboolean
nt_owner_files_have_networkd (const NtOwnerFiles *self)
{
  return g_hash_table_size (self->networkd) > 0;
}

/**
 * nt_owner_files_find_networkd:
 *
 * Returns: (transfer full) (nullable): systemd-networkd or netplan, if it configures the link
 */
NtOwner *
nt_owner_files_find_networkd (const NtOwnerFiles *self, const NtLink *link)
{
  g_autofree char *index = g_strdup_printf ("%" G_GINT64_FORMAT, link->ifindex);
  const NtOwner *owner = g_hash_table_lookup (self->networkd, index);

  return owner != NULL ? nt_owner_ref (owner) : NULL;
}

/**
 * nt_owner_files_find_ifupdown:
 *
 * Returns: (transfer full) (nullable): ifupdown, if it configures the link
 */
NtOwner *
nt_owner_files_find_ifupdown (const NtOwnerFiles *self, const NtLink *link)
{
  for (guint i = 0; i + 1 < self->interfaces->len; i += 2)
    {
      NtOwner *owner =
        nt_owner_parse_interfaces (self->interfaces->pdata[i + 1], self->interfaces->pdata[i], link->name);

      if (owner != NULL)
        return owner;
    }
  return NULL;
}

/**
 * nt_owner_files_find_connection:
 *
 * Returns: (transfer full) (nullable): NetworkManager or netplan, if there is a connection for the link
 */
NtOwner *
nt_owner_files_find_connection (const NtOwnerFiles *self, const NtLink *link)
{
  const NtOwner *owner = nt_owned_links_find (self->connections, link->name);

  return owner != NULL ? nt_owner_ref (owner) : NULL;
}
