/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/change/pending-bar.h"

#include <glib/gi18n.h>

#include "app/change/apply.h"
#include "app/change/confirm.h"
#include "app/text/agent-error.h"
#include "ui/parts/error-dialog.h"

/* Changes of this console are confirmed sooner, and the bar need not appear for them. */
#define SHOW_AFTER_S 2

struct _NtPendingBar
{
  AdwBin parent_instance;

  /* template children */
  GtkRevealer *revealer;
  GtkLabel *label;

  /* owned */
  NtServerList *servers;
  NtServer *server; /* with the pending change, or NULL */
};

G_DEFINE_FINAL_TYPE (NtPendingBar, nt_pending_bar, ADW_TYPE_BIN)

static const NtPending *
get_pending (NtServer *server)
{
  const NtState *state = server ? nt_server_get_state (server) : NULL;

  if (state == NULL || nt_server_get_connection (server) != NT_CONNECTION_ONLINE)
    return NULL;
  return state->pending;
}

static gboolean
should_show (NtServer *server)
{
  const NtPending *pending = get_pending (server);

  return pending != NULL && pending->deadline_s - pending->remaining_s >= SHOW_AFTER_S;
}

static NtServer *
find_server (NtPendingBar *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      if (should_show (server))
        return g_steal_pointer (&server);
    }
  return NULL;
}

static char *
describe (NtServer *server)
{
  const NtPending *pending = get_pending (server);
  g_autoptr (GPtrArray) names = nt_strings_copy (pending->teams);
  g_autofree char *teams = NULL;

  g_ptr_array_add (names, NULL);
  teams = g_strjoinv (", ", (char **) names->pdata);
  if (*teams == '\0')
    return g_strdup_printf (_("%s: the last change will be rolled back in %d s unless it is confirmed"),
                            nt_server_get_name (server), (int) pending->remaining_s);
  return g_strdup_printf (_("%s: the change of %s will be rolled back in %d s unless it is confirmed"),
                          nt_server_get_name (server), teams, (int) pending->remaining_s);
}

/* The countdown is not announced each second. */
static void
show (NtPendingBar *self)
{
  g_autofree char *text = describe (self->server);

  gtk_label_set_label (self->label, text);
  if (!gtk_revealer_get_reveal_child (self->revealer))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
update (NtPendingBar *self)
{
  g_clear_object (&self->server);
  self->server = find_server (self);
  if (self->server != NULL)
    show (self);
  gtk_revealer_set_reveal_child (self->revealer, self->server != NULL);
}

static void
state_changed_cb (NtPendingBar *self, NtServer *server)
{
  if (server == self->server || should_show (server))
    update (self);
}

static void
servers_changed_cb (NtPendingBar *self, guint position, guint removed, guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (NtServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      g_signal_connect_object (server, "state-changed", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
show_error (NtPendingBar *self, const char *heading, const GError *error)
{
  g_autofree char *text = nt_agent_error_describe (error);
  g_autoptr (GError) described = g_error_new_literal (error->domain, error->code, text);

  nt_error_dialog_show (GTK_WIDGET (self), heading, described);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtPendingBar) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!nt_confirm_finish (result, &error))
    show_error (self, _("Confirming the Change Failed"), error);
}

static void
confirm_cb (NtPendingBar *self)
{
  const NtPending *pending = get_pending (self->server);

  if (pending != NULL)
    nt_confirm_async (nt_server_get_address (self->server), pending, NT_TRANSPORT_INTERACTIVE, NULL, confirmed_cb,
                      g_object_ref (self));
}

static void
reverted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtPendingBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = nt_server_call_finish (NT_SERVER (source), result, &error);

  if (reply == NULL)
    show_error (self, _("Reverting the Change Failed"), error);
}

static void
revert_cb (NtPendingBar *self)
{
  if (self->server != NULL)
    nt_server_call_async (self->server, "Revert", NULL, NULL, reverted_cb, g_object_ref (self));
}

static void
nt_pending_bar_dispose (GObject *object)
{
  NtPendingBar *self = NT_PENDING_BAR (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_PENDING_BAR);
  g_clear_object (&self->server);
  g_clear_object (&self->servers);

  G_OBJECT_CLASS (nt_pending_bar_parent_class)->dispose (object);
}

static void
nt_pending_bar_class_init (NtPendingBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_pending_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/pending-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, NtPendingBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, NtPendingBar, label);
  gtk_widget_class_bind_template_callback (widget_class, confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, revert_cb);
}

static void
nt_pending_bar_init (NtPendingBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * nt_pending_bar_set_servers:
 * @self: a bar without servers
 * @servers: all servers
 *
 * Shows a pending change of any of the servers.
 */
void
nt_pending_bar_set_servers (NtPendingBar *self, NtServerList *servers)
{
  self->servers = g_object_ref (servers);
  g_signal_connect_object (servers, "items-changed", G_CALLBACK (servers_changed_cb), self, G_CONNECT_SWAPPED);
  servers_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (servers)));
}
