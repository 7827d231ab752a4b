/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window.h"

#include <glib/gi18n.h>

#include "app/diagram/diagram.h"
#include "ui/change/pending-bar.h"
#include "ui/diagram/diagram-page.h"
#include "ui/dialogs/adapter-dialog.h"
#include "ui/parts/pane-settings.h"
#include "ui/parts/settings.h"
#include "ui/tiles/event-tile.h"
#include "ui/traffic/statistics-pane.h"
#include "ui/window/adapter-actions.h"
#include "ui/window/batch-actions.h"
#include "ui/window/bond-actions.h"
#include "ui/window/interface-actions.h"
#include "ui/window/server-actions.h"
#include "ui/window/team-actions.h"
#include "ui/window/undo-actions.h"

struct _NtWindow
{
  AdwApplicationWindow parent_instance;

  /* template children */
  AdwToastOverlay *toasts;
  AdwBanner *banner;
  NtPendingBar *pending_bar;
  GtkPaned *servers_paned;
  GtkPaned *teams_paned;
  NtServerTile *server_tile;
  NtTeamTile *team_tile;
  NtLinkTile *link_tile;
  NtStatisticsPane *team_statistics;
  NtStatisticsPane *link_statistics;
  NtEventTile *event_tile;
  NtDiagramPage *diagram_page;

  /* borrowed */
  NtActionContext *context; /* NULL until the servers are known */

  /* owned */
  NtSelection *selection;
  NtSampler *sampler;
  GListStore *focus; /* the only server that the lower right tile shows */
};

G_DEFINE_FINAL_TYPE (NtWindow, nt_window, ADW_TYPE_APPLICATION_WINDOW)

/* Explains why the current server is not online. */
static void
update_banner (NtWindow *self)
{
  NtServer *server = nt_selection_get_server (self->selection);
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
  NtServer *server = nt_selection_get_server (self->selection);
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

/* With read-only access, actions that show something stay enabled. */
static void
disable_changes (NtWindow *self)
{
  static const char *const changes[] = {
    "win.new-team",         "win.new-team-of-adapters", "win.team-properties",    "win.delete-team",
    "win.add-to-team",      "win.remove-from-team",     "win.disable-adapters",   "win.enable-adapters",
    "win.add-interface",    "win.interface-properties", "win.disable-interface",  "win.enable-interface",
    "win.delete-interface", "win.undo",                 "win.repair-team",        "win.adopt-team",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    nt_action_context_set_enabled (self->context, changes[i], FALSE);
}

/* Enables the actions that apply to the selection. */
static void
update_actions (NtWindow *self)
{
  NtServer *server = nt_selection_get_server (self->selection);

  if (self->context == NULL)
    return;
  nt_server_actions_update (self->context);
  nt_team_actions_update (self->context);
  nt_batch_actions_update (self->context);
  nt_bond_actions_update (self->context);
  nt_adapter_actions_update (self->context);
  nt_interface_actions_update (self->context);
  nt_undo_actions_update (self->context);
  if (server != NULL && nt_server_is_read_only (server))
    disable_changes (self);
}

static void
interval_changed_cb (NtWindow *self)
{
  nt_sampler_set_interval (self->sampler, g_settings_get_int (nt_settings_get_default (), NT_SETTINGS_INTERVAL));
}

/* Both panes share a sampler for all links of the server, so that earlier traffic is available when one is selected. */
static void
set_up_statistics (NtWindow *self)
{
  self->sampler = nt_sampler_new ();
  g_signal_connect_object (nt_settings_get_default (), "changed::" NT_SETTINGS_INTERVAL,
                           G_CALLBACK (interval_changed_cb), self, G_CONNECT_SWAPPED);
  interval_changed_cb (self);
  nt_statistics_pane_set_sampler (self->team_statistics, self->sampler);
  nt_statistics_pane_set_sampler (self->link_statistics, self->sampler);
}

/* The panes follow the selection. */
static void
update_statistics (NtWindow *self)
{
  nt_sampler_set_server (self->sampler, nt_selection_get_server (self->selection));
  nt_statistics_pane_show (self->team_statistics, nt_team_tile_get_selected (self->team_tile));
  nt_statistics_pane_show (self->link_statistics, nt_link_tile_get_selected (self->link_tile));
}

static void
server_changed_cb (NtWindow *self)
{
  update_banner (self);
  update_placeholder (self);
  update_actions (self);
}

/* The lower right tile shows the server of the selected team, or else the first selected one. */
static void
update_focus (NtWindow *self)
{
  NtServer *server = nt_selection_get_server (self->selection);
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
  update_statistics (self);
}

static void
link_selected_cb (NtWindow *self)
{
  update_actions (self);
  update_statistics (self);
}

/* Opens the properties of what a box of the diagram stands for. A read-only interface has none. */
static void
box_activated_cb (NtWindow *self, int kind, const char *key)
{
  NtServer *server = nt_selection_get_server (self->selection);
  const NtState *state = server ? nt_server_get_state (server) : NULL;

  if (state == NULL)
    return;
  if (kind == NT_DIAGRAM_ADAPTER && nt_state_find_adapter (state, key) != NULL)
    adw_dialog_present (ADW_DIALOG (nt_adapter_dialog_new (server, key)), GTK_WIDGET (self));
  else if (kind == NT_DIAGRAM_TEAM)
    nt_team_actions_open (self->context, server, nt_state_find_team (state, key));
  else if (kind == NT_DIAGRAM_INTERFACE && !nt_server_is_read_only (server))
    nt_interface_actions_open (self->context, server, key);
}

/* Window and pane sizes are saved in the settings. */
static void
bind_size (NtWindow *self)
{
  GSettings *settings = nt_settings_get_default ();

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  nt_pane_settings_bind (self->servers_paned, settings, "servers-height");
  nt_pane_settings_bind (self->teams_paned, settings, "teams-width");
}

static void
nt_window_dispose (GObject *object)
{
  NtWindow *self = NT_WINDOW (object);

  if (self->sampler != NULL)
    nt_sampler_set_server (self->sampler, NULL);
  g_clear_object (&self->sampler);
  self->context = NULL;
  nt_action_context_drop (GTK_WIDGET (self));
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_WINDOW);
  g_clear_object (&self->selection);
  g_clear_object (&self->focus);

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
  nt_server_actions_install (widget_class);
  nt_team_actions_install (widget_class);
  nt_batch_actions_install (widget_class);
  nt_bond_actions_install (widget_class);
  nt_adapter_actions_install (widget_class);
  nt_interface_actions_install (widget_class);
  nt_undo_actions_install (widget_class);
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
  self->selection = nt_selection_new (self->server_tile, self->team_tile, self->link_tile);
  bind_size (self);
  set_up_statistics (self);
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

  self->context = nt_action_context_new (GTK_WIDGET (self), g_object_ref (self->selection),
                                         nt_change_runner_new (GTK_WIDGET (self), self->toasts), servers);
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
