/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "add-server-dialog.h"
#include "apply.h"
#include "new-team-dialog.h"
#include "window-private.h"

/* A question to the user, and what it is about. */
typedef struct
{
  NtWindow *window;
  NtServer *server;
  char *team_id;
  char *team_name;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_object (&question->window);
  g_clear_object (&question->server);
  g_free (question->team_id);
  g_free (question->team_name);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static Question *
ask (NtWindow *self, NtServer *server)
{
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (self);
  question->server = g_object_ref (server);
  return question;
}

static AdwDialog *
make_confirmation (const char *heading, const char *body, const char *response)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel",
                                  _("_Cancel"),
                                  "confirm",
                                  response,
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "confirm", ADW_RESPONSE_DESTRUCTIVE);
  return dialog;
}

static gboolean
is_confirmed (GObject *dialog, GAsyncResult *result)
{
  return g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (dialog), result), "confirm");
}

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
remove_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;

  if (is_confirmed (source, result) &&
      !nt_server_list_remove (question->window->servers, question->server, &error))
    nt_window_show_error (question->window, _("The List of Servers Was Not Saved"), error);
}

static void
remove_server (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtWindow *self = NT_WINDOW (widget);
  NtServer *server = nt_window_get_server (self);
  g_autofree char *body = NULL;
  AdwDialog *dialog;

  if (server == NULL)
    return;
  body = g_strdup_printf (_("“%s” is only taken from this list. Its teams stay as they are."),
                          nt_server_get_name (server));
  dialog = make_confirmation (_("Remove Server?"), body, _("_Remove"));
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), widget, NULL, remove_confirmed_cb, ask (self, server));
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

static void
created_cb (NtWindow *self, const char *name)
{
  g_autofree char *text = g_strdup_printf (_("Team “%s” created"), name);

  nt_window_toast (self, text);
}

static void
open_new_team_dialog (NtWindow *self, const char *const *members)
{
  NtServer *server = nt_window_get_server (self);
  NtNewTeamDialog *dialog;

  if (server == NULL || nt_server_get_state (server) == NULL)
    return;
  dialog = nt_new_team_dialog_new (server, members);
  g_signal_connect_object (dialog, "created", G_CALLBACK (created_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
new_team (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_new_team_dialog (NT_WINDOW (widget), NULL);
}

static void
new_team_of_adapters (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtWindow *self = NT_WINDOW (widget);
  g_autoptr (GPtrArray) rows = nt_link_tile_get_selected_adapters (self->link_tile);
  g_autoptr (GStrvBuilder) members = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < rows->len; i++)
    g_strv_builder_add (members, nt_row_get_key (g_ptr_array_index (rows, i)));
  names = g_strv_builder_end (members);
  open_new_team_dialog (self, (const char *const *) names);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (nt_apply_finish (NT_SERVER (source), result, &error))
    {
      text = g_strdup_printf (_("Team “%s” deleted"), question->team_name);
      nt_window_toast (question->window, text);
      return;
    }
  text = g_strdup_printf (_("Team “%s” Was Not Deleted"), question->team_name);
  nt_window_show_error (question->window, text, error);
}

static void
delete_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (NtRequest) request = nt_apply_make_removal (question->team_id);
  NtServer *server = question->server;

  if (is_confirmed (source, result))
    nt_apply_async (server, request, NULL, deleted_cb, g_steal_pointer (&question));
}

static void
delete_team (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtWindow *self = NT_WINDOW (widget);
  NtRow *row = nt_team_tile_get_selected (self->team_tile);
  g_autofree char *body = NULL;
  const NtTeam *team;
  AdwDialog *dialog;
  Question *question;

  if (row == NULL)
    return;
  team = nt_row_get_record (row);
  body = g_strdup_printf (_("“%s” on %s goes with all of its interfaces, and whatever uses them loses its "
                            "connection."),
                          team->name,
                          nt_server_get_name (nt_row_get_server (row)));
  dialog = make_confirmation (_("Delete Team?"), body, _("_Delete"));
  question = ask (self, nt_row_get_server (row));
  question->team_id = g_strdup (team->id);
  question->team_name = g_strdup (team->name);
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), widget, NULL, delete_confirmed_cb, question);
}

static gboolean
has_free_adapter (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (nt_row_get_group (g_ptr_array_index (rows, i)), NT_GROUP_AVAILABLE) != 0)
      return FALSE;
  return rows->len > 0;
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
  NtRow *team = nt_team_tile_get_selected (self->team_tile);
  g_autoptr (GPtrArray) adapters = nt_link_tile_get_selected_adapters (self->link_tile);
  gboolean is_online = server != NULL && nt_server_get_state (server) != NULL;

  gtk_widget_action_set_enabled (widget, "win.remove-server", server != NULL);
  gtk_widget_action_set_enabled (widget, "win.refresh", server != NULL);
  gtk_widget_action_set_enabled (widget, "win.new-team", is_online);
  gtk_widget_action_set_enabled (widget,
                                 "win.new-team-of-adapters",
                                 is_online && has_free_adapter (adapters));
  gtk_widget_action_set_enabled (widget,
                                 "win.delete-team",
                                 team != NULL && ((const NtTeam *) nt_row_get_record (team))->managed);
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
  gtk_widget_class_install_action (klass, "win.new-team", NULL, new_team);
  gtk_widget_class_install_action (klass, "win.new-team-of-adapters", NULL, new_team_of_adapters);
  gtk_widget_class_install_action (klass, "win.delete-team", NULL, delete_team);

  gtk_widget_class_add_binding_action (klass, GDK_KEY_n, control_shift, "win.add-server", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_n, GDK_CONTROL_MASK, "win.new-team", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_r, GDK_CONTROL_MASK, "win.refresh", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F5, 0, "win.refresh", NULL);
}
