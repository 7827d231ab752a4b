/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/servers/server.h"

G_BEGIN_DECLS

/* Number of rates per link, one per interval */
#define NT_SERIES_LENGTH 120

/**
 * NtSeries:
 * @rx: bytes received per second, oldest first
 * @tx: bytes sent per second
 * @length: number of valid values, at the end of the arrays
 *
 * The recent traffic of a link.
 */
typedef struct
{
  double rx[NT_SERIES_LENGTH];
  double tx[NT_SERIES_LENGTH];
  guint length;
} NtSeries;

#define NT_TYPE_SAMPLER (nt_sampler_get_type ())
G_DECLARE_FINAL_TYPE (NtSampler, nt_sampler, NT, SAMPLER, GObject)

NtSampler *nt_sampler_new (void);
void nt_sampler_set_server (NtSampler *self, NtServer *server);
void nt_sampler_set_interval (NtSampler *self, int milliseconds);
void nt_sampler_take_samples (NtSampler *self, const NtSamples *samples);
const NtSeries *nt_sampler_get_series (NtSampler *self, const char *link);
const NtSample *nt_sampler_get_totals (NtSampler *self, const char *link);

G_END_DECLS
