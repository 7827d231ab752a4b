/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/traffic/statistics-pane.h"

#include <glib/gi18n.h>

#include "app/rows/interface-row.h"
#include "app/rows/team-row.h"
#include "app/text/format.h"
#include "ui/parts/settings.h"
#include "ui/traffic/chart.h"
#include "ui/traffic/traffic-list.h"

struct _NtStatisticsPane
{
  AdwBin parent_instance;

  /* template children */
  GtkLabel *title;
  GtkLabel *received;
  GtkLabel *sent;
  GtkToggleButton *pause_button;
  GtkWidget *placeholder;
  GtkWidget *traffic;
  NtChart *chart;
  NtTrafficList *list;

  /* owned */
  NtSampler *sampler;
  NtRow *row;
  NtFormatRateFunc format;
};

G_DEFINE_FINAL_TYPE (NtStatisticsPane, nt_statistics_pane, ADW_TYPE_BIN)

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

/* Shows the rates of the whole; those of a bond are its own counters, not the sum of its members. */
static void
show_rates (NtStatisticsPane *self)
{
  const char *link = self->row ? nt_traffic_get_link (self->row) : NULL;
  const NtSeries *series = link ? nt_sampler_get_series (self->sampler, link) : NULL;
  gboolean known = series != NULL && series->length > 0;
  g_autofree char *rx = known ? self->format (series->rx[NT_SERIES_LENGTH - 1]) : g_strdup ("–");
  g_autofree char *tx = known ? self->format (series->tx[NT_SERIES_LENGTH - 1]) : g_strdup ("–");
  g_autofree char *received = g_strdup_printf (_("Received %s"), rx);
  g_autofree char *sent = g_strdup_printf (_("Sent %s"), tx);

  gtk_label_set_label (self->received, received);
  gtk_label_set_label (self->sent, sent);
}

static void
show_traffic (NtStatisticsPane *self)
{
  g_autoptr (GPtrArray) traffic = self->row ? nt_traffic_find (self->sampler, self->row) : g_ptr_array_new ();
  const NtSample *totals = self->row ? nt_sampler_get_totals (self->sampler, nt_traffic_get_link (self->row)) : NULL;
  g_autofree char *summary = nt_traffic_summarise (traffic, self->format);

  nt_chart_set_traffic (self->chart, traffic);
  nt_traffic_list_set_traffic (self->list, traffic, totals, self->format);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chart), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
}

static void
update (NtStatisticsPane *self)
{
  if (self->sampler == NULL)
    return;
  show_rates (self);
  show_traffic (self);
}

static void
sampled_cb (NtStatisticsPane *self)
{
  if (!gtk_toggle_button_get_active (self->pause_button))
    update (self);
}

static void
paused_cb (NtStatisticsPane *self)
{
  gboolean is_paused = gtk_toggle_button_get_active (self->pause_button);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause_button), is_paused ? _("Resume") : _("Pause"));
  gtk_button_set_icon_name (GTK_BUTTON (self->pause_button),
                            is_paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
  if (!is_paused)
    update (self);
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
nt_statistics_pane_dispose (GObject *object)
{
  NtStatisticsPane *self = NT_STATISTICS_PANE (object);

  g_clear_object (&self->sampler);
  g_clear_object (&self->row);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_STATISTICS_PANE);

  G_OBJECT_CLASS (nt_statistics_pane_parent_class)->dispose (object);
}

static void
nt_statistics_pane_class_init (NtStatisticsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_statistics_pane_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/statistics-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, title);
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, received);
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, sent);
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, pause_button);
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, placeholder);
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, traffic);
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, chart);
  gtk_widget_class_bind_template_child (widget_class, NtStatisticsPane, list);
  gtk_widget_class_bind_template_callback (widget_class, paused_cb);
}

static void
nt_statistics_pane_init (NtStatisticsPane *self)
{
  g_type_ensure (NT_TYPE_CHART);
  g_type_ensure (NT_TYPE_TRAFFIC_LIST);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (nt_settings_get_default (), "changed::" NT_SETTINGS_UNITS, G_CALLBACK (units_changed_cb),
                           self, G_CONNECT_SWAPPED);
  units_changed_cb (self);
}

/**
 * nt_statistics_pane_set_sampler:
 * @sampler: may be shared by several panes
 */
void
nt_statistics_pane_set_sampler (NtStatisticsPane *self, NtSampler *sampler)
{
  self->sampler = g_object_ref (sampler);
  g_signal_connect_object (sampler, "sampled", G_CALLBACK (sampled_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * nt_statistics_pane_show:
 * @row: (nullable): a team, adapter or interface
 *
 * Shows the traffic of @row.
 */
void
nt_statistics_pane_show (NtStatisticsPane *self, NtRow *row)
{
  g_autofree char *title = row ? make_title (row) : g_strdup (_("Statistics"));

  g_set_object (&self->row, row);
  gtk_widget_set_visible (self->placeholder, row == NULL);
  gtk_widget_set_visible (self->traffic, row != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->received), row != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->sent), row != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), row != NULL);
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  update (self);
}
