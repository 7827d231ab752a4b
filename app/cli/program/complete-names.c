/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/program/complete-names.h"

#include <unistd.h>

#include "app/cli/frame/session.h"
#include "app/cli/frame/targets.h"
#include "app/servers/server-list.h"

/* Longer delays would make completion unusable. */
#define TIMEOUT_SECONDS 2

static NtNameKind requested_kind;
static GPtrArray *names;

static void
add_name (const char *name)
{
  if (name != NULL && !nt_strings_contain (names, name))
    g_ptr_array_add (names, g_strdup (name));
}

static void
add_interface (const NtInterface *interface)
{
  if (requested_kind == NT_NAME_INTERFACE)
    add_name (interface->name);
  else if (requested_kind == NT_NAME_DEVICE)
    add_name (interface->device);
}

static void
add_team (const NtTeam *team)
{
  if (requested_kind == NT_NAME_TEAM)
    add_name (team->name);
  else if (requested_kind == NT_NAME_DEVICE)
    add_name (team->device);
  for (guint i = 0; i < team->interfaces->len; i++)
    add_interface (team->interfaces->pdata[i]);
}

static NtExit
collect_on (NtSession *session, NtInvocation *invocation)
{
  const NtState *state = nt_session_get_state (session);

  for (guint i = 0; i < state->adapters->len; i++)
    if (requested_kind == NT_NAME_ADAPTER || requested_kind == NT_NAME_DEVICE)
      add_name (((NtAdapter *) state->adapters->pdata[i])->name);
  for (guint i = 0; i < state->teams->len; i++)
    add_team (state->teams->pdata[i]);
  return NT_EXIT_OK;
}

static gboolean
give_up_cb (gpointer user_data)
{
  _exit (NT_EXIT_UNREACHABLE);
}

static void
ask_servers (char **servers)
{
  g_autoptr (GPtrArray) targets = nt_targets_find (*servers ? servers : NULL, NULL);
  NtInvocation invocation = { .servers = targets };
  guint timeout;

  if (targets == NULL)
    return;
  invocation.output = nt_output_new (NT_OUTPUT_TEXT, FALSE);
  timeout = g_timeout_add_seconds (TIMEOUT_SECONDS, give_up_cb, NULL);
  nt_session_run (&invocation, collect_on);
  g_source_remove (timeout);
  nt_output_free (invocation.output);
}

static void
add_groups (NtServerList *list, NtServer *server)
{
  g_auto (GStrv) groups = nt_server_list_get_groups (list, server);

  for (char **group = groups; *group != NULL; group++)
    {
      g_autofree char *name = g_strconcat ("@", *group, NULL);

      add_name (name);
    }
}

static void
read_servers (void)
{
  g_autofree char *path = nt_server_list_get_default_path ();
  g_autoptr (NtServerList) list = nt_server_list_new (path);

  if (!nt_server_list_load (list, NULL))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (list), i);

      add_name (nt_server_get_name (server));
      if (requested_kind == NT_NAME_TARGET)
        add_groups (list, server);
    }
}

/**
 * nt_complete_find_names:
 * @servers: (array zero-terminated=1): the values of --server
 *
 * Asks the servers for names, with a short timeout.
 *
 * Returns: (transfer full) (element-type utf8): names of that kind
 */
GPtrArray *
nt_complete_find_names (NtNameKind kind, char **servers)
{
  requested_kind = kind;
  names = nt_strings_new ();
  if (kind == NT_NAME_SERVER || kind == NT_NAME_TARGET)
    read_servers ();
  else
    ask_servers (servers);
  return g_steal_pointer (&names);
}
