/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/wire/scan.h"

#include <string.h>

#include "backend/varlink/wire/scan-token.h"

/* The token that the scanner expects next. */
typedef enum
{
  EXPECT_VALUE,
  EXPECT_FIRST_VALUE, /* or the end of an empty array */
  EXPECT_KEY,
  EXPECT_FIRST_KEY, /* or the end of an empty object */
  EXPECT_NEXT,      /* a comma, or the end of the open object or array */
} Expect;

/* An open object or array. */
typedef struct
{
  gboolean is_object;
  guint first_key; /* index of its first key in the stack of keys */
  guint index;     /* in an array: index of the present element */
} Level;

typedef struct
{
  const char *cursor;
  const char *end;
  Expect expect;
  Level levels[NT_SCAN_MAX_DEPTH];
  gsize n_values;
  guint depth;
  GArray *keys; /* of NtSpan: keys of all open objects, innermost last */
  char *invalid_field;
} Scanner;

static void
skip_space (Scanner *self)
{
  while (self->cursor < self->end && *self->cursor != '\0' && strchr (" \t\r\n", *self->cursor) != NULL)
    self->cursor++;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return nt_span_compare (a, b);
}

/* Returns the current key of the open object @level. */
static const NtSpan *
get_current_key (Scanner *self, guint level)
{
  guint end = level + 1 < self->depth ? self->levels[level + 1].first_key : self->keys->len;

  return &g_array_index (self->keys, NtSpan, end - 1);
}

static gboolean
is_inside_parameters (Scanner *self)
{
  static const char name[] = "parameters";
  NtSpan wanted = { name, name + strlen (name) };

  return self->depth > 1 && nt_span_compare (get_current_key (self, 0), &wanted) == 0;
}

/* Returns the path of a field below `parameters`, with @last in place of the innermost key. */
static char *
describe_place (Scanner *self, const NtSpan *last)
{
  g_autoptr (GString) place = g_string_new (NULL);

  for (guint i = 1; i < self->depth; i++)
    {
      const Level *level = &self->levels[i];

      if (!level->is_object)
        {
          g_string_append_printf (place, "[%u]", level->index);
          continue;
        }
      if (place->len > 0)
        g_string_append_c (place, '.');
      nt_span_append_to (last != NULL && i + 1 == self->depth ? last : get_current_key (self, i), place);
    }
  return g_string_free (g_steal_pointer (&place), FALSE);
}

/* A problem in one parameter is answered with its name; anywhere else it invalidates the message. */
static NtScanProblem
report_field (Scanner *self, NtScanProblem problem, const NtSpan *key)
{
  if (!is_inside_parameters (self))
    return problem;
  if (self->invalid_field == NULL)
    self->invalid_field = describe_place (self, key);
  return NT_SCAN_OK;
}

static NtScanProblem
open_level (Scanner *self, gboolean is_object)
{
  if (self->depth == NT_SCAN_MAX_DEPTH)
    return NT_SCAN_TOO_DEEP;

  self->cursor++;
  self->levels[self->depth++] = (Level) { .is_object = is_object, .first_key = self->keys->len };
  self->expect = is_object ? EXPECT_FIRST_KEY : EXPECT_FIRST_VALUE;
  return NT_SCAN_OK;
}

/* The keys of the innermost object come last; once sorted, equal keys are neighbours. */
static NtScanProblem
check_keys (Scanner *self)
{
  guint first = self->levels[self->depth - 1].first_key;
  guint count = self->keys->len - first;
  g_autoptr (GArray) sorted = NULL;

  if (count < 2)
    return NT_SCAN_OK;

  sorted = g_array_sized_new (FALSE, FALSE, sizeof (NtSpan), count);
  g_array_append_vals (sorted, &g_array_index (self->keys, NtSpan, first), count);
  g_array_sort (sorted, compare_keys);
  for (guint i = 1; i < count; i++)
    {
      const NtSpan *key = &g_array_index (sorted, NtSpan, i);

      if (nt_span_compare (key - 1, key) == 0)
        return report_field (self, NT_SCAN_DUPLICATE_KEY, key);
    }
  return NT_SCAN_OK;
}

static NtScanProblem
close_level (Scanner *self)
{
  const Level *level = &self->levels[self->depth - 1];
  NtScanProblem problem;

  if (*self->cursor != (level->is_object ? '}' : ']'))
    return NT_SCAN_SYNTAX;
  problem = check_keys (self);
  if (problem != NT_SCAN_OK)
    return problem;

  self->cursor++;
  g_array_set_size (self->keys, level->first_key);
  self->depth--;
  self->expect = EXPECT_NEXT;
  return NT_SCAN_OK;
}

static NtScanProblem
scan_value (Scanner *self)
{
  NtScanProblem problem;
  NtSpan ignored;

  self->n_values++;
  if (*self->cursor == '{' || *self->cursor == '[')
    return open_level (self, *self->cursor == '{');

  if (*self->cursor == '"')
    problem = nt_scan_string (&self->cursor, self->end, &ignored);
  else if (*self->cursor == '-' || g_ascii_isdigit (*self->cursor))
    problem = nt_scan_number (&self->cursor, self->end);
  else
    problem = nt_scan_word (&self->cursor, self->end);

  if (problem == NT_SCAN_NUMBER_RANGE)
    problem = report_field (self, problem, NULL);
  self->expect = EXPECT_NEXT;
  return problem;
}

static NtScanProblem
scan_key (Scanner *self)
{
  NtScanProblem problem;
  NtSpan key;

  if (*self->cursor != '"')
    return NT_SCAN_SYNTAX;
  problem = nt_scan_string (&self->cursor, self->end, &key);
  if (problem != NT_SCAN_OK)
    return problem;

  skip_space (self);
  if (self->cursor == self->end || *self->cursor != ':')
    return NT_SCAN_SYNTAX;
  self->cursor++;
  g_array_append_val (self->keys, key);
  self->expect = EXPECT_VALUE;
  return NT_SCAN_OK;
}

static NtScanProblem
scan_next (Scanner *self)
{
  Level *level = &self->levels[self->depth - 1];

  if (*self->cursor != ',')
    return close_level (self);

  self->cursor++;
  level->index++;
  self->expect = level->is_object ? EXPECT_KEY : EXPECT_VALUE;
  return NT_SCAN_OK;
}

static NtScanProblem
scan_step (Scanner *self)
{
  switch (self->expect)
    {
    case EXPECT_FIRST_VALUE:
      return *self->cursor == ']' ? close_level (self) : scan_value (self);
    case EXPECT_FIRST_KEY:
      return *self->cursor == '}' ? close_level (self) : scan_key (self);
    case EXPECT_KEY:
      return scan_key (self);
    case EXPECT_NEXT:
      return scan_next (self);
    case EXPECT_VALUE:
    default:
      return scan_value (self);
    }
}

static NtScanProblem
scan_message (Scanner *self)
{
  NtScanProblem problem;

  skip_space (self);
  if (self->cursor == self->end || *self->cursor != '{')
    return NT_SCAN_NOT_AN_OBJECT;

  do
    {
      problem = scan_step (self);
      if (problem != NT_SCAN_OK)
        return problem;
      skip_space (self);
      if (self->cursor == self->end && self->depth > 0)
        return NT_SCAN_SYNTAX;
    }
  while (self->depth > 0);

  return self->cursor == self->end ? NT_SCAN_OK : NT_SCAN_TRAILING;
}

/**
 * nt_scan:
 * @text: a message without its final NUL
 * @length: in bytes
 * @result: (out caller-allocates): the result; free with nt_scan_result_clear()
 *
 * Checks that a message is safe to pass to json-glib, which is more lenient than the protocol: strict RFC 8259, one
 * object, limited depth, representable numbers and characters, no duplicate keys. Works in one pass without recursion,
 * and allocates memory only for comparing keys.
 *
 * A duplicate key or a number out of range below `parameters` is reported in `invalid_field`, so that the service can
 * answer it instead of closing the connection.
 *
 * Returns: %TRUE if the message can be parsed
 */
gboolean
nt_scan (const char *text, gsize length, NtScanResult *result)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (NtSpan));
  /* The text of an empty message may be NULL. */
  Scanner scanner = { .cursor = text, .end = length > 0 ? text + length : text, .expect = EXPECT_VALUE, .keys = keys };

  *result = (NtScanResult) { NT_SCAN_OK };
  if (!g_utf8_validate_len (text, length, &scanner.cursor))
    {
      *result = (NtScanResult) { NT_SCAN_NOT_UTF8, scanner.cursor - text };
      return FALSE;
    }

  scanner.cursor = text;
  result->problem = scan_message (&scanner);
  result->offset = scanner.cursor - text;
  result->n_values = scanner.n_values;
  result->invalid_field = g_steal_pointer (&scanner.invalid_field);
  return result->problem == NT_SCAN_OK;
}

void
nt_scan_result_clear (NtScanResult *result)
{
  g_clear_pointer (&result->invalid_field, g_free);
}
