/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "server.h"

G_BEGIN_DECLS

#define NT_TYPE_NEW_TEAM_DIALOG (nt_new_team_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NtNewTeamDialog, nt_new_team_dialog, NT, NEW_TEAM_DIALOG, AdwDialog)

NtNewTeamDialog *nt_new_team_dialog_new (NtServer *server, const char *const *members);

G_END_DECLS
