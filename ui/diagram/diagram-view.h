/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "backend/model/state/state.h"

G_BEGIN_DECLS

/* A diagram of a server: adapters, teams, interfaces and the lines between them. */
#define NT_TYPE_DIAGRAM_VIEW (nt_diagram_view_get_type ())
G_DECLARE_FINAL_TYPE (NtDiagramView, nt_diagram_view, NT, DIAGRAM_VIEW, GtkWidget)

void nt_diagram_view_show (NtDiagramView *self, const NtState *state);
GBytes *nt_diagram_view_to_png (NtDiagramView *self);
GBytes *nt_diagram_view_to_svg (NtDiagramView *self, const char *title);

G_END_DECLS
