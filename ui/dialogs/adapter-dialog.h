/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/servers/server.h"

G_BEGIN_DECLS

#define NT_TYPE_ADAPTER_DIALOG (nt_adapter_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NtAdapterDialog, nt_adapter_dialog, NT, ADAPTER_DIALOG, AdwDialog)

NtAdapterDialog *nt_adapter_dialog_new (NtServer *server, const char *name);

G_END_DECLS
