/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/rows/traffic.h"

G_BEGIN_DECLS

/* Formats a rate in bytes per second. */
typedef char *(*NtFormatRateFunc) (double rate);

/*
 * The recent traffic: sent above the centre line, received below it. Several links are stacked, which shows the share
 * of each.
 */
#define NT_TYPE_CHART (nt_chart_get_type ())
G_DECLARE_FINAL_TYPE (NtChart, nt_chart, NT, CHART, GtkWidget)

void nt_chart_set_format (NtChart *self, NtFormatRateFunc format);
void nt_chart_set_traffic (NtChart *self, const GPtrArray *traffic);

G_END_DECLS
