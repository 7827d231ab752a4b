/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/diagram/diagram-node.h"

#include "ui/parts/status-cell.h"

struct _NtDiagramNode
{
  GtkButton parent_instance;

  /* template children */
  GtkLabel *name;
  NtStatusCell *status;
  GtkLabel *detail;

  /* owned */
  char *key;

  NtDiagramKind kind;
};

G_DEFINE_FINAL_TYPE (NtDiagramNode, nt_diagram_node, GTK_TYPE_BUTTON)

static void
nt_diagram_node_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_DIAGRAM_NODE);

  G_OBJECT_CLASS (nt_diagram_node_parent_class)->dispose (object);
}

static void
nt_diagram_node_finalize (GObject *object)
{
  g_free (NT_DIAGRAM_NODE (object)->key);

  G_OBJECT_CLASS (nt_diagram_node_parent_class)->finalize (object);
}

static void
nt_diagram_node_class_init (NtDiagramNodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_diagram_node_dispose;
  G_OBJECT_CLASS (klass)->finalize = nt_diagram_node_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/diagram-node.ui");
  gtk_widget_class_bind_template_child (widget_class, NtDiagramNode, name);
  gtk_widget_class_bind_template_child (widget_class, NtDiagramNode, status);
  gtk_widget_class_bind_template_child (widget_class, NtDiagramNode, detail);
}

static void
nt_diagram_node_init (NtDiagramNode *self)
{
  g_type_ensure (NT_TYPE_STATUS_CELL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * nt_diagram_node_new:
 *
 * Returns: (transfer floating): a widget for @box
 */
GtkWidget *
nt_diagram_node_new (const NtDiagramBox *box)
{
  NtDiagramNode *self = g_object_new (NT_TYPE_DIAGRAM_NODE, NULL);

  self->kind = box->kind;
  self->key = g_strdup (box->key);
  return GTK_WIDGET (self);
}

/**
 * nt_diagram_node_is_of:
 * @box: from the same layout or a later one
 *
 * Returns: %TRUE if the widget represents the same object as @box
 */
gboolean
nt_diagram_node_is_of (NtDiagramNode *self, const NtDiagramBox *box)
{
  return self->kind == box->kind && g_strcmp0 (self->key, box->key) == 0;
}

/**
 * nt_diagram_node_show:
 *
 * Updates the widget from @box. Its accessible name includes the owner, since screen readers do not see the lines.
 */
void
nt_diagram_node_show (NtDiagramNode *self, const NtDiagramBox *box)
{
  const char *detail = *box->reason != '\0' ? box->reason : box->facts;

  gtk_label_set_label (self->name, box->name);
  g_object_set (self->status, "health", (int) box->health, "text", box->status, NULL);
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), box->summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, box->summary, -1);
}

NtDiagramKind
nt_diagram_node_get_kind (NtDiagramNode *self)
{
  return self->kind;
}

/**
 * nt_diagram_node_get_key:
 *
 * Returns: (transfer none): the key that identifies the object on its server
 */
const char *
nt_diagram_node_get_key (NtDiagramNode *self)
{
  return self->key;
}
