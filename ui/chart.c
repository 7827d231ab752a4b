/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chart.h"

#include <math.h>

#include "format.h"

/* The lowest top of the scale: 1 kb/s, in bytes. */
#define LOWEST_TOP 125.0

#define N_GRID_LINES 4
#define LINE_WIDTH 2.0f
#define FILL_ALPHA 0.15f

struct _NtChart
{
  GtkWidget parent_instance;

  NtSeries series;
  NtFormatRateFunc format;
};

G_DEFINE_FINAL_TYPE (NtChart, nt_chart, GTK_TYPE_WIDGET)

/* Where a chart is drawn, and what its top stands for. */
typedef struct
{
  graphene_rect_t area;
  double top;
} Scale;

/* The next of 1, 2, 5, 10 … in the unit that is shown, so that the labels are round. */
static double
round_up (NtChart *self, double rate)
{
  double unit = self->format == nt_format_rate ? 8 : 1;
  double value = MAX (rate, LOWEST_TOP) * unit;
  double decade = pow (10, floor (log10 (value)));
  double digit = value / decade;

  return (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * decade / unit;
}

static double
find_top (NtChart *self)
{
  const NtSeries *series = &self->series;
  double highest = 0;

  for (guint i = NT_SERIES_LENGTH - series->length; i < NT_SERIES_LENGTH; i++)
    highest = MAX (highest, MAX (series->rx[i], series->tx[i]));
  return round_up (self, highest);
}

static graphene_point_t
get_point (const Scale *scale, const double *values, guint index)
{
  float x = scale->area.origin.x + scale->area.size.width * index / (NT_SERIES_LENGTH - 1);
  float y = scale->area.origin.y + scale->area.size.height * (1 - values[index] / scale->top);

  return GRAPHENE_POINT_INIT (x, y);
}

static GskPath *
make_line (const Scale *scale, const double *values, guint first, gboolean closed)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  float bottom = scale->area.origin.y + scale->area.size.height;
  graphene_point_t point = get_point (scale, values, first);

  gsk_path_builder_move_to (builder, point.x, closed ? bottom : point.y);
  for (guint i = first; i < NT_SERIES_LENGTH; i++)
    {
      point = get_point (scale, values, i);
      gsk_path_builder_line_to (builder, point.x, point.y);
    }
  if (closed)
    {
      gsk_path_builder_line_to (builder, point.x, bottom);
      gsk_path_builder_close (builder);
    }
  return gsk_path_builder_to_path (builder);
}

static void
draw_series (GtkSnapshot *snapshot, const Scale *scale, const double *values, guint first, GdkRGBA color)
{
  g_autoptr (GskPath) area = make_line (scale, values, first, TRUE);
  g_autoptr (GskPath) line = make_line (scale, values, first, FALSE);
  g_autoptr (GskStroke) stroke = gsk_stroke_new (LINE_WIDTH);
  GdkRGBA fill = color;

  fill.alpha *= FILL_ALPHA;
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gtk_snapshot_append_fill (snapshot, area, GSK_FILL_RULE_WINDING, &fill);
  gtk_snapshot_append_stroke (snapshot, line, stroke, &color);
}

static void
draw_label (NtChart *self, GtkSnapshot *snapshot, const char *text, float right, float middle)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA color;
  int width, height;

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= 0.55f;
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (right - width, middle - height / 2.0f));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_grid (NtChart *self, GtkSnapshot *snapshot, const Scale *scale)
{
  GdkRGBA color;

  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= 0.12f;
  for (int i = 0; i <= N_GRID_LINES; i++)
    {
      float y = roundf (scale->area.origin.y + scale->area.size.height * i / N_GRID_LINES);
      graphene_rect_t line = GRAPHENE_RECT_INIT (scale->area.origin.x, y, scale->area.size.width, 1);

      gtk_snapshot_append_color (snapshot, &color, &line);
    }
}

/* Only the top, the middle and zero are told; the lines between explain themselves. */
static void
draw_labels (NtChart *self, GtkSnapshot *snapshot, const Scale *scale)
{
  for (int i = 0; i <= 2; i++)
    {
      g_autofree char *text = self->format (scale->top * (2 - i) / 2);

      draw_label (self,
                  snapshot,
                  text,
                  scale->area.origin.x - 8,
                  scale->area.origin.y + scale->area.size.height * i / 2);
    }
}

static void
get_layout_size (NtChart *self, int *width, int *height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "999.9 Mb/s");

  pango_layout_get_pixel_size (layout, width, height);
}

static void
nt_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA received = { 0.21f, 0.52f, 0.89f, 1.0f };
  static const GdkRGBA sent = { 0.90f, 0.38f, 0.0f, 1.0f };
  NtChart *self = NT_CHART (widget);
  guint first = NT_SERIES_LENGTH - self->series.length;
  int label_width, label_height;
  Scale scale;

  get_layout_size (self, &label_width, &label_height);
  scale.top = find_top (self);
  scale.area = GRAPHENE_RECT_INIT (label_width + 8,
                                   label_height / 2,
                                   gtk_widget_get_width (widget) - label_width - 8,
                                   gtk_widget_get_height (widget) - label_height);

  draw_grid (self, snapshot, &scale);
  draw_labels (self, snapshot, &scale);
  if (self->series.length < 2)
    return;
  draw_series (snapshot, &scale, self->series.rx, first, received);
  draw_series (snapshot, &scale, self->series.tx, first, sent);
}

static void
nt_chart_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 60;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : 110;
}

static void
nt_chart_class_init (NtChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = nt_chart_snapshot;
  widget_class->measure = nt_chart_measure;
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
nt_chart_init (NtChart *self)
{
  self->format = nt_format_rate;
}

/**
 * nt_chart_set_format:
 * @self: a chart
 * @format: nt_format_rate() or nt_format_rate_in_bytes()
 *
 * Sets the unit of the scale.
 */
void
nt_chart_set_format (NtChart *self, NtFormatRateFunc format)
{
  self->format = format;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * nt_chart_set_series:
 * @self: a chart
 * @series: (nullable): what it shows from now on
 */
void
nt_chart_set_series (NtChart *self, const NtSeries *series)
{
  self->series = series ? *series : (NtSeries) { .length = 0 };
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
