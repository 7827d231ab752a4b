/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rows/row-list.h"

G_BEGIN_DECLS

/* Groups of adapters. The group of a team is NT_GROUP_TEAM followed by the name of the team. */
#define NT_GROUP_AVAILABLE "0"
#define NT_GROUP_TEAM "1"
#define NT_GROUP_NOT_TEAMABLE "2"

/* An adapter: the record is an NtAdapter, the key its name. */
#define NT_TYPE_ADAPTER_ROW (nt_adapter_row_get_type ())
G_DECLARE_FINAL_TYPE (NtAdapterRow, nt_adapter_row, NT, ADAPTER_ROW, NtRow)

void nt_adapter_row_collect (NtServer *server, GPtrArray *rows);
char *nt_rows_get_group_title (const char *group);

G_END_DECLS
