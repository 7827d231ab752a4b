/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/rows/row.h"


G_BEGIN_DECLS

#define NT_TYPE_TEAM_TILE (nt_team_tile_get_type ())
G_DECLARE_FINAL_TYPE (NtTeamTile, nt_team_tile, NT, TEAM_TILE, AdwBin)

void nt_team_tile_set_servers (NtTeamTile *self, GListModel *servers);
void nt_team_tile_set_placeholder (NtTeamTile *self, const char *text, gboolean can_create);
NtRow *nt_team_tile_get_selected (NtTeamTile *self);

G_END_DECLS
