/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rows/row-list.h"

G_BEGIN_DECLS

/* A team interface: the record is an NtInterface, the key its device. */
#define NT_TYPE_INTERFACE_ROW (nt_interface_row_get_type ())
G_DECLARE_FINAL_TYPE (NtInterfaceRow, nt_interface_row, NT, INTERFACE_ROW, NtRow)

void nt_interface_row_collect (NtServer *server, GPtrArray *rows);

G_END_DECLS
