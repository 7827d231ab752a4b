/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/kernel/base/kernel.h"
#include "backend/varlink/service/call.h"

G_BEGIN_DECLS

/* Range of the interval in SubscribeStatistics, in milliseconds. */
#define NT_SAMPLE_INTERVAL_MIN 250
#define NT_SAMPLE_INTERVAL_MAX 60000

void nt_sample_stream_start (NtKernel *kernel, NtVarlinkCall *call, guint interval_ms, GPtrArray *links);

G_END_DECLS
