/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NT_TYPE_TILE (nt_tile_get_type ())
G_DECLARE_FINAL_TYPE (NtTile, nt_tile, NT, TILE, AdwBin)

void nt_tile_set_up_view (NtTile *self, GtkColumnView *view, const char *name, GMenu *tasks);

G_END_DECLS
