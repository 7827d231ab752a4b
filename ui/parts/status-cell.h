/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NT_TYPE_STATUS_CELL (nt_status_cell_get_type ())
G_DECLARE_FINAL_TYPE (NtStatusCell, nt_status_cell, NT, STATUS_CELL, GtkWidget)

G_END_DECLS
