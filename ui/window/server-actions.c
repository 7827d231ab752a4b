/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/server-actions.h"

#include <glib/gi18n.h>

#include "ui/dialogs/add-servers-dialog.h"
#include "ui/dialogs/advice-dialog.h"
#include "ui/parts/error-dialog.h"

/* A single new server may prompt for a password; several servers show their problems in the list instead. */
static void
added_cb (NtActionContext *self, GPtrArray *servers)
{
  for (guint i = 0; i < servers->len; i++)
    if (servers->len == 1)
      nt_server_refresh (servers->pdata[i], TRUE);
    else
      nt_server_connect (servers->pdata[i]);
  if (servers->len > 0)
    nt_selection_select_server (self->selection, servers->pdata[0]);
}

static void
add_servers (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  NtAddServersDialog *dialog = nt_add_servers_dialog_new (self->servers);

  g_signal_connect_object (dialog, "added", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* The servers of a question, and the list to remove them from. */
typedef struct
{
  NtServerList *list;
  GPtrArray *servers;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->list);
  g_ptr_array_unref (removal->servers);
  g_free (removal);
}

static void
remove_servers_now (NtChangeRunner *runner, gpointer data)
{
  const Removal *removal = data;

  for (guint i = 0; i < removal->servers->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (nt_server_list_remove (removal->list, removal->servers->pdata[i], &error))
        continue;
      nt_error_dialog_show (nt_change_runner_get_parent (runner), _("Saving the Server List Failed"), error);
      return;
    }
}

static void
remove_servers (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  g_autoptr (GPtrArray) servers = nt_selection_get_servers (self->selection);
  g_autofree char *heading =
    g_strdup_printf (g_dngettext (NULL, "Remove %u Server?", "Remove %u Servers?", servers->len), servers->len);
  g_autofree char *body = NULL;
  NtQuestion question = { heading, _("They are only removed from this list. Their teams stay."), _("_Remove") };
  Removal *removal;

  if (servers->len == 0)
    return;
  if (servers->len == 1)
    {
      body = g_strdup_printf (_("“%s” is only removed from this list. Its teams stay."),
                              nt_server_get_name (servers->pdata[0]));
      question.heading = _("Remove Server?");
      question.body = body;
    }
  removal = g_new0 (Removal, 1);
  removal->list = g_object_ref (self->servers);
  removal->servers = g_steal_pointer (&servers);
  nt_change_runner_ask (self->runner, &question, remove_servers_now, removal, removal_free);
}

/* The data of the dialog for groups */
typedef struct
{
  NtActionContext *context;
  GPtrArray *servers;
  GtkEditable *entry; /* a child of the dialog */
} Grouping;

static void
grouping_free (gpointer data, GClosure *closure)
{
  Grouping *grouping = data;

  g_object_unref (grouping->context);
  g_ptr_array_unref (grouping->servers);
  g_free (grouping);
}

static char **
split_groups (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,;", -1);
  g_autoptr (GStrvBuilder) groups = g_strv_builder_new ();

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_strv_builder_add (groups, *word);
  return g_strv_builder_end (groups);
}

/* Handles "response", since the entry no longer exists when adw_alert_dialog_choose() calls back. */
static void
response_cb (AdwAlertDialog *dialog, const char *response, Grouping *grouping)
{
  g_auto (GStrv) groups = split_groups (gtk_editable_get_text (grouping->entry));

  if (!g_str_equal (response, "set"))
    return;
  for (guint i = 0; i < grouping->servers->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (nt_server_list_set_groups (grouping->context->servers, grouping->servers->pdata[i], groups, &error))
        continue;
      nt_error_dialog_show (grouping->context->window, _("Saving the Server List Failed"), error);
      return;
    }
}

/* Adds the only entry of a dialog and returns it. */
static GtkEditable *
add_entry (AdwAlertDialog *dialog, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *list = gtk_list_box_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  adw_alert_dialog_set_extra_child (dialog, list);
  adw_dialog_set_focus (ADW_DIALOG (dialog), row);
  return GTK_EDITABLE (row);
}

static void
set_groups (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  g_autoptr (GPtrArray) servers = nt_selection_get_servers (self->selection);
  AdwAlertDialog *dialog;
  Grouping *grouping;
  g_autofree char *present = NULL;

  if (servers->len == 0)
    return;
  g_object_get (servers->pdata[0], "groups", &present, NULL);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
    _("Groups"), _("Groups can be searched in the list, and used as “nicteam -s @GROUP” on the command line.")));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "set", _("_Set"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "set", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "set");
  grouping = g_new0 (Grouping, 1);
  grouping->context = g_object_ref (self);
  grouping->entry = add_entry (dialog, _("Groups, Separated by Spaces or Commas"), present ? present : "");
  grouping->servers = g_steal_pointer (&servers);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), grouping, grouping_free, 0);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
show_help (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtServer *server = nt_selection_get_server (nt_action_context_get (widget)->selection);

  if (server != NULL)
    adw_dialog_present (ADW_DIALOG (nt_advice_dialog_new (server)), widget);
}

/* Only a single server may prompt for a password. */
static void
refresh (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  g_autoptr (GPtrArray) selected = nt_selection_get_servers (self->selection);

  for (guint i = 0; i < selected->len; i++)
    nt_server_refresh (selected->pdata[i], selected->len == 1);
}

/**
 * nt_server_actions_update:
 *
 * Enables the actions that apply to the selected servers.
 */
void
nt_server_actions_update (NtActionContext *self)
{
  static const char *const actions[] = { "win.remove-server", "win.set-groups", "win.refresh" };
  g_autoptr (GPtrArray) selected = nt_selection_get_servers (self->selection);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    nt_action_context_set_enabled (self, actions[i], selected->len > 0);
}

/**
 * nt_server_actions_install:
 *
 * Installs the actions of servers.
 */
void
nt_server_actions_install (GtkWidgetClass *klass)
{
  GdkModifierType control_shift = GDK_CONTROL_MASK | GDK_SHIFT_MASK;

  gtk_widget_class_install_action (klass, "win.add-server", NULL, add_servers);
  gtk_widget_class_install_action (klass, "win.remove-server", NULL, remove_servers);
  gtk_widget_class_install_action (klass, "win.set-groups", NULL, set_groups);
  gtk_widget_class_install_action (klass, "win.server-help", NULL, show_help);
  gtk_widget_class_install_action (klass, "win.refresh", NULL, refresh);

  gtk_widget_class_add_binding_action (klass, GDK_KEY_n, control_shift, "win.add-server", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_r, GDK_CONTROL_MASK, "win.refresh", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F5, 0, "win.refresh", NULL);
}
