/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/rows/row.h"


G_BEGIN_DECLS

#define NT_TYPE_LINK_TILE (nt_link_tile_get_type ())
G_DECLARE_FINAL_TYPE (NtLinkTile, nt_link_tile, NT, LINK_TILE, AdwBin)

void nt_link_tile_set_known (NtLinkTile *self, gboolean is_known);
void nt_link_tile_set_servers (NtLinkTile *self, GListModel *servers);
NtRow *nt_link_tile_get_selected (NtLinkTile *self);
GPtrArray *nt_link_tile_get_selected_adapters (NtLinkTile *self);
NtRow *nt_link_tile_get_selected_interface (NtLinkTile *self);
void nt_link_tile_select_interface_of (NtLinkTile *self, const NtTeam *team);
GMenu *nt_link_tile_get_team_section (NtLinkTile *self);

G_END_DECLS
