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
} Messages;

static void
message_cb (const char *text, gpointer user_data)
{
  Messages *messages = user_data;

  g_assert_false (messages->has_ended);
  if (text != NULL)
    g_ptr_array_add (messages->texts, g_strdup (text));
  else
    messages->has_ended = TRUE;
}

static void
step_cb (NtServer *server, const char *text, gpointer user_data)
{
  message_cb (text, user_data);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (nt_apply_finish (NT_SERVER (source), result, &error));
  g_assert_no_error (error);
  ((Messages *) user_data)->is_applied = TRUE;
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
  Messages messages = { nt_strings_new () };

  fake_agent_start (agent);
  g_signal_connect (server, "progress", G_CALLBACK (step_cb), &messages);
  nt_apply_async (server, request, NULL, applied_cb, &messages);
  while (!messages.is_applied)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (messages.texts->len, ==, 2);
  g_assert_cmpstr (messages.texts->pdata[1], ==, "Add the adapter nic2 to Team1");
  g_ptr_array_unref (messages.texts);
  fake_agent_free (agent);
}

/* A short operation shows no progress; a longer one shows the current step, then each further one. */
static void
test_delay (void)
{
  g_autoptr (NtServer) server = make_server ("server1");
  Messages messages = { nt_strings_new () };
  NtProgress *progress = nt_progress_new (server, message_cb, &messages);

  g_signal_emit_by_name (server, "progress", "first");
  nt_progress_free (progress);
  g_assert_cmpuint (messages.texts->len, ==, 0);
  g_assert_false (messages.has_ended);

  progress = nt_progress_new (server, message_cb, &messages);
  g_signal_emit_by_name (server, "progress", "first");
  g_signal_emit_by_name (server, "progress", "second");
  while (messages.texts->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (messages.texts->pdata[0], ==, "second");
  g_signal_emit_by_name (server, "progress", "third");
  g_assert_cmpstr (messages.texts->pdata[1], ==, "third");
  nt_progress_free (progress);
  g_assert_true (messages.has_ended);
  g_ptr_array_unref (messages.texts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/steps", test_steps);
  g_test_add_func ("/progress/delay", test_delay);
  return g_test_run ();
}
