/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/wire/scan-problem.h"

/**
 * nt_scan_problem_to_string:
 * @problem: a problem
 *
 * Returns: a few words for logs and protocol errors, not translated
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
    [NT_SCAN_CHARACTER] = "a character that cannot be kept",
    [NT_SCAN_DUPLICATE_KEY] = "a key is given twice",
    [NT_SCAN_NUMBER_RANGE] = "a number is out of range",
  };

  return texts[problem];
}
