/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/servers/server.h"

G_BEGIN_DECLS

#define NT_TYPE_ADVICE_DIALOG (nt_advice_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NtAdviceDialog, nt_advice_dialog, NT, ADVICE_DIALOG, AdwDialog)

NtAdviceDialog *nt_advice_dialog_new (NtServer *server);

G_END_DECLS
