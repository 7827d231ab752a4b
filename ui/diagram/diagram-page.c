/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/diagram/diagram-page.h"

#include <glib/gi18n.h>

#include "ui/diagram/diagram-view.h"
#include "ui/parts/error-dialog.h"

struct _NtDiagramPage
{
  AdwBin parent_instance;

  /* template children */
  GtkLabel *title;
  GtkStack *stack;
  NtDiagramView *view;
  GtkLabel *placeholder;

  /* owned */
  NtServer *server;
};

G_DEFINE_FINAL_TYPE (NtDiagramPage, nt_diagram_page, ADW_TYPE_BIN)

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
make_title (NtDiagramPage *self)
{
  if (self->server == NULL)
    return g_strdup (_("Diagram"));
  return g_strdup_printf (_("Diagram of %s"), nt_server_get_name (self->server));
}

static char *
make_placeholder (NtDiagramPage *self, const NtState *state)
{
  if (self->server == NULL)
    return g_strdup (_("The diagram shows the adapters, teams and interfaces of the selected server."));
  if (state == NULL)
    return g_strdup_printf (_("The adapters and teams of %s are not available."), nt_server_get_name (self->server));
  return g_strdup_printf (_("%s has no teamable adapters."), nt_server_get_name (self->server));
}

static gboolean
has_something (const NtState *state)
{
  return state != NULL && (state->teams->len > 0 || state->adapters->len > 0);
}

/* The diagram is only updated while it is visible. */
static void
update (NtDiagramPage *self)
{
  const NtState *state = self->server ? nt_server_get_state (self->server) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *placeholder = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  title = make_title (self);
  placeholder = make_placeholder (self, state);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->placeholder, placeholder);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_stack_set_visible_child_name (self->stack, has_something (state) ? "diagram" : "placeholder");
  nt_diagram_view_show (self->view, state);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diagram.save-png", has_something (state));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diagram.save-svg", has_something (state));
}

static void
activated_cb (NtDiagramPage *self, int kind, const char *key)
{
  g_signal_emit (self, signals[ACTIVATED], 0, kind, key);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtDiagramPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    nt_error_dialog_show (GTK_WIDGET (self), _("Saving the Picture Failed"), error);
}

/* @file, @picture: (transfer full) */
static void
write_picture (NtDiagramPage *self, GFile *file, GBytes *picture)
{
  g_file_replace_contents_bytes_async (file, picture, NULL, FALSE, G_FILE_CREATE_NONE, NULL, written_cb,
                                       g_object_ref (self));
  g_bytes_unref (picture);
  g_object_unref (file);
}

static void
png_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtDiagramPage) self = user_data;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    write_picture (self, file, nt_diagram_view_to_png (self->view));
}

static void
svg_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtDiagramPage) self = user_data;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *title = make_title (self);

  if (file != NULL)
    write_picture (self, file, nt_diagram_view_to_svg (self->view, title));
}

static void
choose_file (NtDiagramPage *self, const char *suffix, GAsyncReadyCallback callback)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = g_strconcat (nt_server_get_name (self->server), ".", suffix, NULL);

  /* A slash is not allowed in file names. */
  g_strdelimit (name, G_DIR_SEPARATOR_S, '-');
  gtk_file_dialog_set_title (dialog, _("Save as Picture"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, callback, g_object_ref (self));
}

static void
save_png (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose_file (NT_DIAGRAM_PAGE (widget), "png", png_chosen_cb);
}

static void
save_svg (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose_file (NT_DIAGRAM_PAGE (widget), "svg", svg_chosen_cb);
}

static void
nt_diagram_page_dispose (GObject *object)
{
  NtDiagramPage *self = NT_DIAGRAM_PAGE (object);

  if (self->server != NULL)
    g_signal_handlers_disconnect_by_data (self->server, self);
  g_clear_object (&self->server);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_DIAGRAM_PAGE);

  G_OBJECT_CLASS (nt_diagram_page_parent_class)->dispose (object);
}

static void
nt_diagram_page_class_init (NtDiagramPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_diagram_page_dispose;

  /**
   * NtDiagramPage::activated:
   * @kind: an NtDiagramKind
   * @key: identifies the object on the server
   */
  signals[ACTIVATED] = g_signal_new ("activated", NT_TYPE_DIAGRAM_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/diagram-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NtDiagramPage, title);
  gtk_widget_class_bind_template_child (widget_class, NtDiagramPage, stack);
  gtk_widget_class_bind_template_child (widget_class, NtDiagramPage, view);
  gtk_widget_class_bind_template_child (widget_class, NtDiagramPage, placeholder);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "diagram.save-png", NULL, save_png);
  gtk_widget_class_install_action (widget_class, "diagram.save-svg", NULL, save_svg);
}

static void
nt_diagram_page_init (NtDiagramPage *self)
{
  g_type_ensure (NT_TYPE_DIAGRAM_VIEW);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (update), NULL);
}

/**
 * nt_diagram_page_set_server:
 * @server: (nullable):
 */
void
nt_diagram_page_set_server (NtDiagramPage *self, NtServer *server)
{
  if (self->server == server)
    return;
  if (self->server != NULL)
    g_signal_handlers_disconnect_by_data (self->server, self);
  g_set_object (&self->server, server);
  if (server != NULL)
    g_signal_connect_object (server, "state-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
