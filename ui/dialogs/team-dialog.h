/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/change/draft-dialog.h"

G_BEGIN_DECLS

#define NT_TYPE_TEAM_DIALOG (nt_team_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NtTeamDialog, nt_team_dialog, NT, TEAM_DIALOG, NtDraftDialog)

NtTeamDialog *nt_team_dialog_new (NtServer *server, const char *const *members);
NtTeamDialog *nt_team_dialog_new_for_team (NtServer *server, const NtTeam *team);
const char *nt_team_dialog_get_name (NtTeamDialog *self);

G_END_DECLS
