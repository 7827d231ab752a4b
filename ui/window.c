/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window.h"

#include <glib/gi18n.h>

#include "pane-memory.h"
#include "settings.h"
#include "window-private.h"

G_DEFINE_FINAL_TYPE (NtWindow, nt_window, ADW_TYPE_APPLICATION_WINDOW)

/* Explains why the current server is not online. */
static void
update_banner (NtWindow *self)
{
  NtServer *server = nt_window_get_server (self);
  const char *message = server ? nt_server_get_message (server) : NULL;

  if (message != NULL)
    adw_banner_set_title (self->banner, message);
  /* The notice of an agent contains its own remedy. */
  adw_banner_set_button_label (
    self->banner, server && nt_server_get_connection (server) != NT_CONNECTION_ONLINE ? _("Troubleshoot") : NULL);
  adw_banner_set_revealed (self->banner, message != NULL);
}

/* Distinguishes a server without teams from one that is not connected. */
static void
update_placeholder (NtWindow *self)
{
  NtServer *server = nt_window_get_server (self);
  gboolean is_known = server != NULL && nt_server_get_state (server) != NULL;
  g_autofree char *text = NULL;

  if (server == NULL)
    text = g_strdup (_("The teams of the selected servers appear here."));
  else if (!is_known)
    text = g_strdup_printf (_("The teams of %s are not available."), nt_server_get_name (server));
  else if (nt_server_is_read_only (server))
    text = g_strdup_printf (_("%s has no teams."), nt_server_get_name (server));
  else
    text = g_strdup_printf (_("%s has no teams yet. A team combines adapters into one link."),
                            nt_server_get_name (server));
  nt_team_tile_set_placeholder (self->team_tile, text, is_known && !nt_server_is_read_only (server));
  nt_link_tile_set_known (self->link_tile, is_known);
}

static void
server_changed_cb (NtWindow *self)
{
  update_banner (self);
  update_placeholder (self);
  nt_window_update_actions (self);
}

/* The lower right tile shows the server of the selected team, or else the first selected one. */
static void
update_focus (NtWindow *self)
{
  NtServer *server = nt_window_get_server (self);
  g_autoptr (NtServer) old = g_list_model_get_item (G_LIST_MODEL (self->focus), 0);

  if (old != server)
    {
      if (old != NULL)
        g_signal_handlers_disconnect_by_data (old, self);
      g_list_store_splice (self->focus, 0, old ? 1 : 0, (gpointer *) &server, server ? 1 : 0);
      nt_diagram_page_set_server (self->diagram_page, server);
      if (server != NULL)
        g_signal_connect_object (server,
                                 "state-changed",
                                 G_CALLBACK (server_changed_cb),
                                 self,
                                 G_CONNECT_SWAPPED);
    }
  server_changed_cb (self);
}

static void
servers_selected_cb (NtWindow *self)
{
  update_focus (self);
}

static void
team_selected_cb (NtWindow *self)
{
  NtRow *row = nt_team_tile_get_selected (self->team_tile);

  update_focus (self);
  if (row != NULL)
    nt_link_tile_select_interface_of (self->link_tile, nt_row_get_record (row));
  nt_window_update_statistics (self);
}

static void
link_selected_cb (NtWindow *self)
{
  nt_window_update_actions (self);
  nt_window_update_statistics (self);
}

static void
box_activated_cb (NtWindow *self, int kind, const char *key)
{
  nt_window_open_box (self, kind, key);
}

/* Window and pane sizes are saved in the settings. */
static void
bind_size (NtWindow *self)
{
  GSettings *settings = nt_settings_get_default ();

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  nt_pane_memory_keep (self->servers_paned, settings, "servers-height");
  nt_pane_memory_keep (self->teams_paned, settings, "teams-width");
}

static void
nt_window_dispose (GObject *object)
{
  NtWindow *self = NT_WINDOW (object);

  if (self->sampler != NULL)
    nt_sampler_set_server (self->sampler, NULL);
  g_clear_object (&self->sampler);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_WINDOW);
  g_clear_object (&self->focus);
  g_clear_object (&self->servers);

  G_OBJECT_CLASS (nt_window_parent_class)->dispose (object);
}

static void
nt_window_class_init (NtWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/window.ui");
  gtk_widget_class_bind_template_child (widget_class, NtWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, NtWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, NtWindow, pending_bar);
  gtk_widget_class_bind_template_child (widget_class, NtWindow, servers_paned);
  gtk_widget_class_bind_template_child (widget_class, NtWindow, teams_paned);
  gtk_widget_class_bind_template_child (widget_class, NtWindow, server_tile);
  gtk_widget_class_bind_template_child (widget_class, NtWindow, team_tile);
  gtk_widget_class_bind_template_child (widget_class, NtWindow, link_tile);
  gtk_widget_class_bind_template_child (widget_class, NtWindow, team_statistics);
  gtk_widget_class_bind_template_child (widget_class, NtWindow, link_statistics);
  gtk_widget_class_bind_template_child (widget_class, NtWindow, event_tile);
  gtk_widget_class_bind_template_child (widget_class, NtWindow, diagram_page);
  gtk_widget_class_bind_template_callback (widget_class, box_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, servers_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, team_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_selected_cb);
  nt_window_class_add_actions (widget_class);
}

static void
nt_window_init (NtWindow *self)
{
  g_type_ensure (NT_TYPE_PENDING_BAR);
  g_type_ensure (NT_TYPE_SERVER_TILE);
  g_type_ensure (NT_TYPE_TEAM_TILE);
  g_type_ensure (NT_TYPE_LINK_TILE);
  g_type_ensure (NT_TYPE_STATISTICS_PANE);
  g_type_ensure (NT_TYPE_EVENT_TILE);
  g_type_ensure (NT_TYPE_DIAGRAM_PAGE);
  self->focus = g_list_store_new (NT_TYPE_SERVER);
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_size (self);
  nt_window_set_up_statistics (self);
  nt_link_tile_set_servers (self->link_tile, G_LIST_MODEL (self->focus));
  nt_team_tile_set_servers (self->team_tile, nt_server_tile_get_selected (self->server_tile));
}

/**
 * nt_window_new:
 *
 * Returns: (transfer none): a window, which GTK owns
 */
NtWindow *
nt_window_new (AdwApplication *application, NtServerList *servers)
{
  NtWindow *self = g_object_new (NT_TYPE_WINDOW, "application", application, NULL);

  self->servers = g_object_ref (servers);
  nt_server_tile_set_servers (self->server_tile, servers);
  nt_pending_bar_set_servers (self->pending_bar, servers);
  nt_event_tile_set_servers (self->event_tile, servers);
  update_focus (self);
  return self;
}

/**
 * nt_window_select_server:
 *
 * Selects only @server.
 */
void
nt_window_select_server (NtWindow *self, NtServer *server)
{
  nt_server_tile_select (self->server_tile, server);
}

/**
 * nt_window_get_server:
 *
 * Returns: (transfer none) (nullable): the server that actions apply to: that of the selected team, or else the first
 *   selected one
 */
NtServer *
nt_window_get_server (NtWindow *self)
{
  NtRow *row = nt_team_tile_get_selected (self->team_tile);
  g_autoptr (NtServer) first = NULL;

  if (row != NULL)
    return nt_row_get_server (row);
  first = g_list_model_get_item (nt_server_tile_get_selected (self->server_tile), 0);
  return first;
}

/**
 * nt_window_get_team:
 *
 * Returns: (transfer none) (nullable): the selected team in the current state of its server, which may be newer than
 *   its row
 */
const NtTeam *
nt_window_get_team (NtWindow *self)
{
  NtRow *row = nt_team_tile_get_selected (self->team_tile);
  const NtState *state = row ? nt_server_get_state (nt_row_get_server (row)) : NULL;

  return state ? nt_state_find_team (state, nt_row_get_key (row)) : NULL;
}
