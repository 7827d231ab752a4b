/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "add-server-dialog.h"

#include "problem-label.h"

struct _NtAddServerDialog
{
  AdwDialog parent_instance;

  /* template children */
  AdwEntryRow *address_row;
  AdwEntryRow *name_row;
  GtkWidget *add_button;
  NtProblemLabel *problem;

  /* owned */
  NtServerList *servers;
};

G_DEFINE_FINAL_TYPE (NtAddServerDialog, nt_add_server_dialog, ADW_TYPE_DIALOG)

enum
{
  ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
show_problem (NtAddServerDialog *self, const GError *error)
{
  nt_problem_label_set (self->problem, error ? error->message : NULL, TRUE);
}

static void
changed_cb (NtAddServerDialog *self)
{
  const char *text = get_text (self->address_row);
  g_autoptr (GError) error = NULL;
  g_autoptr (NtServerAddress) address = nt_server_address_parse (text, &error);

  show_problem (self, *text != '\0' ? error : NULL);
  gtk_widget_set_sensitive (self->add_button, address != NULL);
}

static void
add_cb (NtAddServerDialog *self)
{
  g_autoptr (GError) error = NULL;
  NtServer *server =
    nt_server_list_add (self->servers, get_text (self->address_row), get_text (self->name_row), &error);

  if (server == NULL)
    {
      show_problem (self, error);
      return;
    }
  g_signal_emit (self, signals[ADDED], 0, server);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
nt_add_server_dialog_dispose (GObject *object)
{
  g_clear_object (&NT_ADD_SERVER_DIALOG (object)->servers);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_ADD_SERVER_DIALOG);

  G_OBJECT_CLASS (nt_add_server_dialog_parent_class)->dispose (object);
}

static void
nt_add_server_dialog_class_init (NtAddServerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_add_server_dialog_dispose;

  /**
   * NtAddServerDialog::added:
   * @server: the new server, which is not started
   *
   * A server was added to the list.
   */
  signals[ADDED] = g_signal_new ("added",
                                 NT_TYPE_ADD_SERVER_DIALOG,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 NT_TYPE_SERVER);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/add-server-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NtAddServerDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, NtAddServerDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, NtAddServerDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, NtAddServerDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
nt_add_server_dialog_init (NtAddServerDialog *self)
{
  g_type_ensure (NT_TYPE_PROBLEM_LABEL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * nt_add_server_dialog_new:
 * @servers: where the server is added
 *
 * Returns: (transfer floating): a dialog that asks for a server
 */
NtAddServerDialog *
nt_add_server_dialog_new (NtServerList *servers)
{
  NtAddServerDialog *self = g_object_new (NT_TYPE_ADD_SERVER_DIALOG, NULL);

  self->servers = g_object_ref (servers);
  return self;
}
