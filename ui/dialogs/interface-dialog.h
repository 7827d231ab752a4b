/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/change/draft-dialog.h"

G_BEGIN_DECLS

#define NT_TYPE_INTERFACE_DIALOG (nt_interface_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NtInterfaceDialog, nt_interface_dialog, NT, INTERFACE_DIALOG, NtDraftDialog)

NtInterfaceDialog *nt_interface_dialog_new (NtServer *server, const NtTeam *team);
NtInterfaceDialog *nt_interface_dialog_new_for_interface (NtServer *server, const NtTeam *team, const char *device);
char *nt_interface_dialog_get_name (NtInterfaceDialog *self);

G_END_DECLS
