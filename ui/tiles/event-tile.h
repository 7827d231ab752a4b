/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/servers/server-list.h"

G_BEGIN_DECLS

/* The events of all servers, newest first */
#define NT_TYPE_EVENT_TILE (nt_event_tile_get_type ())
G_DECLARE_FINAL_TYPE (NtEventTile, nt_event_tile, NT, EVENT_TILE, AdwBin)

void nt_event_tile_set_servers (NtEventTile *self, NtServerList *servers);

G_END_DECLS
