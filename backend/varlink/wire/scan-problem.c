/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/wire/scan-problem.h"

/**
 * nt_scan_problem_to_string:
 *
 * Returns: a short description for logs and protocol errors, not translated
 */
const char *
nt_scan_problem_to_string (NtScanProblem problem)
{
  static const char *const texts[] = {
    [NT_SCAN_OK] = "no problem",
    [NT_SCAN_NOT_UTF8] = "not UTF-8",
    [NT_SCAN_NOT_AN_OBJECT] = "not an object",
    [NT_SCAN_SYNTAX] = "not valid JSON",
    [NT_SCAN_TOO_DEEP] = "nested too deeply",
    [NT_SCAN_TRAILING] = "text after the object",
    [NT_SCAN_CHARACTER] = "invalid character",
    [NT_SCAN_DUPLICATE_KEY] = "duplicate key",
    [NT_SCAN_NUMBER_RANGE] = "number out of range",
  };

  return texts[problem];
}
