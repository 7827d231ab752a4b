/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rows/row.h"
#include "app/servers/sampler.h"

G_BEGIN_DECLS

/* How much a link carries now, and of what it is a part. */
typedef struct
{
  char *link;
  const NtSeries *series; /* borrowed from the sampler, until the next samples; NULL = not known yet */
  double rx;              /* bytes per second */
  double tx;
  double share;           /* of what all of them carry, 0 to 1; -1 = they carry nothing */
  gint64 link_failures;   /* -1 = not counted */
} NtTraffic;

/* What a row's traffic consists of: that of the members of a team, or its own. */
GPtrArray *nt_traffic_find (NtSampler *sampler, NtRow *row);
const char *nt_traffic_get_link (NtRow *row);
char *nt_traffic_summarise (const GPtrArray *traffic, char *(*format_rate) (double rate));

G_END_DECLS
