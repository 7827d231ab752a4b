/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/traffic/chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/text/format.h"
#include "ui/parts/palette.h"

/* The minimum of the scale: 1 kb/s, in bytes */
#define LOWEST_TOP 125.0

#define N_GRID_LINES 4
#define FILL_ALPHA 0.75f

/* A layer of the stacked chart */
typedef struct
{
  NtSeries series;
  GdkRGBA color;
} Band;

struct _NtChart
{
  GtkWidget parent_instance;

  GArray *bands; /* of Band */
  NtFormatRateFunc format;
};

G_DEFINE_FINAL_TYPE (NtChart, nt_chart, GTK_TYPE_WIDGET)

/* The drawing area and the values at its top and bottom */
typedef struct
{
  graphene_rect_t area;
  double top;
} Scale;

/* One half of the chart: the series that it shows, and its direction from the centre line. */
typedef struct
{
  gsize offset;
  float direction;
} Half;

static const Half sent = { G_STRUCT_OFFSET (NtSeries, tx), -1 };
static const Half received = { G_STRUCT_OFFSET (NtSeries, rx), 1 };

/* Rounds up to 1, 2, 5, 10 … in the displayed unit, so that the labels are round numbers. */
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
get_value (const NtSeries *series, const Half *half, guint index)
{
  const double *values = (const double *) (gconstpointer) ((const char *) series + half->offset);

  return index < NT_SERIES_LENGTH - series->length ? 0 : values[index];
}

/* The sum of the lowest @n_bands bands */
static double
get_height (NtChart *self, const Half *half, guint n_bands, guint index)
{
  double height = 0;

  for (guint i = 0; i < n_bands; i++)
    height += get_value (&g_array_index (self->bands, Band, i).series, half, index);
  return height;
}

static guint
get_first (NtChart *self)
{
  guint length = 0;

  for (guint i = 0; i < self->bands->len; i++)
    length = MAX (length, g_array_index (self->bands, Band, i).series.length);
  return NT_SERIES_LENGTH - length;
}

static double
find_top (NtChart *self)
{
  double highest = 0;

  for (guint i = get_first (self); i < NT_SERIES_LENGTH; i++)
    highest = MAX (highest, MAX (get_height (self, &sent, self->bands->len, i),
                                 get_height (self, &received, self->bands->len, i)));
  return round_up (self, highest);
}

static graphene_point_t
get_point (const Scale *scale, const Half *half, double value, guint index)
{
  float x = scale->area.origin.x + scale->area.size.width * index / (NT_SERIES_LENGTH - 1);
  float middle = scale->area.origin.y + scale->area.size.height / 2;

  return GRAPHENE_POINT_INIT (x, middle + half->direction * scale->area.size.height / 2 * (float) (value / scale->top));
}

/* A band is bounded by the band below it and by its own values. */
static GskPath *
make_band (NtChart *self, const Scale *scale, const Half *half, guint band)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  guint first = get_first (self);

  for (guint i = first; i < NT_SERIES_LENGTH; i++)
    {
      graphene_point_t point = get_point (scale, half, get_height (self, half, band, i), i);

      if (i == first)
        gsk_path_builder_move_to (builder, point.x, point.y);
      else
        gsk_path_builder_line_to (builder, point.x, point.y);
    }
  for (guint i = NT_SERIES_LENGTH; i > first; i--)
    {
      graphene_point_t point = get_point (scale, half, get_height (self, half, band + 1, i - 1), i - 1);

      gsk_path_builder_line_to (builder, point.x, point.y);
    }
  gsk_path_builder_close (builder);
  return gsk_path_builder_to_path (builder);
}

static void
draw_bands (NtChart *self, GtkSnapshot *snapshot, const Scale *scale, const Half *half)
{
  for (guint i = 0; i < self->bands->len; i++)
    {
      g_autoptr (GskPath) path = make_band (self, scale, half, i);
      GdkRGBA color = g_array_index (self->bands, Band, i).color;

      color.alpha *= FILL_ALPHA;
      gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
    }
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

/* The centre line, which separates both directions, is drawn stronger. */
static void
draw_grid (NtChart *self, GtkSnapshot *snapshot, const Scale *scale)
{
  for (int i = 0; i <= N_GRID_LINES; i++)
    {
      float y = roundf (scale->area.origin.y + scale->area.size.height * i / N_GRID_LINES);
      graphene_rect_t line = GRAPHENE_RECT_INIT (scale->area.origin.x, y, scale->area.size.width, 1);
      GdkRGBA color;

      gtk_widget_get_color (GTK_WIDGET (self), &color);
      color.alpha *= i == N_GRID_LINES / 2 ? 0.4f : 0.12f;
      gtk_snapshot_append_color (snapshot, &color, &line);
    }
}

static void
draw_labels (NtChart *self, GtkSnapshot *snapshot, const Scale *scale)
{
  for (int i = 0; i <= 2; i++)
    {
      g_autofree char *text = self->format (i == 1 ? 0 : scale->top);

      draw_label (self, snapshot, text, scale->area.origin.x - 8, scale->area.origin.y + scale->area.size.height * i / 2);
    }
}

/* A label inside the chart, at its start */
static void
draw_word (NtChart *self, GtkSnapshot *snapshot, const Scale *scale, const char *word, gboolean is_below)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), word);
  float bottom = scale->area.origin.y + scale->area.size.height;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  draw_label (self, snapshot, word, scale->area.origin.x + 6 + width,
              is_below ? bottom - height / 2.0f - 2 : scale->area.origin.y + height / 2.0f + 2);
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
  NtChart *self = NT_CHART (widget);
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
  if (NT_SERIES_LENGTH - get_first (self) >= 2)
    {
      draw_bands (self, snapshot, &scale, &sent);
      draw_bands (self, snapshot, &scale, &received);
    }
  draw_word (self, snapshot, &scale, _("Sent"), FALSE);
  draw_word (self, snapshot, &scale, _("Received"), TRUE);
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
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 90;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 130;
}

static void
nt_chart_finalize (GObject *object)
{
  g_array_unref (NT_CHART (object)->bands);

  G_OBJECT_CLASS (nt_chart_parent_class)->finalize (object);
}

static void
nt_chart_class_init (NtChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nt_chart_finalize;
  widget_class->snapshot = nt_chart_snapshot;
  widget_class->measure = nt_chart_measure;
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
nt_chart_init (NtChart *self)
{
  self->bands = g_array_new (FALSE, FALSE, sizeof (Band));
  self->format = nt_format_rate;
}

/**
 * nt_chart_set_format:
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
 * nt_chart_set_traffic:
 * @traffic: (nullable) (element-type NtTraffic):
 */
void
nt_chart_set_traffic (NtChart *self, const GPtrArray *traffic)
{
  g_array_set_size (self->bands, 0);
  for (guint i = 0; traffic != NULL && i < traffic->len; i++)
    {
      const NtTraffic *part = traffic->pdata[i];
      Band band = { .color = nt_palette_get (i) };

      if (part->series != NULL)
        band.series = *part->series;
      g_array_append_val (self->bands, band);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
