/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NT_TYPE_COLUMN_SETTINGS (nt_column_settings_get_type ())
G_DECLARE_FINAL_TYPE (NtColumnSettings, nt_column_settings, NT, COLUMN_SETTINGS, GObject)

NtColumnSettings *nt_column_settings_new (GtkColumnView *view, GSettings *settings);
void nt_column_settings_reset (NtColumnSettings *self);

G_END_DECLS
