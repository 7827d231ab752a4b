/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rows/row.h"
#include "app/servers/sampler.h"

G_BEGIN_DECLS

/* The current traffic of a link, as part of a whole */
typedef struct
{
  char *link;
  const NtSeries *series; /* borrowed from the sampler, valid until the next sample; NULL if unknown */
  double rx;              /* bytes per second */
  double tx;
  double share;           /* of the total of all links, 0 to 1; -1 if the total is 0 */
  gint64 link_failures;   /* -1 if not counted */
} NtTraffic;

GPtrArray *nt_traffic_find (NtSampler *sampler, NtRow *row);
const char *nt_traffic_get_link (NtRow *row);
char *nt_traffic_summarise (const GPtrArray *traffic, char *(*format_rate) (double rate));

G_END_DECLS
