/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void nt_pane_settings_bind (GtkPaned *paned, GSettings *settings, const char *key);

G_END_DECLS
