/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NT_TYPE_COLUMN_MEMORY (nt_column_memory_get_type ())
G_DECLARE_FINAL_TYPE (NtColumnMemory, nt_column_memory, NT, COLUMN_MEMORY, GObject)

NtColumnMemory *nt_column_memory_new (GtkColumnView *view, GSettings *settings);
void nt_column_memory_forget (NtColumnMemory *self);

G_END_DECLS
