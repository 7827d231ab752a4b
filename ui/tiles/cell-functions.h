/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void nt_cell_functions_bind (GtkWidgetClass *klass);

G_END_DECLS
