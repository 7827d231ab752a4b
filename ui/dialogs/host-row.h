/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/servers/server-list.h"

G_BEGIN_DECLS

/* A host with a check box, or with the reason why it cannot be added. */
#define NT_TYPE_HOST_ROW (nt_host_row_get_type ())
G_DECLARE_FINAL_TYPE (NtHostRow, nt_host_row, NT, HOST_ROW, AdwActionRow)

NtHostRow *nt_host_row_new (NtHostEntry *entry, const char *problem, gboolean ticked);
const NtHostEntry *nt_host_row_get_entry (NtHostRow *self);
gboolean nt_host_row_is_ticked (NtHostRow *self);

G_END_DECLS
