/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/wire/scan-token.h"

#include <math.h>
#include <string.h>

#define HEX_DIGITS 4

static gboolean
read_hex (const char **cursor, const char *end, gunichar *value)
{
  if (end - *cursor < HEX_DIGITS)
    return FALSE;

  *value = 0;
  for (int i = 0; i < HEX_DIGITS; i++)
    {
      int digit = g_ascii_xdigit_value (*(*cursor)++);

      if (digit < 0)
        return FALSE;
      *value = *value << 4 | digit;
    }
  return TRUE;
}

static gboolean
is_high_surrogate (gunichar c)
{
  return c >= 0xd800 && c <= 0xdbff;
}

static gboolean
is_low_surrogate (gunichar c)
{
  return c >= 0xdc00 && c <= 0xdfff;
}

/* Reads the digits after "\u"; a surrogate pair is one character. */
static NtScanProblem
read_unicode (const char **cursor, const char *end, gunichar *character)
{
  gunichar low;

  if (!read_hex (cursor, end, character))
    return NT_SCAN_SYNTAX;
  if (*character == 0 || is_low_surrogate (*character))
    return NT_SCAN_CHARACTER;
  if (!is_high_surrogate (*character))
    return NT_SCAN_OK;

  if (end - *cursor < 2 || (*cursor)[0] != '\\' || (*cursor)[1] != 'u')
    return NT_SCAN_CHARACTER;
  *cursor += 2;
  if (!read_hex (cursor, end, &low))
    return NT_SCAN_SYNTAX;
  if (!is_low_surrogate (low))
    return NT_SCAN_CHARACTER;

  *character = 0x10000 + ((*character - 0xd800) << 10) + (low - 0xdc00);
  return NT_SCAN_OK;
}

/* Reads the rest of an escape sequence, after the backslash. */
static NtScanProblem
read_escape (const char **cursor, const char *end, gunichar *character)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char characters[] = "\"\\/\b\f\n\r\t";
  const char *found;
  char c;

  if (*cursor == end)
    return NT_SCAN_SYNTAX;
  c = *(*cursor)++;
  if (c == 'u')
    return read_unicode (cursor, end, character);
  found = c != '\0' ? strchr (escapes, c) : NULL;
  if (found == NULL)
    return NT_SCAN_SYNTAX;

  *character = characters[found - escapes];
  return NT_SCAN_OK;
}

/* Reads one character of a string that has already been scanned. */
static gunichar
next_character (NtSpan *rest)
{
  gunichar character = 0;

  if (*rest->start == '\\')
    {
      rest->start++;
      read_escape (&rest->start, rest->end, &character);
      return character;
    }

  character = g_utf8_get_char (rest->start);
  rest->start = g_utf8_next_char (rest->start);
  return character;
}

static gsize
skip_digits (const char **cursor, const char *end)
{
  const char *start = *cursor;

  while (*cursor < end && g_ascii_isdigit (**cursor))
    (*cursor)++;
  return *cursor - start;
}

static gboolean
skip_one_of (const char **cursor, const char *end, const char *characters)
{
  if (*cursor == end || **cursor == '\0' || strchr (characters, **cursor) == NULL)
    return FALSE;
  (*cursor)++;
  return TRUE;
}

static gboolean
integer_fits (const char *start, const char *end)
{
  gboolean negative = *start == '-';
  guint64 limit = negative ? (guint64) G_MAXINT64 + 1 : G_MAXINT64;
  guint64 value = 0;

  for (const char *p = start + negative; p < end; p++)
    {
      guint digit = *p - '0';

      if (value > (limit - digit) / 10)
        return FALSE;
      value = value * 10 + digit;
    }
  return TRUE;
}

/* TRUE if a number with a fraction or exponent, which has been scanned, is one that a double can hold. */
static gboolean
real_fits (const char *start, const char *end)
{
  char *stop;
  double value = g_ascii_strtod (start, &stop);

  return stop == end && !isinf (value);
}

/**
 * nt_scan_string:
 * @cursor: (inout): on entry at the opening quote, on return after the closing one
 * @end: the end of the text
 * @content: (out): the text between the quotes, still escaped
 *
 * Returns: %NT_SCAN_OK, %NT_SCAN_SYNTAX or %NT_SCAN_CHARACTER
 */
NtScanProblem
nt_scan_string (const char **cursor, const char *end, NtSpan *content)
{
  const char *p = *cursor + 1;
  NtScanProblem problem = NT_SCAN_OK;
  gunichar ignored;

  content->start = p;
  while (problem == NT_SCAN_OK)
    {
      if (p == end || (guchar) *p < 0x20)
        problem = NT_SCAN_SYNTAX;
      else if (*p == '"')
        break;
      else if (*p++ == '\\')
        problem = read_escape (&p, end, &ignored);
    }

  content->end = p;
  *cursor = problem == NT_SCAN_OK ? p + 1 : p;
  return problem;
}

/**
 * nt_scan_number:
 * @cursor: (inout): on entry at the first character, on return after the last one
 * @end: the end of the text
 *
 * Scans a number according to RFC 8259, section 6.
 *
 * Returns: %NT_SCAN_OK, %NT_SCAN_SYNTAX or %NT_SCAN_NUMBER_RANGE
 */
NtScanProblem
nt_scan_number (const char **cursor, const char *end)
{
  const char *start = *cursor;
  gboolean is_real = FALSE;

  skip_one_of (cursor, end, "-");
  if (!skip_one_of (cursor, end, "0") && skip_digits (cursor, end) == 0)
    return NT_SCAN_SYNTAX;
  if (skip_one_of (cursor, end, "."))
    {
      is_real = TRUE;
      if (skip_digits (cursor, end) == 0)
        return NT_SCAN_SYNTAX;
    }
  if (skip_one_of (cursor, end, "eE"))
    {
      is_real = TRUE;
      skip_one_of (cursor, end, "+-");
      if (skip_digits (cursor, end) == 0)
        return NT_SCAN_SYNTAX;
    }

  /* strtod() would read past the end; but inside an object, a number is always followed by another character. */
  if (*cursor == end || g_ascii_isalnum (**cursor))
    return NT_SCAN_SYNTAX;
  if (is_real ? !real_fits (start, *cursor) : !integer_fits (start, *cursor))
    return NT_SCAN_NUMBER_RANGE;
  return NT_SCAN_OK;
}

/**
 * nt_scan_word:
 * @cursor: (inout): on entry at the first letter, on return after the word
 * @end: the end of the text
 *
 * Scans `true`, `false` or `null`.
 *
 * Returns: %NT_SCAN_OK or %NT_SCAN_SYNTAX
 */
NtScanProblem
nt_scan_word (const char **cursor, const char *end)
{
  static const char *const words[] = { "true", "false", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (end - *cursor) < length || memcmp (*cursor, words[i], length) != 0)
        continue;
      *cursor += length;
      return NT_SCAN_OK;
    }
  return NT_SCAN_SYNTAX;
}

/**
 * nt_span_compare:
 * @a: the content of a scanned string
 * @b: the content of a scanned string
 *
 * Compares the unescaped strings: `a` and `\u0061` are equal.
 *
 * Returns: a value below, equal to or above zero
 */
int
nt_span_compare (const NtSpan *a, const NtSpan *b)
{
  NtSpan left = *a, right = *b;

  while (left.start < left.end && right.start < right.end)
    {
      gunichar l = next_character (&left), r = next_character (&right);

      if (l != r)
        return l < r ? -1 : 1;
    }
  return (left.start < left.end) - (right.start < right.end);
}

/**
 * nt_span_append_to:
 * @span: the content of a scanned string
 *
 * Appends the unescaped text of @span to @string.
 */
void
nt_span_append_to (const NtSpan *span, GString *string)
{
  NtSpan rest = *span;

  while (rest.start < rest.end)
    g_string_append_unichar (string, next_character (&rest));
}
