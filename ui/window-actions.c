/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "add-server-dialog.h"
#include "window-private.h"

static void
added_cb (NtWindow *self, NtServer *server)
{
  nt_server_refresh (server);
  nt_server_tile_select (self->server_tile, server);
}

static void
add_server (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtWindow *self = NT_WINDOW (widget);
  NtAddServerDialog *dialog = nt_add_server_dialog_new (self->servers);

  g_signal_connect_object (dialog, "added", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
remove_server_now (NtWindow *self, gpointer server)
{
  g_autoptr (GError) error = NULL;

  if (!nt_server_list_remove (self->servers, server, &error))
    nt_window_show_error (self, _("The List of Servers Was Not Saved"), error);
}

static void
remove_server (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtWindow *self = NT_WINDOW (widget);
  NtServer *server = nt_window_get_server (self);
  g_autofree char *body = NULL;

  if (server == NULL)
    return;
  body = g_strdup_printf (_("“%s” is only taken from this list. Its teams stay as they are."),
                          nt_server_get_name (server));
  nt_window_ask (self,
                 &(NtQuestion) { _("Remove Server?"), body, _("_Remove") },
                 remove_server_now,
                 g_object_ref (server),
                 g_object_unref);
}

static void
refresh (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtWindow *self = NT_WINDOW (widget);
  GListModel *selected = nt_server_tile_get_selected (self->server_tile);

  for (guint i = 0; i < g_list_model_get_n_items (selected); i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (selected, i);

      nt_server_refresh (server);
    }
}

/* Where this user may only look: what is shown stays, what changes something is grey. */
static void
disable_changes (NtWindow *self)
{
  static const char *const changes[] = {
    "win.new-team",         "win.new-team-of-adapters", "win.team-properties",    "win.delete-team",
    "win.add-to-team",      "win.remove-from-team",     "win.disable-adapters",   "win.enable-adapters",
    "win.add-interface",    "win.interface-properties", "win.disable-interface",  "win.enable-interface",
    "win.delete-interface", "win.undo",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), changes[i], FALSE);
}

/**
 * nt_window_update_actions:
 * @self: a window
 *
 * Lets be done what can be done with what is selected.
 */
void
nt_window_update_actions (NtWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  NtServer *server = nt_window_get_server (self);

  gtk_widget_action_set_enabled (widget, "win.remove-server", server != NULL);
  gtk_widget_action_set_enabled (widget, "win.refresh", server != NULL);
  nt_window_update_team_actions (self);
  nt_window_update_adapter_actions (self);
  nt_window_update_interface_actions (self);
  nt_window_update_undo_actions (self);
  if (server != NULL && nt_server_is_read_only (server))
    disable_changes (self);
}

/**
 * nt_window_class_add_actions:
 * @klass: the class of the window
 *
 * Adds what the menus and the keyboard can do.
 */
void
nt_window_class_add_actions (GtkWidgetClass *klass)
{
  GdkModifierType control_shift = GDK_CONTROL_MASK | GDK_SHIFT_MASK;

  gtk_widget_class_install_action (klass, "win.add-server", NULL, add_server);
  gtk_widget_class_install_action (klass, "win.remove-server", NULL, remove_server);
  gtk_widget_class_install_action (klass, "win.refresh", NULL, refresh);
  nt_window_class_add_team_actions (klass);
  nt_window_class_add_adapter_actions (klass);
  nt_window_class_add_interface_actions (klass);
  nt_window_class_add_undo_actions (klass);

  gtk_widget_class_add_binding_action (klass, GDK_KEY_n, control_shift, "win.add-server", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_r, GDK_CONTROL_MASK, "win.refresh", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F5, 0, "win.refresh", NULL);
}
