/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sampler.h"

G_BEGIN_DECLS

/* Tells a rate in bytes per second in words. */
typedef char *(*NtFormatRateFunc) (double rate);

#define NT_TYPE_CHART (nt_chart_get_type ())
G_DECLARE_FINAL_TYPE (NtChart, nt_chart, NT, CHART, GtkWidget)

void nt_chart_set_format (NtChart *self, NtFormatRateFunc format);
void nt_chart_set_series (NtChart *self, const NtSeries *series);

G_END_DECLS
