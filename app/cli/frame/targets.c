/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/frame/targets.h"

#include <glib/gi18n-lib.h>

#include "app/servers/server-list.h"

/* "@web" stands for all saved servers of the group "web". */
#define GROUP_MARK '@'

static void
target_server_free (gpointer data)
{
  NtTargetServer *self = data;

  g_free (self->name);
  nt_server_address_free (self->address);
  g_free (self);
}

/* A server that is given twice, by name and by group, is used once. */
static void
add_server (GPtrArray *targets, const char *name, NtServerAddress *address)
{
  NtTargetServer *server = g_new0 (NtTargetServer, 1);

  server->name = g_strdup (name);
  server->address = address;
  for (guint i = 0; i < targets->len; i++)
    if (g_str_equal (((NtTargetServer *) targets->pdata[i])->name, name))
      {
        target_server_free (server);
        return;
      }
  g_ptr_array_add (targets, server);
}

static gboolean
add_group (GPtrArray *targets, NtServerList *list, const char *group, GError **error)
{
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_auto (GStrv) groups = nt_server_list_get_groups (list, server);

      if (!g_strv_contains ((const char *const *) groups, group))
        continue;
      add_server (targets, nt_server_get_name (server), nt_server_address_copy (nt_server_get_address (server)));
      found = TRUE;
    }
  if (!found)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _("No saved server is in the group “%s”. List servers with “nicteam server list”."), group);
  return found;
}

/* @name: the name of a saved server, @GROUP or an address */
static gboolean
add_name (GPtrArray *targets, NtServerList *list, const char *name, GError **error)
{
  NtServer *saved = nt_server_list_find (list, name);
  NtServerAddress *address;
  g_autofree char *default_name = NULL;

  if (saved == NULL && *name == GROUP_MARK)
    return add_group (targets, list, name + 1, error);
  address = saved ? nt_server_address_copy (nt_server_get_address (saved)) : nt_server_address_parse (name, error);
  if (address == NULL)
    return FALSE;
  default_name = nt_server_address_get_default_name (address);
  add_server (targets, saved ? name : default_name, address);
  return TRUE;
}

/**
 * nt_targets_find:
 * @names: (nullable): the values of --server; %NULL for the local machine
 *
 * Returns: (transfer full) (element-type NtTargetServer) (nullable): the servers without duplicates
 */
GPtrArray *
nt_targets_find (char **names, GError **error)
{
  static char *this_machine[] = { (char *) "local", NULL };
  g_autofree char *path = nt_server_list_get_default_path ();
  g_autoptr (NtServerList) list = nt_server_list_new (path);
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (target_server_free);

  if (!nt_server_list_load (list, error))
    return NULL;
  if (names == NULL)
    names = this_machine;
  for (; *names != NULL; names++)
    if (!add_name (targets, list, *names, error))
      return NULL;
  return g_steal_pointer (&targets);
}
