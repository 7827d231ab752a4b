/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/tiles/link-tile.h"
#include "ui/tiles/server-tile.h"
#include "ui/tiles/team-tile.h"

G_BEGIN_DECLS

#define NT_TYPE_SELECTION (nt_selection_get_type ())
G_DECLARE_FINAL_TYPE (NtSelection, nt_selection, NT, SELECTION, GObject)

NtSelection *nt_selection_new (NtServerTile *servers, NtTeamTile *teams, NtLinkTile *links);
void nt_selection_select_server (NtSelection *self, NtServer *server);
NtServer *nt_selection_get_server (NtSelection *self);
GPtrArray *nt_selection_get_servers (NtSelection *self);
GPtrArray *nt_selection_get_other_servers (NtSelection *self, NtServer *server);
const NtTeam *nt_selection_get_team (NtSelection *self);
NtRow *nt_selection_get_team_row (NtSelection *self);
GPtrArray *nt_selection_get_adapters (NtSelection *self);
NtRow *nt_selection_get_interface (NtSelection *self);
GMenu *nt_selection_get_team_section (NtSelection *self);

G_END_DECLS
