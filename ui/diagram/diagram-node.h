/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/diagram/diagram.h"

G_BEGIN_DECLS

/* A box of a diagram: an adapter, a team or an interface, which can be activated. */
#define NT_TYPE_DIAGRAM_NODE (nt_diagram_node_get_type ())
G_DECLARE_FINAL_TYPE (NtDiagramNode, nt_diagram_node, NT, DIAGRAM_NODE, GtkButton)

GtkWidget *nt_diagram_node_new (const NtDiagramBox *box);
gboolean nt_diagram_node_is_of (NtDiagramNode *self, const NtDiagramBox *box);
void nt_diagram_node_show (NtDiagramNode *self, const NtDiagramBox *box);
NtDiagramKind nt_diagram_node_get_kind (NtDiagramNode *self);
const char *nt_diagram_node_get_key (NtDiagramNode *self);

G_END_DECLS
