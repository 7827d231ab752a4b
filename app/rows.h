/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "row-list.h"

G_BEGIN_DECLS

/* Groups of adapters. The group of a team is NT_GROUP_TEAM followed by the name of the team. */
#define NT_GROUP_AVAILABLE "0"
#define NT_GROUP_TEAM "1"
#define NT_GROUP_NOT_TEAMABLE "2"

/* A team: the record is an NtTeam, the key its id. */
#define NT_TYPE_TEAM_ROW (nt_team_row_get_type ())
G_DECLARE_FINAL_TYPE (NtTeamRow, nt_team_row, NT, TEAM_ROW, NtRow)

/* An adapter: the record is an NtAdapter, the key its name. */
#define NT_TYPE_ADAPTER_ROW (nt_adapter_row_get_type ())
G_DECLARE_FINAL_TYPE (NtAdapterRow, nt_adapter_row, NT, ADAPTER_ROW, NtRow)

/* A team interface: the record is an NtInterface, the key its device. */
#define NT_TYPE_INTERFACE_ROW (nt_interface_row_get_type ())
G_DECLARE_FINAL_TYPE (NtInterfaceRow, nt_interface_row, NT, INTERFACE_ROW, NtRow)

void nt_team_row_collect (NtServer *server, GPtrArray *rows);
void nt_adapter_row_collect (NtServer *server, GPtrArray *rows);
void nt_interface_row_collect (NtServer *server, GPtrArray *rows);

char *nt_rows_get_group_title (const char *group);

G_END_DECLS
