/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/server-list.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define KEY_ADDRESS "address"
#define KEY_GROUPS "groups"

struct _NtServerList
{
  GObject parent_instance;

  char *path;
  GKeyFile *file;     /* as read, so that unknown keys and comments are kept */
  GPtrArray *servers; /* of NtServer */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_TYPE_WITH_CODE (NtServerList,
                         nt_server_list,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
update_key_file (NtServerList *self)
{
  for (guint i = 0; i < self->servers->len; i++)
    {
      NtServer *server = g_ptr_array_index (self->servers, i);
      g_autofree char *address = nt_server_address_to_string (nt_server_get_address (server));

      g_key_file_set_string (self->file, nt_server_get_name (server), KEY_ADDRESS, address);
    }
}

static gboolean
save (NtServerList *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   g_io_error_from_errno (errno),
                   _("Cannot create folder %s: %s"),
                   folder,
                   g_strerror (errno));
      return FALSE;
    }
  update_key_file (self);
  return g_key_file_save_to_file (self->file, self->path, error);
}

/* Sorters look at a server only on items-changed. */
static void
health_cb (NtServerList *self, GParamSpec *pspec, NtServer *server)
{
  guint position;

  if (g_ptr_array_find (self->servers, server, &position))
    g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}

static void
append (NtServerList *self, NtServer *server)
{
  g_ptr_array_add (self->servers, server);
  g_signal_connect_object (server, "notify::health", G_CALLBACK (health_cb), self, G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), self->servers->len - 1, 0, 1);
}

static void
show_groups (NtServerList *self, NtServer *server)
{
  g_auto (GStrv) groups = nt_server_list_get_groups (self, server);

  nt_server_set_groups (server, groups);
}

/* A server that cannot be read is skipped with a warning. */
static void
load_group (NtServerList *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_key_file_get_string (self->file, name, KEY_ADDRESS, &error);
  g_autoptr (NtServerAddress) address = text ? nt_server_address_parse (text, &error) : NULL;

  if (address != NULL)
    {
      append (self, nt_server_new (name, address));
      show_groups (self, self->servers->pdata[self->servers->len - 1]);
    }
  else
    g_warning ("%s: [%s]: %s", self->path, name, error->message);
}

static gboolean
check_name (NtServerList *self, const char *name, GError **error)
{
  if (*name == '\0' || strpbrk (name, "[]\n\r") != NULL)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_INVALID_ARGUMENT,
                   _("“%s” is not a valid server name"),
                   name);
      return FALSE;
    }
  if (nt_server_list_find (self, name) != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("A server named “%s” already exists"), name);
      return FALSE;
    }
  return TRUE;
}

static void
nt_server_list_finalize (GObject *object)
{
  NtServerList *self = NT_SERVER_LIST (object);

  g_clear_pointer (&self->servers, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->file, g_key_file_unref);

  G_OBJECT_CLASS (nt_server_list_parent_class)->finalize (object);
}

static GType
get_item_type (GListModel *model)
{
  return NT_TYPE_SERVER;
}

static guint
get_n_items (GListModel *model)
{
  return NT_SERVER_LIST (model)->servers->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  NtServerList *self = NT_SERVER_LIST (model);

  return position < self->servers->len ? g_object_ref (g_ptr_array_index (self->servers, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
nt_server_list_class_init (NtServerListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_server_list_finalize;
}

static void
nt_server_list_init (NtServerList *self)
{
  self->servers = g_ptr_array_new_with_free_func (g_object_unref);
  self->file = g_key_file_new ();
}

/**
 * nt_server_list_new:
 * @path: the file that stores the list
 *
 * Returns: (transfer full): an empty list
 */
NtServerList *
nt_server_list_new (const char *path)
{
  NtServerList *self = g_object_new (NT_TYPE_SERVER_LIST, NULL);

  self->path = g_strdup (path);
  return self;
}

/**
 * nt_server_list_get_default_path:
 *
 * Returns: (transfer full): the file that the console and the command line share
 */
char *
nt_server_list_get_default_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "nicteam", "servers", NULL);
}

/**
 * nt_server_list_load:
 * @self: an empty list
 * @error: a missing file is not an error
 *
 * Reads the file. It has a group for each server, named after it, with its `address` and its `groups`.
 *
 * Returns: %TRUE on success
 */
gboolean
nt_server_list_load (NtServerList *self, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_KEEP_COMMENTS, &cause))
    {
      if (g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_propagate_prefixed_error (error, g_steal_pointer (&cause), "%s: ", self->path);
      return FALSE;
    }

  groups = g_key_file_get_groups (self->file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    load_group (self, groups[i]);
  return TRUE;
}

/**
 * nt_server_list_add:
 * @text: an address, see nt_server_address_parse()
 * @name: (nullable): %NULL for a name made from the address
 *
 * Adds a server and saves the list.
 *
 * Returns: (transfer none) (nullable): the new server, not started
 */
NtServer *
nt_server_list_add (NtServerList *self, const char *text, const char *name, GError **error)
{
  g_autoptr (NtServerAddress) address = nt_server_address_parse (text, error);
  g_autofree char *chosen = NULL;

  if (address == NULL)
    return NULL;
  chosen = name && *name ? g_strdup (name) : nt_server_address_get_default_name (address);
  if (!check_name (self, chosen, error))
    return NULL;

  append (self, nt_server_new (chosen, address));
  if (!save (self, error))
    return NULL;
  return g_ptr_array_index (self->servers, self->servers->len - 1);
}

/**
 * nt_server_list_check:
 * @name: (nullable): as for nt_server_list_add()
 * @error: set if the address or the name is not valid
 *
 * Returns: %TRUE if the server can be added
 */
gboolean
nt_server_list_check (NtServerList *self, const char *text, const char *name, GError **error)
{
  g_autoptr (NtServerAddress) address = nt_server_address_parse (text, error);
  g_autofree char *chosen = NULL;

  if (address == NULL)
    return FALSE;
  chosen = name && *name ? g_strdup (name) : nt_server_address_get_default_name (address);
  return check_name (self, chosen, error);
}

static void
add_entry (NtServerList *self, const NtHostEntry *entry, GPtrArray *added)
{
  g_autoptr (NtServerAddress) address = nt_server_address_parse (entry->address, NULL);
  NtServer *server;

  if (address == NULL || !check_name (self, entry->name, NULL))
    return;
  server = nt_server_new (entry->name, address);
  if (entry->groups->len > 0)
    g_key_file_set_string_list (self->file, entry->name, KEY_GROUPS, (const char *const *) entry->groups->pdata,
                                entry->groups->len);
  append (self, server);
  show_groups (self, server);
  g_ptr_array_add (added, g_object_ref (server));
}

/**
 * nt_server_list_add_entries:
 * @entries: (element-type NtHostEntry): hosts
 *
 * Adds servers with their groups and saves the list once. Entries that nt_server_list_check() rejects are skipped.
 *
 * Returns: (transfer full) (element-type NtServer) (nullable): the new servers, not started
 */
GPtrArray *
nt_server_list_add_entries (NtServerList *self, const GPtrArray *entries, GError **error)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < entries->len; i++)
    add_entry (self, entries->pdata[i], added);
  return save (self, error) ? g_steal_pointer (&added) : NULL;
}

/**
 * nt_server_list_remove:
 *
 * Removes a server, closes its connections, and saves the list.
 *
 * Returns: %TRUE if the list was saved
 */
gboolean
nt_server_list_remove (NtServerList *self, NtServer *server, GError **error)
{
  guint position;

  if (!g_ptr_array_find (self->servers, server, &position))
    return TRUE;
  nt_server_disconnect (server);
  g_key_file_remove_group (self->file, nt_server_get_name (server), NULL);
  g_ptr_array_remove_index (self->servers, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  return save (self, error);
}

/**
 * nt_server_list_find:
 *
 * Returns: (transfer none) (nullable): the server named @name
 */
NtServer *
nt_server_list_find (NtServerList *self, const char *name)
{
  for (guint i = 0; i < self->servers->len; i++)
    if (g_str_equal (nt_server_get_name (g_ptr_array_index (self->servers, i)), name))
      return g_ptr_array_index (self->servers, i);
  return NULL;
}

/**
 * nt_server_list_find_address:
 *
 * Returns: (transfer none) (nullable): the first server with that address
 */
NtServer *
nt_server_list_find_address (NtServerList *self, const NtServerAddress *address)
{
  for (guint i = 0; i < self->servers->len; i++)
    if (nt_server_address_equal (nt_server_get_address (self->servers->pdata[i]), address))
      return self->servers->pdata[i];
  return NULL;
}

/**
 * nt_server_list_get_groups:
 *
 * Returns: (transfer full) (array zero-terminated=1): the groups of @server
 */
char **
nt_server_list_get_groups (NtServerList *self, NtServer *server)
{
  char **groups = g_key_file_get_string_list (self->file, nt_server_get_name (server), KEY_GROUPS, NULL, NULL);

  return groups ? groups : g_new0 (char *, 1);
}

/**
 * nt_server_list_set_groups:
 * @groups: (array zero-terminated=1): replace the current groups of @server
 *
 * Returns: %TRUE if the list was saved
 */
gboolean
nt_server_list_set_groups (NtServerList *self, NtServer *server, char **groups, GError **error)
{
  g_key_file_set_string_list (self->file,
                              nt_server_get_name (server),
                              KEY_GROUPS,
                              (const char *const *) groups,
                              g_strv_length (groups));
  nt_server_set_groups (server, groups);
  return save (self, error);
}
