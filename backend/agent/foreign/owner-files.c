/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/foreign/owner-files.h"

typedef void (*FileFunc) (NtOwnerFiles *self, const char *path, const char *name);

static void
for_each_file (NtOwnerFiles *self, const char *root, const char *place, FileFunc func)
{
  g_autofree char *directory = g_build_filename (root, place, NULL);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      func (self, path, name);
    }
}

/* ifupdown: interfaces(5) */

static void
read_interfaces (NtOwnerFiles *self, const char *path, const char *name)
{
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  g_ptr_array_add (self->interfaces, g_strdup (path));
  g_ptr_array_add (self->interfaces, text);
}

/* systemd-networkd: one file per link, named by its index; temporary files begin with a dot. */
static void
read_networkd (NtOwnerFiles *self, const char *path, const char *name)
{
  g_autofree char *text = NULL;

  if (g_ascii_isdigit (*name) && g_file_get_contents (path, &text, NULL, NULL))
    g_hash_table_insert (self->networkd, g_strdup (name), nt_owner_parse_networkd (text));
}

/* Connections of NetworkManager: nm-settings-keyfile(5) */

static void
read_connection (NtOwnerFiles *self, const char *path, const char *name)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *link = NULL;
  g_autofree char *id = NULL;

  if (!g_str_has_suffix (name, ".nmconnection") || !g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
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
  g_autofree char *interfaces = g_build_filename (root, "etc/network/interfaces", NULL);
  g_autofree char *ifup = g_build_filename (root, "usr/sbin/ifup", NULL);

  self->interfaces = nt_strings_new ();
  self->networkd = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_owner);
  self->connections = nt_records_new ();
  if (g_file_test (ifup, G_FILE_TEST_IS_EXECUTABLE))
    {
      read_interfaces (self, interfaces, "interfaces");
      for_each_file (self, root, "etc/network/interfaces.d", read_interfaces);
    }
  for_each_file (self, root, "run/systemd/netif/links", read_networkd);
  if (has_network_manager (root))
    {
      for_each_file (self, root, "etc/NetworkManager/system-connections", read_connection);
      for_each_file (self, root, "run/NetworkManager/system-connections", read_connection);
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
