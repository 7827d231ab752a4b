/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *nt_fact_row_new (const char *label, const char *value);
GtkWidget *nt_fact_row_new_sentence (const char *icon_name, const char *css_class, const char *sentence);

G_END_DECLS
