/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/text/health.h"

G_BEGIN_DECLS

/* Rows of cells, rendered with aligned columns. The first row has the titles. */
typedef struct _NtTable NtTable;

NtTable *nt_table_new (void);
void nt_table_free (NtTable *self);

gboolean nt_table_is_empty (const NtTable *self);
gboolean nt_table_has_rows (const NtTable *self);
void nt_table_begin_row (NtTable *self);
void nt_table_add_cell (NtTable *self, const char *text, int health);
void nt_table_take (NtTable *self, NtTable *other);
void nt_table_render (NtTable *self, GString *text);

gboolean nt_table_has_colour (void);
const char *nt_table_get_colour (int health);

G_END_DECLS
