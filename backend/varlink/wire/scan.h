/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/wire/scan-problem.h"

G_BEGIN_DECLS

/**
 * NtScanResult:
 * @problem: why the message must not be read, or %NT_SCAN_OK
 * @offset: the byte at which the problem was seen
 * @invalid_field: (nullable): the first field inside `parameters` that is
 *   given twice or has a number out of range, as `teams[0].name`; such a
 *   message is sound otherwise
 * @n_values: how many values there are, those inside others counted too
 */
typedef struct
{
  NtScanProblem problem;
  gsize offset;
  char *invalid_field;
  gsize n_values;
} NtScanResult;

gboolean nt_scan (const char *text, gsize length, NtScanResult *result);
void nt_scan_result_clear (NtScanResult *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NtScanResult, nt_scan_result_clear)

G_END_DECLS
