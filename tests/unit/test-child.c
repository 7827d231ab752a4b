/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/base/child.h"

/* Enough for a program that ends by itself. */
#define LONG_MS (60 * 1000)

static void
test_output (void)
{
  static const char *const argv[] = { "sh", "-c", "cat; echo words >&2; exit 3", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (NtChildResult) result = nt_child_run (argv, "text", LONG_MS, &error);

  g_assert_no_error (error);
  g_assert_false (result->is_successful);
  g_assert_cmpstr (result->output, ==, "text");
  g_assert_cmpstr (result->errors, ==, "words\n");
}

static void
test_missing (void)
{
  static const char *const argv[] = { "nicteam-no-such-program", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (nt_child_run (argv, NULL, LONG_MS, &error));
  g_assert_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT);
}

/* Also where a child of the program keeps its output open. */
static void
test_late (void)
{
  static const char *const programs[][4] = {
    { "sh", "-c", "exec sleep 1000", NULL },
    { "sh", "-c", "sleep 5 & exec sleep 1000", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (nt_child_run (programs[i], NULL, 50, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    }
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nt_child_run_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) user_data = TRUE;
}

static void
test_cancelled (void)
{
  static const char *const argv[] = { "sleep", "1000", NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean is_done = FALSE;

  nt_child_run_async (argv, NULL, LONG_MS, cancellable, stopped_cb, &is_done);
  g_cancellable_cancel (cancellable);
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/child/output", test_output);
  g_test_add_func ("/child/missing", test_missing);
  g_test_add_func ("/child/late", test_late);
  g_test_add_func ("/child/cancelled", test_cancelled);
  return g_test_run ();
}
