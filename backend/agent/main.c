/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

#include "backend/agent/access/access.h"
#include "backend/agent/engine/host.h"
#include "backend/agent/service/bridge.h"
#include "backend/agent/service/methods.h"
#include "backend/agent/service/notify.h"
#include "backend/agent/service/settings.h"
#include "backend/kernel/filters/nft.h"
#include "backend/kernel/linux/netlink-kernel.h"
#include "backend/varlink/service/listener.h"

/* Everyone may connect: with 0660 the agent could not explain a denial, and polkit would never be asked. The kernel
 * identifies the user of each connection, and the number of connections per user is limited. */
#define SOCKET_MODE 0666

static char *socket_path = (char *) "/run/nicteam/agent.sock";
static char *state_path = (char *) "/var/lib/nicteam";
static char *config_path = (char *) "/etc/nicteam/agent.conf";
static gboolean show_version;

static const GOptionEntry entries[] = {
  { "socket", 0, 0, G_OPTION_ARG_FILENAME, &socket_path, N_("Listen on PATH"), N_("PATH") },
  { "state", 0, 0, G_OPTION_ARG_FILENAME, &state_path, N_("Store the definitions of teams in DIRECTORY"), N_("DIRECTORY") },
  { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, N_("Read the settings from FILE"), N_("FILE") },
  { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_("Show the version"), NULL },
  { NULL },
};

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static NtEngine *
start_engine (GError **error)
{
  NtEngine *engine;
  NtSettings settings = NT_SETTINGS_DEFAULT;
  g_autoptr (NtNetlinkKernel) kernel = NULL;
  g_autoptr (NtStore) store = NULL;
  g_autoptr (NtHost) host = NULL;
  g_autoptr (NtCoexist) coexist = NULL;

  if (!nt_settings_load (&settings, config_path, error))
    return NULL;
  kernel = nt_netlink_kernel_new (settings.veth_adapters, error);
  store = kernel ? nt_store_open (state_path, error) : NULL;
  if (store == NULL)
    return NULL;
  host = nt_host_read (settings.guest_modes);
  engine = nt_engine_new (NT_KERNEL (kernel), g_steal_pointer (&store), host, error);
  if (engine == NULL)
    return NULL;
  nt_change_queue_set_confirm_seconds (nt_engine_get_queue (engine), settings.confirm_seconds);
  nt_engine_set_repairs (engine, settings.repair);
  coexist = nt_coexist_new ("/");
  nt_engine_set_coexist (engine, coexist);
  return engine;
}

/* Sockets from systemd take precedence. */
static gboolean
start_listening (NtVarlinkListener *listener, GError **error)
{
  int adopted = nt_varlink_listener_adopt_fds (listener, error);

  if (adopted < 0)
    return FALSE;
  if (adopted > 0)
    return TRUE;
  return nt_varlink_listener_listen_path (listener, socket_path, SOCKET_MODE, error);
}

/* The service counts as started when its state is complete, but clients are answered before. */
static void
filters_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  nt_engine_set_filters (user_data, nt_nft_check_finish (result));
  nt_notify ("READY=1");
}

static gboolean
serve (GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (NtEngine) engine = start_engine (error);
  g_autoptr (NtAccessGate) gate = nt_access_gate_new (nt_accounts_new (nt_account_look_up), nt_polkit_new (NULL));
  g_autoptr (NtVarlinkService) server = engine ? nt_methods_new (engine) : NULL;
  g_autoptr (NtVarlinkListener) listener = server ? nt_varlink_listener_new (server) : NULL;

  if (listener == NULL)
    return FALSE;
  nt_access_gate_attach (gate, server);
  if (!start_listening (listener, error))
    return FALSE;
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  nt_notify_start_watchdog ();
  nt_engine_await_filters (engine);
  nt_nft_check_async (filters_checked_cb, engine);
  g_main_loop_run (loop);
  nt_notify ("STOPPING=1");
  nt_varlink_service_close (server);
  return TRUE;
}

static gboolean
run (int argc, char **argv, GError **error)
{
  int client;
  g_autoptr (GOptionContext) context = g_option_context_new (_("[bridge] — manage the NIC teams of this server"));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_description (
    context, _("Without a command, the agent serves on a unix socket. “bridge” connects standard input and output to it."));
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (show_version)
    {
      g_print ("nicteam-agent %s\n", PACKAGE_VERSION);
      return TRUE;
    }
  client = nt_bridge_find_client ();
  if (client >= 0)
    return nt_bridge_run (client, client, socket_path, error);
  /* "varlinkctl call ssh-exec:…" sets this variable. */
  if ((argc == 2 && g_str_equal (argv[1], "bridge")) || g_strcmp0 (g_getenv ("SYSTEMD_VARLINK_LISTEN"), "-") == 0)
    return nt_bridge_run (STDIN_FILENO, STDOUT_FILENO, socket_path, error);
  if (argc == 1)
    return serve (error);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("Unknown command “%s”; see --help"), argv[1]);
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("nicteam-agent");

  if (run (argc, argv, &error))
    return EXIT_SUCCESS;
  g_printerr ("nicteam-agent: %s\n", error->message);
  return EXIT_FAILURE;
}
