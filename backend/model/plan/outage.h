/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/operation.h"

G_BEGIN_DECLS

/* Estimates which links a plan interrupts, and for how long. */

void nt_outage_estimate_take_over (NtOperation *operation, const NtSnapshot *snapshot);
void nt_outage_estimate (GPtrArray *operations, const NtSnapshot *snapshot);
gint64 nt_outage_sum (const GPtrArray *operations);
char *nt_outage_describe (const GPtrArray *operations);

G_END_DECLS
