/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/application/application.h"

#include <glib/gi18n.h>

#include "app/servers/server-list.h"
#include "ui/application/askpass-prompt.h"
#include "ui/application/notifier.h"
#include "ui/dialogs/preferences-dialog.h"
#include "ui/parts/help.h"
#include "ui/window/window.h"

struct _NtApplication
{
  AdwApplication parent_instance;

  NtServerList *servers;
  NtAskpassPrompt *askpass_desk;
  NtNotifier *notifier;
};

G_DEFINE_FINAL_TYPE (NtApplication, nt_application, ADW_TYPE_APPLICATION)

/* Adds the local agent to an empty list. */
static void
add_local_server (NtServerList *servers)
{
  g_autoptr (GError) error = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (servers)) > 0 ||
      !g_file_test (NT_AGENT_SOCKET, G_FILE_TEST_EXISTS))
    return;
  if (nt_server_list_add (servers, "local", NULL, &error) == NULL)
    g_warning ("%s", error->message);
}

static void
start_servers (NtServerList *servers)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (servers)); i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (servers), i);

      nt_server_connect (server);
    }
}

static void
show_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *self = user_data;
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (dialog,
                "application-name",
                _("NIC Teaming"),
                "application-icon",
                APP_ID,
                "version",
                PACKAGE_VERSION,
                "comments",
                _("Manage NIC teams on Linux servers"),
                "license-type",
                GTK_LICENSE_GPL_3_0,
                "translator-credits",
                _("translator-credits"),
                NULL);
  adw_dialog_present (dialog, GTK_WIDGET (gtk_application_get_active_window (self)));
}

static GtkWindow *
get_window (NtApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window != NULL)
    return window;
  window = GTK_WINDOW (nt_window_new (ADW_APPLICATION (self), self->servers));
  start_servers (self->servers);
  return window;
}

static void
show_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = get_window (user_data);

  gtk_window_present (window);
  adw_dialog_present (nt_preferences_dialog_new (), GTK_WIDGET (window));
}

static void
show_help (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  nt_help_show (get_window (user_data));
}

/* The launcher of the desktop can call this before there is a window. */
static void
add_servers (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = get_window (user_data);

  gtk_window_present (window);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.add-server", NULL);
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static void
nt_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = show_about },
    { .name = "add-servers", .activate = add_servers },
    { .name = "help", .activate = show_help },
    { .name = "preferences", .activate = show_preferences },
    { .name = "quit", .activate = quit },
  };
  static const struct
  {
    const char *action;
    const char *keys[2];
  } keys[] = {
    { "app.quit", { "<Control>q" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.help", { "F1" } },
  };
  NtApplication *self = NT_APPLICATION (application);
  g_autofree char *path = nt_server_list_get_default_path ();
  g_autoptr (GError) error = NULL;

  G_APPLICATION_CLASS (nt_application_parent_class)->startup (application);

  /* Translators: do not translate. Use “default:RTL” for right-to-left languages. GTK’s own may be missing. */
  if (g_str_equal (_("default:LTR"), "default:RTL"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  gtk_window_set_default_icon_name (APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i].action, keys[i].keys);

  self->askpass_desk = nt_askpass_prompt_new (GTK_APPLICATION (self));
  self->servers = nt_server_list_new (path);
  if (!nt_server_list_load (self->servers, &error))
    g_warning ("%s", error->message);
  else
    add_local_server (self->servers);
  self->notifier = nt_notifier_new (application, self->servers);
}

static void
nt_application_activate (GApplication *application)
{
  gtk_window_present (get_window (NT_APPLICATION (application)));
}

/* A server that is not in the list is added. */
static NtServer *
find_or_add_server (NtServerList *servers, const char *text, GError **error)
{
  NtServer *server = nt_server_list_find (servers, text);
  g_autoptr (NtServerAddress) address = NULL;

  if (server != NULL)
    return server;
  address = nt_server_address_parse (text, error);
  if (address == NULL)
    return NULL;
  server = nt_server_list_find_address (servers, address);
  if (server != NULL)
    return server;
  server = nt_server_list_add (servers, text, NULL, error);
  if (server != NULL)
    nt_server_refresh (server, TRUE);
  return server;
}

static gboolean
open_server (NtApplication *self, GApplicationCommandLine *command_line, const char *text)
{
  g_autoptr (GError) error = NULL;
  NtServer *server = find_or_add_server (self->servers, text, &error);

  if (server == NULL)
    {
      g_application_command_line_printerr (command_line, "nicteam-console: %s\n", error->message);
      return FALSE;
    }
  nt_window_select_server (NT_WINDOW (get_window (self)), server);
  return TRUE;
}

static int
nt_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  const char *server = NULL;

  g_application_activate (application);
  if (!g_variant_dict_lookup (options, "server", "&s", &server))
    return EXIT_SUCCESS;
  return open_server (NT_APPLICATION (application), command_line, server) ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void
nt_application_shutdown (GApplication *application)
{
  NtApplication *self = NT_APPLICATION (application);

  for (guint i = 0; self->servers && i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      nt_server_disconnect (server);
    }
  g_clear_object (&self->notifier);
  g_clear_object (&self->servers);
  g_clear_object (&self->askpass_desk);

  G_APPLICATION_CLASS (nt_application_parent_class)->shutdown (application);
}

static void
nt_application_class_init (NtApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = nt_application_startup;
  application_class->activate = nt_application_activate;
  application_class->command_line = nt_application_command_line;
  application_class->shutdown = nt_application_shutdown;
}

static void
nt_application_init (NtApplication *self)
{
  static const GOptionEntry options[] = {
    { "server", 's', 0, G_OPTION_ARG_STRING, NULL, N_("Select this server, given by name or address"), N_("HOST") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * nt_application_new:
 *
 * Returns: (transfer full): the application
 */
NtApplication *
nt_application_new (void)
{
  return g_object_new (NT_TYPE_APPLICATION,
                       "application-id",
                       APP_ID,
                       "resource-base-path",
                       "/io/github/nicteam/Console",
                       "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}
