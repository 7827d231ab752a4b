/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/rows/row.h"
#include "app/servers/sampler.h"

G_BEGIN_DECLS

#define NT_TYPE_STATISTICS_PANE (nt_statistics_pane_get_type ())
G_DECLARE_FINAL_TYPE (NtStatisticsPane, nt_statistics_pane, NT, STATISTICS_PANE, AdwBin)

void nt_statistics_pane_set_sampler (NtStatisticsPane *self, NtSampler *sampler);
void nt_statistics_pane_show (NtStatisticsPane *self, NtRow *row);

G_END_DECLS
