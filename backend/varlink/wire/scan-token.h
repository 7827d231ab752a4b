/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/wire/scan-problem.h"

G_BEGIN_DECLS

/**
 * NtSpan:
 * @start: the first byte
 * @end: after the last byte
 *
 * A part of the scanned text, not owned.
 */
typedef struct
{
  const char *start;
  const char *end;
} NtSpan;

NtScanProblem nt_scan_string (const char **cursor, const char *end, NtSpan *content);
NtScanProblem nt_scan_number (const char **cursor, const char *end);
NtScanProblem nt_scan_word (const char **cursor, const char *end);

int nt_span_compare (const NtSpan *a, const NtSpan *b);
void nt_span_append_to (const NtSpan *span, GString *string);

G_END_DECLS
