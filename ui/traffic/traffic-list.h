/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/traffic/chart.h"

G_BEGIN_DECLS

/* The numbers next to a chart: the current traffic of each link, and the totals. */
#define NT_TYPE_TRAFFIC_LIST (nt_traffic_list_get_type ())
G_DECLARE_FINAL_TYPE (NtTrafficList, nt_traffic_list, NT, TRAFFIC_LIST, AdwBin)

void nt_traffic_list_set_traffic (NtTrafficList *self,
                                  const GPtrArray *traffic,
                                  const NtSample *totals,
                                  NtFormatRateFunc format);

G_END_DECLS
