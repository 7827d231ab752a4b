/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rows/row-list.h"

G_BEGIN_DECLS

/* A team: the record is an NtTeam, the key its id. */
#define NT_TYPE_TEAM_ROW (nt_team_row_get_type ())
G_DECLARE_FINAL_TYPE (NtTeamRow, nt_team_row, NT, TEAM_ROW, NtRow)

void nt_team_row_collect (NtServer *server, GPtrArray *rows);

G_END_DECLS
