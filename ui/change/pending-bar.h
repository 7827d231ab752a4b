/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/servers/server-list.h"

G_BEGIN_DECLS

#define NT_TYPE_PENDING_BAR (nt_pending_bar_get_type ())
G_DECLARE_FINAL_TYPE (NtPendingBar, nt_pending_bar, NT, PENDING_BAR, AdwBin)

void nt_pending_bar_set_servers (NtPendingBar *self, NtServerList *servers);

G_END_DECLS
