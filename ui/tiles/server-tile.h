/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/servers/server-list.h"

G_BEGIN_DECLS

#define NT_TYPE_SERVER_TILE (nt_server_tile_get_type ())
G_DECLARE_FINAL_TYPE (NtServerTile, nt_server_tile, NT, SERVER_TILE, AdwBin)

void nt_server_tile_set_servers (NtServerTile *self, NtServerList *servers);
void nt_server_tile_select (NtServerTile *self, NtServer *server);
GListModel *nt_server_tile_get_selected (NtServerTile *self);

G_END_DECLS
