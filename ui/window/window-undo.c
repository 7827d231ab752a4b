/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/change/plan-view.h"
#include "ui/parts/error-dialog.h"
#include "ui/parts/settings.h"
#include "ui/window/window-private.h"

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (nt_apply_finish (NT_SERVER (source), result, &error))
    nt_window_toast_done (self, NT_SERVER (source), _("Undone"));
  else
    nt_error_dialog_show (GTK_WIDGET (self), _("Undoing the Change Failed"), error);
}

static void
undo_now (NtWindow *self, gpointer server)
{
  nt_apply_undo_async (server, nt_settings_get_confirm (), NULL, undone_cb, g_object_ref (self));
}

/* Called by the toast that reports a change. */
static void
undo_of (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtWindow *self = NT_WINDOW (widget);
  NtServer *server = nt_server_list_find (self->servers, g_variant_get_string (parameter, NULL));

  if (server != NULL)
    undo_now (self, server);
}

static void
undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtWindow *self = NT_WINDOW (widget);
  NtServer *server = nt_window_get_server (self);
  g_autofree char *body = NULL;

  if (server == NULL)
    return;
  body = g_strdup_printf (_("The teams of “%s” are restored to their state before the last confirmed change. "
                            "Undo again to redo the change."),
                          nt_server_get_name (server));
  nt_window_ask (self,
                 &(NtQuestion) { _("Undo Last Change?"), body, _("_Undo"), nt_plan_view_new_scrolled (server, NULL) },
                 undo_now,
                 g_object_ref (server),
                 g_object_unref);
}

/**
 * nt_window_toast_done:
 * @text: the change in the past tense
 *
 * Reports a change, with a button that undoes it.
 */
void
nt_window_toast_done (NtWindow *self, NtServer *server, const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-of");
  adw_toast_set_action_target (toast, "s", nt_server_get_name (server));
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
nt_window_update_undo_actions (NtWindow *self)
{
  NtServer *server = nt_window_get_server (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", server != NULL && nt_server_get_state (server) != NULL);
}

void
nt_window_class_add_undo_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.undo", NULL, undo);
  gtk_widget_class_install_action (klass, "win.undo-of", "s", undo_of);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
}
