/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/rows/traffic.h"

G_BEGIN_DECLS

/* Tells a rate in bytes per second in words. */
typedef char *(*NtFormatRateFunc) (double rate);

/*
 * The traffic of the last minutes: what was sent above the middle, what was received below it. Of several links, one
 * stands on the other, so that it shows at a glance who carries how much.
 */
#define NT_TYPE_CHART (nt_chart_get_type ())
G_DECLARE_FINAL_TYPE (NtChart, nt_chart, NT, CHART, GtkWidget)

void nt_chart_set_format (NtChart *self, NtFormatRateFunc format);
void nt_chart_set_traffic (NtChart *self, const GPtrArray *traffic);

G_END_DECLS
