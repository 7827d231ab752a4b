/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "backend/varlink/wire/scan.h"

typedef struct
{
  const char *name;
  const char *text;
  NtScanProblem problem;
  const char *invalid_field;
} Case;

#define P(x) "{\"method\":\"a.B\",\"parameters\":" x "}"

static const Case cases[] = {
  { "empty-object", "{}", NT_SCAN_OK },
  { "space-around", " \t\r\n{ \"a\" : [ 1 , 2 ] } \n", NT_SCAN_OK },
  { "all-kinds", "{\"a\":[true,false,null,\"x\",0,-1,1.5e-3,{},[]]}", NT_SCAN_OK },
  { "escapes", "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é\"}", NT_SCAN_OK },
  { "int64-limits", "{\"a\":[9223372036854775807,-9223372036854775808]}", NT_SCAN_OK },
  { "same-key-elsewhere", "{\"a\":{\"b\":1},\"c\":{\"b\":1},\"b\":[{\"a\":1},{\"a\":1}]}", NT_SCAN_OK },
  { "empty", "", NT_SCAN_NOT_AN_OBJECT },
  { "space-only", " ", NT_SCAN_NOT_AN_OBJECT },
  { "array", "[]", NT_SCAN_NOT_AN_OBJECT },
  { "string", "\"a\"", NT_SCAN_NOT_AN_OBJECT },
  { "byte-order-mark", "\xef\xbb\xbf{}", NT_SCAN_NOT_AN_OBJECT },
  { "assignment", "var a={}", NT_SCAN_NOT_AN_OBJECT },
  { "invalid-utf8", "{\"a\":\"\xff\"}", NT_SCAN_NOT_UTF8 },
  { "overlong-utf8", "{\"a\":\"\xc0\x80\"}", NT_SCAN_NOT_UTF8 },
  { "surrogate-in-utf8", "{\"a\":\"\xed\xa0\x80\"}", NT_SCAN_NOT_UTF8 },
  { "comment", "{/* */}", NT_SCAN_SYNTAX },
  { "line-comment", "{} // x", NT_SCAN_TRAILING },
  { "trailing-comma", "{\"a\":1,}", NT_SCAN_SYNTAX },
  { "trailing-comma-array", "{\"a\":[1,]}", NT_SCAN_SYNTAX },
  { "leading-comma", "{,\"a\":1}", NT_SCAN_SYNTAX },
  { "missing-comma", "{\"a\":1 \"b\":2}", NT_SCAN_SYNTAX },
  { "missing-colon", "{\"a\" 1}", NT_SCAN_SYNTAX },
  { "missing-value", "{\"a\":}", NT_SCAN_SYNTAX },
  { "bare-key", "{a:1}", NT_SCAN_SYNTAX },
  { "single-quotes", "{'a':1}", NT_SCAN_SYNTAX },
  { "wrong-bracket", "{\"a\":[1}", NT_SCAN_SYNTAX },
  { "unfinished", "{\"a\":1", NT_SCAN_SYNTAX },
  { "unfinished-string", "{\"a", NT_SCAN_SYNTAX },
  { "unfinished-escape", "{\"a\\", NT_SCAN_SYNTAX },
  { "unfinished-unicode", "{\"a\\u00", NT_SCAN_SYNTAX },
  { "unfinished-number", "{\"a\":12", NT_SCAN_SYNTAX },
  { "two-objects", "{}{}", NT_SCAN_TRAILING },
  { "trailing-word", "{} x", NT_SCAN_TRAILING },
  { "nan", "{\"a\":NaN}", NT_SCAN_SYNTAX },
  { "infinity", "{\"a\":-Infinity}", NT_SCAN_SYNTAX },
  { "wrong-word", "{\"a\":nul}", NT_SCAN_SYNTAX },
  { "capital-word", "{\"a\":True}", NT_SCAN_SYNTAX },
  { "long-word", "{\"a\":nullx}", NT_SCAN_SYNTAX },
  { "leading-zero", "{\"a\":01}", NT_SCAN_SYNTAX },
  { "leading-zero-negative", "{\"a\":-01}", NT_SCAN_SYNTAX },
  { "plus", "{\"a\":+1}", NT_SCAN_SYNTAX },
  { "hexadecimal", "{\"a\":0x10}", NT_SCAN_SYNTAX },
  { "minus-only", "{\"a\":-}", NT_SCAN_SYNTAX },
  { "point-only", "{\"a\":.5}", NT_SCAN_SYNTAX },
  { "no-fraction", "{\"a\":1.}", NT_SCAN_SYNTAX },
  { "no-exponent", "{\"a\":1e}", NT_SCAN_SYNTAX },
  { "control-character", "{\"a\":\"\n\"}", NT_SCAN_SYNTAX },
  { "unknown-escape", "{\"a\":\"\\x\"}", NT_SCAN_SYNTAX },
  { "bad-hex", "{\"a\":\"\\u00g0\"}", NT_SCAN_SYNTAX },
  { "escaped-nul", "{\"a\":\"\\u0000\"}", NT_SCAN_CHARACTER },
  { "escaped-nul-key", "{\"a\\u0000\":1}", NT_SCAN_CHARACTER },
  { "high-surrogate", "{\"a\":\"\\ud800\"}", NT_SCAN_CHARACTER },
  { "high-surrogate-twice", "{\"a\":\"\\ud800\\ud800\"}", NT_SCAN_CHARACTER },
  { "low-surrogate", "{\"a\":\"\\udc00\"}", NT_SCAN_CHARACTER },
  { "header-twice", "{\"method\":\"a\",\"method\":\"b\"}", NT_SCAN_DUPLICATE_KEY },
  { "header-twice-escaped", "{\"method\":\"a\",\"m\\u0065thod\":\"b\"}", NT_SCAN_DUPLICATE_KEY },
  { "parameters-twice", "{\"parameters\":{},\"parameters\":{}}", NT_SCAN_DUPLICATE_KEY },
  { "twice-elsewhere", "{\"x\":{\"a\":1,\"a\":1}}", NT_SCAN_DUPLICATE_KEY },
  { "number-in-header", "{\"x\":9223372036854775808}", NT_SCAN_NUMBER_RANGE },
  { "field-twice", P ("{\"a\":1,\"b\":2,\"a\":3}"), NT_SCAN_OK, "a" },
  { "field-twice-escaped", P ("{\"é\":1,\"\\u00e9\":2}"), NT_SCAN_OK, "é" },
  { "field-twice-deep", P ("{\"set\":[{},{\"x\":{\"n\":1,\"n\":2}}]}"), NT_SCAN_OK, "set[1].x.n" },
  { "field-too-large", P ("{\"a\":9223372036854775808}"), NT_SCAN_OK, "a" },
  { "field-too-small", P ("{\"a\":-9223372036854775809}"), NT_SCAN_OK, "a" },
  { "field-far-too-large", P ("{\"b\":0,\"a\":[1,18446744073709551617]}"), NT_SCAN_OK, "a[1]" },
  { "field-real-overflow", P ("{\"a\":1e400}"), NT_SCAN_OK, "a" },
  { "first-field-counts", P ("{\"a\":1e400,\"b\":1e400}"), NT_SCAN_OK, "a" },
  { "syntax-after-field", P ("{\"a\":1e400,}"), NT_SCAN_SYNTAX, "a" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_auto (NtScanResult) result = { NT_SCAN_OK };
  /* A copy of the exact size, so that AddressSanitizer detects reads beyond the end. */
  gsize length = strlen (test->text);
  g_autofree char *copy = g_memdup2 (test->text, length);

  g_assert_cmpint (nt_scan (copy, length, &result), ==, test->problem == NT_SCAN_OK);
  g_assert_cmpstr (nt_scan_problem_to_string (result.problem), ==, nt_scan_problem_to_string (test->problem));
  g_assert_cmpstr (result.invalid_field, ==, test->invalid_field);
}

static char *
nest (guint depth, char open, char close)
{
  GString *text = g_string_new ("{\"a\":");

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, open);
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, close);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const struct
  {
    guint depth;
    NtScanProblem problem;
  } depths[] = {
    { 1, NT_SCAN_OK },
    { NT_SCAN_MAX_DEPTH - 1, NT_SCAN_OK },
    { NT_SCAN_MAX_DEPTH, NT_SCAN_TOO_DEEP },
    { 100000, NT_SCAN_TOO_DEEP },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_auto (NtScanResult) result = { NT_SCAN_OK };
      g_autofree char *text = nest (depths[i].depth, '[', ']');

      nt_scan (text, strlen (text), &result);
      g_assert_cmpint (result.problem, ==, depths[i].problem);
    }
}

/* Every prefix of a valid message is invalid, and nothing is read beyond its end. */
static void
test_truncated (void)
{
  static const char text[] = P ("{\"a\":[\"\\ud83d\\ude00\",-1.5e+3,null,{\"b\":true}]}");

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_auto (NtScanResult) result = { NT_SCAN_OK };
      g_autofree char *copy = g_memdup2 (text, length);

      g_assert_false (nt_scan (copy, length, &result));
    }
}

static void
test_offset (void)
{
  static const char text[] = "{\"a\":1,\"b\":nul}";
  g_auto (NtScanResult) result = { NT_SCAN_OK };

  g_assert_false (nt_scan (text, strlen (text), &result));
  g_assert_cmpuint (result.offset, ==, strstr (text, "nul") - text);
}

/* The time for a message full of keys is bounded by its size. */
static void
test_many_keys (void)
{
  g_autoptr (GString) text = g_string_new ("{\"parameters\":{");
  g_auto (NtScanResult) result = { NT_SCAN_OK };

  for (guint i = 0; i < 80000; i++)
    g_string_append_printf (text, "\"k%05u\":1,", i);
  g_string_append (text, "\"k00007\":1}}");

  g_assert_true (nt_scan (text->str, text->len, &result));
  g_assert_cmpstr (result.invalid_field, ==, "k00007");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/scan/case/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/scan/depth", test_depth);
  g_test_add_func ("/scan/truncated", test_truncated);
  g_test_add_func ("/scan/offset", test_offset);
  g_test_add_func ("/scan/many-keys", test_many_keys);
  return g_test_run ();
}
