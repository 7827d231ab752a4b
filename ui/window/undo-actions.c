/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/undo-actions.h"

#include <glib/gi18n.h>

#include "ui/change/plan-view.h"

static void
undo_now (NtChangeRunner *runner, gpointer server)
{
  nt_change_runner_undo (runner, server, NULL);
}

/* Called by the toast that reports a change. */
static void
undo_of (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  const char *name_of_server, *id;
  NtServer *server;

  g_variant_get (parameter, "(&s&s)", &name_of_server, &id);
  server = nt_server_list_find (self->servers, name_of_server);
  if (server != NULL)
    nt_change_runner_undo (self->runner, server, id);
}

static void
undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  NtServer *server = nt_selection_get_server (self->selection);
  g_autofree char *body = NULL;

  if (server == NULL)
    return;
  body = g_strdup_printf (_("The teams of “%s” are restored to their state before the last confirmed change. "
                            "Undo again to redo the change."),
                          nt_server_get_name (server));
  nt_change_runner_ask (self->runner,
                 &(NtQuestion) { _("Undo Last Change?"), body, _("_Undo"), nt_plan_view_new_scrolled (server, NULL) },
                 undo_now,
                 g_object_ref (server),
                 g_object_unref);
}

void
nt_undo_actions_update (NtActionContext *self)
{
  NtServer *server = nt_selection_get_server (self->selection);

  nt_action_context_set_enabled (self, "win.undo", server != NULL && nt_server_get_state (server) != NULL);
}

void
nt_undo_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.undo", NULL, undo);
  gtk_widget_class_install_action (klass, "win.undo-of", "(ss)", undo_of);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
}
