/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rows/row.h"

G_BEGIN_DECLS

/**
 * NtRowCollectFunc:
 * @rows: (element-type NtRow): the rows of @server are appended
 */
typedef void (*NtRowCollectFunc) (NtServer *server, GPtrArray *rows);

#define NT_TYPE_ROW_LIST (nt_row_list_get_type ())
G_DECLARE_FINAL_TYPE (NtRowList, nt_row_list, NT, ROW_LIST, GObject)

NtRowList *nt_row_list_new (NtRowCollectFunc collect);
void nt_row_list_set_servers (NtRowList *self, GListModel *servers);
NtRow *nt_row_list_find (NtRowList *self, NtServer *server, const char *key);

G_END_DECLS
