/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/wire/scan-problem.h"

G_BEGIN_DECLS

/**
 * NtScanResult:
 * @problem: the reason why the message is invalid, or %NT_SCAN_OK
 * @offset: the byte offset of the problem
 * @invalid_field: (nullable): the first field inside `parameters` that is a duplicate or has a number out of range,
 *   such as `teams[0].name`; the message is valid otherwise
 * @n_values: the number of values, including nested ones
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
