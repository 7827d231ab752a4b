/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/apply.h"
#include "app/change/progress.h"
#include "fake-agent.h"

/* The messages about a change. */
typedef struct
{
  GPtrArray *texts;
  gboolean has_ended;
  gboolean is_applied;
} Told;

static void
told_cb (const char *text, gpointer user_data)
{
  Told *told = user_data;

  g_assert_false (told->has_ended);
  if (text != NULL)
    g_ptr_array_add (told->texts, g_strdup (text));
  else
    told->has_ended = TRUE;
}

static void
step_cb (NtServer *server, const char *text, gpointer user_data)
{
  told_cb (text, user_data);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (nt_apply_finish (NT_SERVER (source), result, &error));
  g_assert_no_error (error);
  ((Told *) user_data)->is_applied = TRUE;
}

static NtServer *
make_server (const char *text)
{
  g_autoptr (NtServerAddress) address = nt_server_address_parse (text, NULL);

  return nt_server_new ("server1", address);
}

/* Each step that the agent reports is a sentence, shown before the end. */
static void
test_steps (void)
{
  FakeAgent *agent = fake_agent_new ();
  g_autoptr (NtServer) server = make_server (fake_agent_get_address (agent));
  g_autoptr (NtRequest) request = nt_request_new ();
  Told told = { nt_strings_new () };

  fake_agent_start (agent);
  g_signal_connect (server, "progress", G_CALLBACK (step_cb), &told);
  nt_apply_async (server, request, NULL, applied_cb, &told);
  while (!told.is_applied)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (told.texts->len, ==, 2);
  g_assert_cmpstr (told.texts->pdata[1], ==, "Add the adapter nic2 to Team1");
  g_ptr_array_unref (told.texts);
  fake_agent_free (agent);
}

/* A short operation shows no progress; a longer one shows the current step, then each further one. */
static void
test_delay (void)
{
  g_autoptr (NtServer) server = make_server ("server1");
  Told told = { nt_strings_new () };
  NtProgress *progress = nt_progress_new (server, told_cb, &told);

  g_signal_emit_by_name (server, "progress", "first");
  nt_progress_free (progress);
  g_assert_cmpuint (told.texts->len, ==, 0);
  g_assert_false (told.has_ended);

  progress = nt_progress_new (server, told_cb, &told);
  g_signal_emit_by_name (server, "progress", "first");
  g_signal_emit_by_name (server, "progress", "second");
  while (told.texts->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (told.texts->pdata[0], ==, "second");
  g_signal_emit_by_name (server, "progress", "third");
  g_assert_cmpstr (told.texts->pdata[1], ==, "third");
  nt_progress_free (progress);
  g_assert_true (told.has_ended);
  g_ptr_array_unref (told.texts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/steps", test_steps);
  g_test_add_func ("/progress/delay", test_delay);
  return g_test_run ();
}
