/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void nt_error_dialog_show (GtkWidget *parent, const char *heading, const GError *error);
void nt_error_dialog_show_text (GtkWidget *parent, const char *heading, const char *text);

G_END_DECLS
