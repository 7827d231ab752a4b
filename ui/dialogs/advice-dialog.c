/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/dialogs/advice-dialog.h"

#include "app/servers/advice.h"
#include "ui/parts/command-group.h"

struct _NtAdviceDialog
{
  AdwDialog parent_instance;

  /* template children */
  AdwWindowTitle *window_title;
  AdwPreferencesPage *page;

  /* owned */
  NtServer *server;
};

G_DEFINE_FINAL_TYPE (NtAdviceDialog, nt_advice_dialog, ADW_TYPE_DIALOG)

static void
try_cb (NtAdviceDialog *self)
{
  nt_server_refresh (self->server, TRUE);
  adw_dialog_close (ADW_DIALOG (self));
}

/* Closes the dialog when the server is online. */
static void
state_changed_cb (NtAdviceDialog *self)
{
  if (nt_server_get_connection (self->server) == NT_CONNECTION_ONLINE)
    adw_dialog_close (ADW_DIALOG (self));
}

static void
nt_advice_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_ADVICE_DIALOG);
  g_clear_object (&NT_ADVICE_DIALOG (object)->server);

  G_OBJECT_CLASS (nt_advice_dialog_parent_class)->dispose (object);
}

static void
nt_advice_dialog_class_init (NtAdviceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_advice_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/advice-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NtAdviceDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, NtAdviceDialog, page);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
}

static void
nt_advice_dialog_init (NtAdviceDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_text (NtAdviceDialog *self, const char *text)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  adw_preferences_group_add (group, label);
  adw_preferences_page_add (self->page, group);
}

static void
add_advice (NtAdviceDialog *self, const NtAdvice *advice)
{
  NtCommandGroup *group;

  if (advice->command == NULL)
    {
      add_text (self, advice->text);
      return;
    }
  group = g_object_new (NT_TYPE_COMMAND_GROUP, "description", advice->text, NULL);
  nt_command_group_set_command (group, advice->command);
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
}

/**
 * nt_advice_dialog_new:
 * @server: a server that is not online
 *
 * Returns: (transfer floating): a dialog that explains the problem and the remedies
 */
NtAdviceDialog *
nt_advice_dialog_new (NtServer *server)
{
  const char *status = nt_server_get_status_text (server);
  NtAdviceDialog *self = g_object_new (NT_TYPE_ADVICE_DIALOG, "title", status, NULL);
  g_autoptr (GPtrArray) list =
    nt_advice_for (nt_server_get_connection (server), nt_server_get_address (server), g_get_user_name ());
  const char *message = nt_server_get_message (server);

  self->server = g_object_ref (server);
  adw_window_title_set_title (self->window_title, status);
  adw_window_title_set_subtitle (self->window_title, nt_server_get_name (server));
  add_text (self, message ? message : status);
  for (guint i = 0; i < list->len; i++)
    add_advice (self, list->pdata[i]);
  g_signal_connect_object (server, "state-changed", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
