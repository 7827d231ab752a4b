/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "application.h"

#include <glib/gi18n.h>

#include "server-list.h"
#include "window.h"

struct _NtApplication
{
  AdwApplication parent_instance;

  NtServerList *servers;
};

G_DEFINE_FINAL_TYPE (NtApplication, nt_application, ADW_TYPE_APPLICATION)

/* The agent of this machine is offered without being asked for. */
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

      nt_server_start (server);
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
                _("Teams of network adapters on many Linux servers"),
                "license-type",
                GTK_LICENSE_GPL_3_0,
                "translator-credits",
                _("translator-credits"),
                NULL);
  adw_dialog_present (dialog, GTK_WIDGET (gtk_application_get_active_window (self)));
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
    { .name = "quit", .activate = quit },
  };
  static const char *const quit_keys[] = { "<Control>q", NULL };
  NtApplication *self = NT_APPLICATION (application);
  g_autofree char *path = nt_server_list_get_default_path ();
  g_autoptr (GError) error = NULL;

  G_APPLICATION_CLASS (nt_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", quit_keys);

  self->servers = nt_server_list_new (path);
  if (!nt_server_list_load (self->servers, &error))
    g_warning ("%s", error->message);
  else
    add_local_server (self->servers);
}

static void
nt_application_activate (GApplication *application)
{
  NtApplication *self = NT_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      window = GTK_WINDOW (nt_window_new (ADW_APPLICATION (self), self->servers));
      start_servers (self->servers);
    }
  gtk_window_present (window);
}

static void
nt_application_shutdown (GApplication *application)
{
  NtApplication *self = NT_APPLICATION (application);

  for (guint i = 0; self->servers && i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      nt_server_stop (server);
    }
  g_clear_object (&self->servers);

  G_APPLICATION_CLASS (nt_application_parent_class)->shutdown (application);
}

static void
nt_application_class_init (NtApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = nt_application_startup;
  application_class->activate = nt_application_activate;
  application_class->shutdown = nt_application_shutdown;
}

static void
nt_application_init (NtApplication *self)
{
}

/**
 * nt_application_new:
 *
 * Returns: (transfer full): the console
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
                       G_APPLICATION_DEFAULT_FLAGS,
                       NULL);
}
