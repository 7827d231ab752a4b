/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/cli/frame/command.h"
#include "app/cli/frame/option.h"
#include "app/servers/server-list.h"

static char *name;
static char **groups;

static const GOptionEntry add_options[] = {
  { "name", 0, 0, NT_OPTION_TEXT, &name, N_("Name of the server (default: from its address)"),
    N_("NAME") },
  { "group", 'g', 0, NT_OPTION_TEXTS, &groups, N_("Group, used as “-s @GROUP”; repeatable"), N_("GROUP") },
  { NULL },
};

/* The console uses the same list. */
static NtServerList *
load_list (NtInvocation *invocation)
{
  g_autofree char *path = nt_server_list_get_default_path ();
  g_autoptr (NtServerList) list = nt_server_list_new (path);
  g_autoptr (GError) error = NULL;

  if (nt_server_list_load (list, &error))
    return g_steal_pointer (&list);
  nt_invocation_fail (invocation, NULL, NT_EXIT_FAILED, "%s", error->message);
  return NULL;
}

/* @server: the server of the list that the failure concerns, not one that was connected to */
static NtExit
fail (NtInvocation *invocation, const char *server, NtExit code, const char *message)
{
  g_autofree char *line = g_strdup_printf ("nicteam: %s", message);

  nt_output_print_error (invocation->output, line);
  nt_output_add_error (invocation->output, server, code, message);
  return code;
}

static void
add_server_json (NtOutput *output, NtServerList *list, NtServer *server)
{
  const char *server_name = nt_server_get_name (server);
  g_autofree char *address = nt_server_address_to_string (nt_server_get_address (server));
  g_auto (GStrv) in_groups = nt_server_list_get_groups (list, server);
  JsonNode *address_node = json_node_new (JSON_NODE_VALUE);
  JsonNode *groups_node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (char **group = in_groups; *group != NULL; group++)
    json_array_add_string_element (array, *group);
  json_node_set_string (address_node, address);
  json_node_take_array (groups_node, array);
  nt_output_add_json (output, server_name, "address", address_node);
  nt_output_add_json (output, server_name, "groups", groups_node);
}

static void
add_server_row (NtOutput *output, NtServerList *list, NtServer *server)
{
  g_autofree char *address = nt_server_address_to_string (nt_server_get_address (server));
  g_auto (GStrv) in_groups = nt_server_list_get_groups (list, server);
  g_autofree char *names = g_strjoinv (" ", in_groups);

  nt_output_begin_row (output, NULL);
  nt_output_add_cell (output, nt_server_get_name (server));
  nt_output_add_cell (output, address);
  nt_output_add_cell (output, names);
  add_server_json (output, list, server);
}

static NtExit
list_servers (NtInvocation *invocation)
{
  static const char *const titles[] = { N_("SERVER"), N_("ADDRESS"), N_("GROUPS"), NULL };
  g_autoptr (NtServerList) list = load_list (invocation);

  if (list == NULL)
    return NT_EXIT_FAILED;
  nt_output_set_columns (invocation->output, titles);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (list), i);

      add_server_row (invocation->output, list, server);
    }
  return NT_EXIT_OK;
}

static NtExit
add_server (NtInvocation *invocation)
{
  g_autoptr (NtServerList) list = load_list (invocation);
  g_autoptr (GError) error = NULL;
  NtServer *server;

  if (list == NULL)
    return NT_EXIT_FAILED;
  server = nt_server_list_add (list, invocation->arguments[0], name, &error);
  if (server == NULL)
    return fail (invocation, name ? name : invocation->arguments[0], NT_EXIT_REFUSED, error->message);
  /* It is saved even if its groups cannot be. */
  add_server_json (invocation->output, list, server);
  if (groups == NULL)
    return NT_EXIT_OK;
  if (!nt_server_list_set_groups (list, server, groups, &error))
    return fail (invocation, nt_server_get_name (server), NT_EXIT_FAILED, error->message);
  add_server_json (invocation->output, list, server);
  return NT_EXIT_OK;
}

static NtExit
remove_server (NtInvocation *invocation)
{
  const char *server_name = invocation->arguments[0];
  g_autoptr (NtServerList) list = load_list (invocation);
  g_autoptr (GError) error = NULL;
  g_autofree char *unknown = NULL;
  NtServer *server = list ? nt_server_list_find (list, server_name) : NULL;
  JsonNode *removed;

  if (list == NULL)
    return NT_EXIT_FAILED;
  if (server == NULL)
    {
      unknown =
        g_strdup_printf (_("No saved server named “%s”. List servers with “nicteam server list”."), server_name);
      return fail (invocation, server_name, NT_EXIT_REFUSED, unknown);
    }
  if (!nt_server_list_remove (list, server, &error))
    return fail (invocation, server_name, NT_EXIT_FAILED, error->message);
  removed = json_node_new (JSON_NODE_VALUE);
  json_node_set_boolean (removed, TRUE);
  nt_output_add_json (invocation->output, server_name, "removed", removed);
  return NT_EXIT_OK;
}

const NtCommand nt_server_commands[] = {
  { "server", "list", "", N_("List the saved servers"), 0, 0, NULL, list_servers },
  { "server", "add", N_("ADDRESS"), N_("Save a server: ssh:HOST, HOST:PORT, unix:PATH, local, or a host"), 1, 1, add_options,
    add_server },
  { "server", "remove", N_("SERVER"), N_("Remove a server from the list"), 1, 1, NULL, remove_server },
  { NULL },
};
