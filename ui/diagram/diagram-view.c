/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/diagram/diagram-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/diagram/diagram-svg.h"
#include "ui/diagram/diagram-node.h"

#define LINE_WIDTH 2.0f

/* The file is rendered larger than the window, for high-resolution displays. */
#define PNG_SCALE 2

struct _NtDiagramView
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *headline; /* of free adapters */
  GPtrArray *nodes;    /* of NtDiagramNode, in the order of the boxes */

  /* owned */
  NtState *state;
  NtDiagram *diagram;

  int line_height;
};

G_DEFINE_FINAL_TYPE (NtDiagramView, nt_diagram_view, GTK_TYPE_WIDGET)

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The colours of lines in light and dark style. Dashes make the states distinguishable without colour. */
static const struct
{
  const char *light;
  const char *dark;
  float dashes[2]; /* zero for a solid line */
} looks[] = {
  [NT_HEALTH_OK] = { "#007c3d", "#78e9ab", { 0, 0 } },      [NT_HEALTH_IDLE] = { "#5e5c64", "#c0bfbc", { 7, 5 } },
  [NT_HEALTH_WARNING] = { "#905400", "#ffc252", { 0, 0 } }, [NT_HEALTH_FAULT] = { "#c30000", "#ff938c", { 2, 4 } },
  [NT_HEALTH_UNKNOWN] = { "#5e5c64", "#c0bfbc", { 2, 4 } }, [NT_HEALTH_BUSY] = { "#5e5c64", "#c0bfbc", { 2, 4 } },
  [NT_HEALTH_INFO] = { "#5e5c64", "#c0bfbc", { 0, 0 } },
};

/* The background of cards, which is translucent in windows */
static const char *const grounds[] = { "#ffffff", "#36363a" };

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

static int
measure_line (NtDiagramView *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "Xg");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static gboolean
is_mirrored (NtDiagramView *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static void
clicked_cb (NtDiagramView *self, NtDiagramNode *node)
{
  g_signal_emit (self, signals[ACTIVATED], 0, (int) nt_diagram_node_get_kind (node), nt_diagram_node_get_key (node));
}

/* Keeps the widget of a box that still exists, since it may have the focus. */
static GtkWidget *
reuse_node (NtDiagramView *self, const NtDiagramBox *box)
{
  GtkWidget *node;

  for (guint i = 0; i < self->nodes->len; i++)
    if (nt_diagram_node_is_of (self->nodes->pdata[i], box))
      return g_ptr_array_steal_index (self->nodes, i);
  node = nt_diagram_node_new (box);
  g_signal_connect_object (node, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  return node;
}

static void
unparent (gpointer node)
{
  gtk_widget_unparent (node);
}

/* The widgets are in reading order, which is also the order of keyboard navigation. */
static void
update_nodes (NtDiagramView *self)
{
  GPtrArray *boxes = self->diagram->boxes;
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (unparent);
  GtkWidget *last = NULL;

  for (guint i = 0; i < boxes->len; i++)
    {
      GtkWidget *node = reuse_node (self, boxes->pdata[i]);

      nt_diagram_node_show (NT_DIAGRAM_NODE (node), boxes->pdata[i]);
      if (gtk_widget_get_parent (node) == NULL || gtk_widget_get_prev_sibling (node) != last)
        gtk_widget_insert_after (node, GTK_WIDGET (self), last);
      g_ptr_array_add (nodes, node);
      last = node;
    }
  g_ptr_array_unref (self->nodes);
  self->nodes = g_steal_pointer (&nodes);
}

static void
update (NtDiagramView *self)
{
  g_autoptr (NtState) none = self->state == NULL ? nt_state_new () : NULL;

  g_clear_pointer (&self->diagram, nt_diagram_free);
  self->line_height = measure_line (self);
  self->diagram = nt_diagram_new (self->state ? self->state : none, self->line_height);
  if (is_mirrored (self))
    nt_diagram_mirror (self->diagram);
  update_nodes (self);
  gtk_widget_set_child_visible (self->headline, self->diagram->apart.height > 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static GskPath *
make_path (const NtDiagramLine *line)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  float middle = (line->x1 + line->x2) / 2.0f;

  gsk_path_builder_move_to (builder, line->x1, line->y1);
  gsk_path_builder_cubic_to (builder, middle, line->y1, middle, line->y2, line->x2, line->y2);
  return gsk_path_builder_to_path (builder);
}

static void
draw_line (GtkSnapshot *snapshot, const NtDiagramLine *line)
{
  g_autoptr (GskPath) path = make_path (line);
  g_autoptr (GskStroke) stroke = gsk_stroke_new (LINE_WIDTH);
  GdkRGBA color;

  gdk_rgba_parse (&color, is_dark () ? looks[line->health].dark : looks[line->health].light);
  if (looks[line->health].dashes[0] > 0)
    gsk_stroke_set_dash (stroke, looks[line->health].dashes, G_N_ELEMENTS (looks[line->health].dashes));
  gtk_snapshot_append_stroke (snapshot, path, stroke, &color);
}

static void
nt_diagram_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NtDiagramView *self = NT_DIAGRAM_VIEW (widget);

  for (guint i = 0; i < self->diagram->lines->len; i++)
    draw_line (snapshot, &g_array_index (self->diagram->lines, NtDiagramLine, i));
  GTK_WIDGET_CLASS (nt_diagram_view_parent_class)->snapshot (widget, snapshot);
}

static void
nt_diagram_view_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  const NtDiagram *diagram = NT_DIAGRAM_VIEW (widget)->diagram;

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? diagram->width : diagram->height;
}

static void
allocate_child (GtkWidget *child, const NtDiagramArea *area)
{
  int least;

  /* A widget must be measured before it is allocated; what does not fit is clipped. */
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { area->x, area->y, area->width, MAX (least, area->height) }, -1);
}

static void
nt_diagram_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NtDiagramView *self = NT_DIAGRAM_VIEW (widget);

  for (guint i = 0; i < self->nodes->len; i++)
    allocate_child (self->nodes->pdata[i], &((const NtDiagramBox *) self->diagram->boxes->pdata[i])->area);
  if (gtk_widget_get_child_visible (self->headline))
    allocate_child (self->headline, &self->diagram->apart);
}

static void
nt_diagram_view_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  update (NT_DIAGRAM_VIEW (widget));
}

static void
nt_diagram_view_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (nt_diagram_view_parent_class)->system_setting_changed (widget, setting);
  update (NT_DIAGRAM_VIEW (widget));
}

static void
nt_diagram_view_dispose (GObject *object)
{
  NtDiagramView *self = NT_DIAGRAM_VIEW (object);

  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->headline, gtk_widget_unparent);

  G_OBJECT_CLASS (nt_diagram_view_parent_class)->dispose (object);
}

static void
nt_diagram_view_finalize (GObject *object)
{
  NtDiagramView *self = NT_DIAGRAM_VIEW (object);

  g_clear_pointer (&self->diagram, nt_diagram_free);
  g_clear_pointer (&self->state, nt_state_unref);

  G_OBJECT_CLASS (nt_diagram_view_parent_class)->finalize (object);
}

static void
nt_diagram_view_class_init (NtDiagramViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nt_diagram_view_dispose;
  object_class->finalize = nt_diagram_view_finalize;
  widget_class->snapshot = nt_diagram_view_snapshot;
  widget_class->measure = nt_diagram_view_measure;
  widget_class->size_allocate = nt_diagram_view_size_allocate;
  widget_class->direction_changed = nt_diagram_view_direction_changed;
  widget_class->system_setting_changed = nt_diagram_view_system_setting_changed;

  /**
   * NtDiagramView::activated:
   * @kind: an NtDiagramKind
   * @key: identifies the object on the server
   */
  signals[ACTIVATED] = g_signal_new ("activated", NT_TYPE_DIAGRAM_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "diagram");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
nt_diagram_view_init (NtDiagramView *self)
{
  self->nodes = g_ptr_array_new_with_free_func (unparent);
  self->headline = gtk_label_new (_("Not in a Team"));
  gtk_label_set_xalign (GTK_LABEL (self->headline), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->headline), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->headline, "heading");
  gtk_widget_add_css_class (self->headline, "dimmed");
  gtk_widget_set_parent (self->headline, GTK_WIDGET (self));
  update (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/**
 * nt_diagram_view_show:
 * @state: (nullable): of the server to show
 */
void
nt_diagram_view_show (NtDiagramView *self, const NtState *state)
{
  g_clear_pointer (&self->state, nt_state_unref);
  self->state = state ? nt_state_ref (state) : NULL;
  update (self);
}

/**
 * nt_diagram_view_to_png:
 * @self: a view in a window
 *
 * Returns: (transfer full): the whole diagram as in the window
 */
GBytes *
nt_diagram_view_to_png (NtDiagramView *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  double width = gdk_paintable_get_intrinsic_width (paintable);
  double height = gdk_paintable_get_intrinsic_height (paintable);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self)));
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GdkRGBA ground;

  gdk_rgba_parse (&ground, grounds[is_dark ()]);
  gtk_snapshot_scale (snapshot, PNG_SCALE, PNG_SCALE);
  gtk_snapshot_append_color (snapshot, &ground, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width * PNG_SCALE, height * PNG_SCALE));
  return gdk_texture_save_to_png_bytes (texture);
}

/**
 * nt_diagram_view_to_svg:
 * @title: of the document
 *
 * Returns: (transfer full): the diagram in SVG format
 */
GBytes *
nt_diagram_view_to_svg (NtDiagramView *self, const char *title)
{
  char *svg = nt_diagram_to_svg (self->diagram, self->line_height, title, is_mirrored (self));

  return g_bytes_new_take (svg, strlen (svg));
}
