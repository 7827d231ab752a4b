/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/traffic/chart.h"

G_BEGIN_DECLS

/* The numbers beside a chart: what each of its links carries now, and what all have carried so far. */
#define NT_TYPE_TRAFFIC_LIST (nt_traffic_list_get_type ())
G_DECLARE_FINAL_TYPE (NtTrafficList, nt_traffic_list, NT, TRAFFIC_LIST, AdwBin)

void nt_traffic_list_set_traffic (NtTrafficList *self,
                                  const GPtrArray *traffic,
                                  const NtSample *totals,
                                  NtFormatRateFunc format);

G_END_DECLS
