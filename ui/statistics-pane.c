/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "statistics-pane.h"

#include <glib/gi18n.h>

#include "chart.h"
#include "format.h"
#include "sampler.h"
#include "settings.h"

struct _NtStatisticsPane
{
  AdwBin parent_instance;

  /* template children */
  GtkLabel *title;
  GtkLabel *received;
  GtkLabel *sent;
  GtkLabel *problems;
  NtChart *chart;

  /* owned */
  NtSampler *sampler;
  char *link;
  NtFormatRateFunc format;
};

G_DEFINE_FINAL_TYPE (NtStatisticsPane, nt_statistics_pane, ADW_TYPE_BIN)

/* The link that carries what a row shows, as the kernel calls it. */
static const char *
get_link (NtRow *row)
{
  gconstpointer record = nt_row_get_record (row);

  if (NT_IS_TEAM_ROW (row))
    return ((const NtTeam *) record)->device;
  if (NT_IS_INTERFACE_ROW (row))
    return ((const NtInterface *) record)->device;
  return ((const NtAdapter *) record)->name;
}

static char *
make_title (NtRow *row)
{
  g_autofree char *name = NULL;

  g_object_get (row, "name", &name, NULL);
  if (NT_IS_TEAM_ROW (row))
    return g_strdup_printf (_("Statistics of Team %s"), name);
  if (NT_IS_INTERFACE_ROW (row))
    return g_strdup_printf (_("Statistics of Interface %s"), name);
  return g_strdup_printf (_("Statistics of Adapter %s"), name);
}

static void
show_problems (NtStatisticsPane *self, const NtSample *totals)
{
  gint64 count =
    totals ? totals->rx_errors + totals->tx_errors + totals->rx_dropped + totals->tx_dropped : 0;
  g_autofree char *text =
    g_strdup_printf (g_dngettext (NULL, "%d error or drop", "%d errors and drops", count), (int) count);

  gtk_widget_set_visible (GTK_WIDGET (self->problems), count > 0);
  gtk_label_set_label (self->problems, text);
}

static void
show_rates (NtStatisticsPane *self, const NtSeries *series)
{
  gboolean known = series != NULL && series->length > 0;
  g_autofree char *rx = known ? self->format (series->rx[NT_SERIES_LENGTH - 1]) : g_strdup ("–");
  g_autofree char *tx = known ? self->format (series->tx[NT_SERIES_LENGTH - 1]) : g_strdup ("–");
  g_autofree char *received = g_strdup_printf (_("Received %s"), rx);
  g_autofree char *sent = g_strdup_printf (_("Sent %s"), tx);
  g_autofree char *both = g_strdup_printf ("%s, %s", received, sent);

  gtk_label_set_label (self->received, received);
  gtk_label_set_label (self->sent, sent);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chart), GTK_ACCESSIBLE_PROPERTY_LABEL, both, -1);
}

static void
update (NtStatisticsPane *self)
{
  const NtSeries *series = self->link ? nt_sampler_get_series (self->sampler, self->link) : NULL;

  show_rates (self, series);
  show_problems (self, self->link ? nt_sampler_get_totals (self->sampler, self->link) : NULL);
  nt_chart_set_series (self->chart, series);
}

static void
units_changed_cb (NtStatisticsPane *self)
{
  g_autofree char *units = g_settings_get_string (nt_settings_get_default (), NT_SETTINGS_UNITS);

  self->format = g_str_equal (units, "bytes") ? nt_format_rate_in_bytes : nt_format_rate;
  nt_chart_set_format (self->chart, self->format);
  update (self);
}

static void
interval_changed_cb (NtStatisticsPane *self)
{
  nt_sampler_set_interval (self->sampler, g_settings_get_int (nt_settings_get_default (), NT_SETTINGS_INTERVAL));
  update (self);
}

static void
nt_statistics_pane_dispose (GObject *object)
{
  NtStatisticsPane *self = NT_STATISTICS_PANE (object);

  if (self->sampler != NULL)
    nt_sampler_set_server (self->sampler, NULL);
  g_clear_object (&self->sampler);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_STATISTICS_PANE);

  G_OBJECT_CLASS (nt_statistics_pane_parent_class)->dispose (object);
}

static void
nt_statistics_pane_finalize (GObject *object)
{
  g_free (NT_STATISTICS_PANE (object)->link);

  G_OBJECT_CLASS (nt_statistics_pane_parent_class)->finalize (object);
}

static void
nt_statistics_pane_class_init (NtStatisticsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = nt_statistics_pane_dispose;
  object_class->finalize = nt_statistics_pane_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/statistics-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, title);
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, received);
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, sent);
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, problems);
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, chart);
}

static void
nt_statistics_pane_init (NtStatisticsPane *self)
{
  g_type_ensure (NT_TYPE_CHART);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sampler = nt_sampler_new ();
  g_signal_connect_object (self->sampler, "sampled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (nt_settings_get_default (), "changed::" NT_SETTINGS_UNITS, G_CALLBACK (units_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (nt_settings_get_default (), "changed::" NT_SETTINGS_INTERVAL,
                           G_CALLBACK (interval_changed_cb), self, G_CONNECT_SWAPPED);
  units_changed_cb (self);
  interval_changed_cb (self);
}

/**
 * nt_statistics_pane_show:
 * @self: a pane
 * @row: (nullable): the team, adapter or interface of interest
 *
 * Shows the traffic of one thing from now on. All links of its server are
 * sampled, so that what was before is there at once for the next one.
 */
void
nt_statistics_pane_show (NtStatisticsPane *self, NtRow *row)
{
  g_autofree char *title = row ? make_title (row) : g_strdup (_("Statistics"));

  g_set_str (&self->link, row ? get_link (row) : NULL);
  gtk_label_set_label (self->title, title);
  if (row != NULL)
    nt_sampler_set_server (self->sampler, nt_row_get_server (row));
  update (self);
}
