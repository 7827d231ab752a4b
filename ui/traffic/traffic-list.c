/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/traffic/traffic-list.h"

#include <glib/gi18n.h>

#include "ui/parts/palette.h"

/* The columns of the rates */
typedef enum
{
  COLUMN_SWATCH,
  COLUMN_LINK,
  COLUMN_RECEIVED,
  COLUMN_SENT,
  COLUMN_SHARE,
  N_COLUMNS,
} Column;

/* The rows of the totals */
typedef enum
{
  TOTAL_RECEIVED,
  TOTAL_SENT,
  TOTAL_ERRORS,
  TOTAL_DROPPED,
  TOTAL_FAILURES,
  N_TOTALS,
} Total;

struct _NtTrafficList
{
  AdwBin parent_instance;

  /* children */
  GtkGrid *rates;
  GtkLabel *totals[N_TOTALS];
  GtkWidget *titles[N_TOTALS];

  /* owned */
  GPtrArray *links; /* names of the links that have a row */
};

G_DEFINE_FINAL_TYPE (NtTrafficList, nt_traffic_list, ADW_TYPE_BIN)

static GtkWidget *
make_label (const char *text, float xalign, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* A swatch with the colour of the link in the chart */
static GtkWidget *
make_swatch (guint index)
{
  GtkWidget *swatch = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "label", "■", NULL);
  GdkRGBA color = nt_palette_get (index);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_foreground_new ((guint16) (color.red * 65535),
                                                                 (guint16) (color.green * 65535),
                                                                 (guint16) (color.blue * 65535)));
  gtk_label_set_attributes (GTK_LABEL (swatch), attributes);
  return swatch;
}

static void
add_row (NtTrafficList *self, guint index, const char *link)
{
  GtkWidget *name = make_label (link, 0, "caption");
  int row = (int) index + 1;

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_grid_attach (self->rates, make_swatch (index), COLUMN_SWATCH, row, 1, 1);
  gtk_grid_attach (self->rates, name, COLUMN_LINK, row, 1, 1);
  for (int column = COLUMN_RECEIVED; column < N_COLUMNS; column++)
    {
      GtkWidget *label = make_label ("", 1, "numeric");

      gtk_widget_add_css_class (label, "caption");
      gtk_grid_attach (self->rates, label, column, row, 1, 1);
    }
}

static void
add_titles (NtTrafficList *self)
{
  static const char *const titles[N_COLUMNS] = { [COLUMN_LINK] = N_("Adapter"), [COLUMN_RECEIVED] = N_("Received"),
                                                 [COLUMN_SENT] = N_("Sent"), [COLUMN_SHARE] = N_("Share") };

  for (int column = COLUMN_LINK; column < N_COLUMNS; column++)
    {
      GtkWidget *title = make_label (_(titles[column]), column == COLUMN_LINK ? 0 : 1, "caption-heading");

      gtk_widget_add_css_class (title, "dimmed");
      gtk_grid_attach (self->rates, title, column, 0, 1, 1);
    }
}

static void
remove_rows (NtTrafficList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rates))) != NULL)
    gtk_grid_remove (self->rates, child);
}

static gboolean
has_rows_of (NtTrafficList *self, const GPtrArray *traffic)
{
  if (self->links->len != traffic->len)
    return FALSE;
  for (guint i = 0; i < traffic->len; i++)
    if (!g_str_equal (self->links->pdata[i], ((const NtTraffic *) traffic->pdata[i])->link))
      return FALSE;
  return TRUE;
}

/* A single link has only totals. */
static void
update_rows (NtTrafficList *self, const GPtrArray *traffic)
{
  gtk_widget_set_visible (GTK_WIDGET (self->rates), traffic->len > 1);
  if (has_rows_of (self, traffic))
    return;
  remove_rows (self);
  add_titles (self);
  g_ptr_array_set_size (self->links, 0);
  for (guint i = 0; i < traffic->len; i++)
    {
      const char *link = ((const NtTraffic *) traffic->pdata[i])->link;

      g_ptr_array_add (self->links, g_strdup (link));
      add_row (self, i, link);
    }
}

static void
set_cell (NtTrafficList *self, int row, Column column, const char *text)
{
  gtk_label_set_label (GTK_LABEL (gtk_grid_get_child_at (self->rates, column, row)), text);
}

static void
update_rates (NtTrafficList *self, const GPtrArray *traffic, NtFormatRateFunc format)
{
  for (guint i = 0; i < traffic->len; i++)
    {
      const NtTraffic *part = traffic->pdata[i];
      g_autofree char *rx = format (part->rx);
      g_autofree char *tx = format (part->tx);
      g_autofree char *share = part->share >= 0 ? g_strdup_printf (_("%.0f %%"), part->share * 100) : g_strdup ("–");

      set_cell (self, (int) i + 1, COLUMN_RECEIVED, rx);
      set_cell (self, (int) i + 1, COLUMN_SENT, tx);
      set_cell (self, (int) i + 1, COLUMN_SHARE, share);
    }
}

static char *
format_volume (gint64 bytes, gint64 packets)
{
  g_autofree char *size = g_format_size ((guint64) bytes);
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, packets);

  /* gettext does not support a portable format for 64-bit numbers, so they are inserted as text. */
  return g_strdup_printf (g_dngettext (NULL, "%s, %s packet", "%s, %s packets", (gulong) packets), size, count);
}

static void
set_total (NtTrafficList *self, Total total, char *text)
{
  g_autofree char *owned = text;

  gtk_label_set_label (self->totals[total], owned ? owned : "–");
}

static char *
format_number (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static gint64
sum_failures (const GPtrArray *traffic)
{
  gint64 sum = 0;

  for (guint i = 0; i < traffic->len; i++)
    sum += MAX (((const NtTraffic *) traffic->pdata[i])->link_failures, 0);
  return sum;
}

static void
update_totals (NtTrafficList *self, const GPtrArray *traffic, const NtSample *totals)
{
  gboolean is_counted = traffic->len > 0 && ((const NtTraffic *) traffic->pdata[0])->link_failures >= 0;

  set_total (self, TOTAL_RECEIVED, totals ? format_volume (totals->rx_bytes, totals->rx_packets) : NULL);
  set_total (self, TOTAL_SENT, totals ? format_volume (totals->tx_bytes, totals->tx_packets) : NULL);
  set_total (self, TOTAL_ERRORS, totals ? format_number (totals->rx_errors + totals->tx_errors) : NULL);
  set_total (self, TOTAL_DROPPED, totals ? format_number (totals->rx_dropped + totals->tx_dropped) : NULL);
  set_total (self, TOTAL_FAILURES, format_number (sum_failures (traffic)));
  gtk_widget_set_visible (GTK_WIDGET (self->totals[TOTAL_FAILURES]), is_counted);
  gtk_widget_set_visible (self->titles[TOTAL_FAILURES], is_counted);
}

static GtkWidget *
make_totals (NtTrafficList *self)
{
  static const char *const titles[N_TOTALS] = { [TOTAL_RECEIVED] = N_("Received in Total"), [TOTAL_SENT] = N_("Sent in Total"),
                                                [TOTAL_ERRORS] = N_("Errors"), [TOTAL_DROPPED] = N_("Dropped"),
                                                [TOTAL_FAILURES] = N_("Link Failures") };
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (int i = 0; i < N_TOTALS; i++)
    {
      GtkWidget *title = make_label (_(titles[i]), 0, "caption");
      GtkWidget *value = make_label ("–", 1, "caption");

      gtk_widget_add_css_class (title, "dimmed");
      gtk_widget_add_css_class (value, "numeric");
      gtk_widget_set_hexpand (value, TRUE);
      gtk_label_set_ellipsize (GTK_LABEL (value), PANGO_ELLIPSIZE_START);
      gtk_grid_attach (GTK_GRID (grid), title, 0, i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), value, 1, i, 1, 1);
      self->totals[i] = GTK_LABEL (value);
      self->titles[i] = title;
    }
  return grid;
}

static void
nt_traffic_list_finalize (GObject *object)
{
  g_ptr_array_unref (NT_TRAFFIC_LIST (object)->links);

  G_OBJECT_CLASS (nt_traffic_list_parent_class)->finalize (object);
}

static void
nt_traffic_list_class_init (NtTrafficListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_traffic_list_finalize;
}

static void
nt_traffic_list_init (NtTrafficList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->links = nt_strings_new ();
  self->rates = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->rates, 9);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rates));
  gtk_box_append (GTK_BOX (box), make_totals (self));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * nt_traffic_list_set_traffic:
 * @traffic: (element-type NtTraffic): the current traffic of each link
 * @totals: (nullable): the counters of the whole
 * @format: formats rates
 */
void
nt_traffic_list_set_traffic (NtTrafficList *self,
                             const GPtrArray *traffic,
                             const NtSample *totals,
                             NtFormatRateFunc format)
{
  update_rows (self, traffic);
  update_rates (self, traffic, format);
  update_totals (self, traffic, totals);
}
