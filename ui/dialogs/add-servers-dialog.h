/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/servers/server-list.h"

G_BEGIN_DECLS

#define NT_TYPE_ADD_SERVERS_DIALOG (nt_add_servers_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NtAddServersDialog, nt_add_servers_dialog, NT, ADD_SERVERS_DIALOG, AdwDialog)

NtAddServersDialog *nt_add_servers_dialog_new (NtServerList *servers);

G_END_DECLS
