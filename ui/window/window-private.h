/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/change/action.h"
#include "ui/change/pending-bar.h"
#include "ui/diagram/diagram-page.h"
#include "ui/tiles/event-tile.h"
#include "ui/tiles/link-tile.h"
#include "ui/tiles/server-tile.h"
#include "ui/tiles/team-tile.h"
#include "ui/traffic/statistics-pane.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

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

  /* owned */
  NtServerList *servers;
  NtSampler *sampler;
  GListStore *focus; /* the only server that the lower right tile shows */
};

NtServer *nt_window_get_server (NtWindow *self);
const NtTeam *nt_window_get_team (NtWindow *self);
GPtrArray *nt_window_get_other_servers (NtWindow *self, NtServer *server);
void nt_window_toast_done (NtWindow *self, NtServer *server, const char *text);

void nt_window_open_team (NtWindow *self, NtServer *server, const NtTeam *team);
void nt_window_open_bond (NtWindow *self, NtServer *server, const NtTeam *bond);
void nt_window_open_interface (NtWindow *self, NtServer *server, const char *device);
void nt_window_open_box (NtWindow *self, int kind, const char *key);

typedef void (*NtWindowFunc) (NtWindow *self, gpointer data);

void nt_window_do (NtWindow *self, NtAction *action);
void nt_window_ask (NtWindow *self, const NtQuestion *question, NtWindowFunc func, gpointer data, GDestroyNotify destroy);
void nt_window_ask_and_do (NtWindow *self, const NtQuestion *question, NtAction *action);

void nt_window_class_add_actions (GtkWidgetClass *klass);
void nt_window_class_add_server_actions (GtkWidgetClass *klass);
void nt_window_class_add_team_actions (GtkWidgetClass *klass);
void nt_window_class_add_batch_actions (GtkWidgetClass *klass);
void nt_window_class_add_adopt_actions (GtkWidgetClass *klass);
void nt_window_class_add_adapter_actions (GtkWidgetClass *klass);
void nt_window_class_add_interface_actions (GtkWidgetClass *klass);
void nt_window_class_add_undo_actions (GtkWidgetClass *klass);
void nt_window_set_up_statistics (NtWindow *self);
void nt_window_update_statistics (NtWindow *self);
void nt_window_update_actions (NtWindow *self);
void nt_window_update_server_actions (NtWindow *self);
void nt_window_update_team_actions (NtWindow *self);
void nt_window_update_batch_actions (NtWindow *self);
void nt_window_update_adopt_actions (NtWindow *self);
void nt_window_update_adapter_actions (NtWindow *self);
void nt_window_update_interface_actions (NtWindow *self);
void nt_window_update_undo_actions (NtWindow *self);

G_END_DECLS
