/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "server-list.h"

G_BEGIN_DECLS

#define NT_TYPE_ADD_SERVER_DIALOG (nt_add_server_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NtAddServerDialog, nt_add_server_dialog, NT, ADD_SERVER_DIALOG, AdwDialog)

NtAddServerDialog *nt_add_server_dialog_new (NtServerList *servers);

G_END_DECLS
