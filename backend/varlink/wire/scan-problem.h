/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Maximum nesting of objects and arrays. */
#define NT_SCAN_MAX_DEPTH 64

/**
 * NtScanProblem:
 * @NT_SCAN_OK: no problem
 * @NT_SCAN_NOT_UTF8: the bytes are not UTF-8
 * @NT_SCAN_NOT_AN_OBJECT: the text is empty or does not begin with an object
 * @NT_SCAN_SYNTAX: not JSON according to RFC 8259
 * @NT_SCAN_TOO_DEEP: nested beyond %NT_SCAN_MAX_DEPTH
 * @NT_SCAN_TRAILING: text follows after the object
 * @NT_SCAN_CHARACTER: an escaped NUL or half a surrogate pair
 * @NT_SCAN_DUPLICATE_KEY: an object has the same key twice
 * @NT_SCAN_NUMBER_RANGE: an integer beyond 64 bits, or a real number beyond a double
 */
typedef enum
{
  NT_SCAN_OK,
  NT_SCAN_NOT_UTF8,
  NT_SCAN_NOT_AN_OBJECT,
  NT_SCAN_SYNTAX,
  NT_SCAN_TOO_DEEP,
  NT_SCAN_TRAILING,
  NT_SCAN_CHARACTER,
  NT_SCAN_DUPLICATE_KEY,
  NT_SCAN_NUMBER_RANGE,
} NtScanProblem;

const char *nt_scan_problem_to_string (NtScanProblem problem);

G_END_DECLS
