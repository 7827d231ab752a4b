/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/reach/askpass.h"

#define HOST_KEY_PROMPT \
  "The authenticity of host 'server1 (192.0.2.1)' can't be established.\n" \
  "ED25519 key fingerprint is SHA256:abc/DEF+0.\n" \
  "This key is not known by any other names.\n" \
  "Are you sure you want to continue connecting (yes/no/[fingerprint])? "

typedef struct
{
  NtAskpass *askpass;
  const char *answer; /* the answer to each question */
  guint n_asked;
  char *last_prompt;
  NtAskpassKind last_kind;
} Fixture;

static void
asked_cb (Fixture *fixture, NtAskpassQuestion *question)
{
  fixture->n_asked++;
  fixture->last_kind = nt_askpass_question_get_kind (question);
  g_free (fixture->last_prompt);
  fixture->last_prompt = g_strdup (nt_askpass_question_get_prompt (question));
  nt_askpass_question_answer (question, fixture->answer);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->askpass = nt_askpass_new (g_getenv ("NICTEAM_ASKPASS"), &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (fixture->askpass, "asked", G_CALLBACK (asked_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->askpass);
  g_free (fixture->last_prompt);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **output = user_data;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, output, NULL, NULL);
  if (*output == NULL)
    *output = g_strdup ("");
}

/* Compares the output for ssh: "answer
 * ", or "" where the helper fails. Runs the real helper, as ssh would. */
static void
assert_answer (GSubprocessLauncher *launcher, const char *prompt, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) helper =
    g_subprocess_launcher_spawn (launcher, &error, g_getenv ("NICTEAM_ASKPASS"), prompt, NULL);
  g_autofree char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (helper, NULL, NULL, ended_cb, &output);
  while (output == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (output, ==, expected);
  g_assert_cmpint (g_subprocess_get_successful (helper), ==, *expected != '\0');
}

static GSubprocessLauncher *
new_launcher (void)
{
  return g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
}

static void
test_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
  g_autofree char *token = nt_askpass_prepare (fixture->askpass, launcher, "server1", TRUE);

  fixture->answer = "pass phrase ü";
  assert_answer (launcher, "Enter passphrase for key 'k': ", "pass phrase ü\n");
  g_assert_cmpint (fixture->last_kind, ==, NT_ASKPASS_SECRET);
  g_assert_cmpstr (fixture->last_prompt, ==, "Enter passphrase for key 'k':");

  fixture->answer = "yes";
  assert_answer (launcher, HOST_KEY_PROMPT, "yes\n");
  g_assert_cmpint (fixture->last_kind, ==, NT_ASKPASS_HOST_KEY);
  g_assert_cmpuint (fixture->n_asked, ==, 2);
}

/* A process that was not started by us, or whose connection has ended, gets no answer, and the user is not asked. */
static void
test_tokens (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
  g_autofree char *token = nt_askpass_prepare (fixture->askpass, launcher, "server1", TRUE);

  fixture->answer = "secret";
  g_subprocess_launcher_setenv (launcher, NT_ASKPASS_TOKEN_VARIABLE, "00", TRUE);
  assert_answer (launcher, "Password: ", "");
  g_subprocess_launcher_setenv (launcher, NT_ASKPASS_TOKEN_VARIABLE, token, TRUE);
  nt_askpass_forget (fixture->askpass, token);
  assert_answer (launcher, "Password: ", "");
  g_subprocess_launcher_unsetenv (launcher, NT_ASKPASS_TOKEN_VARIABLE);
  assert_answer (launcher, "Password: ", "");
  g_assert_cmpuint (fixture->n_asked, ==, 0);
}

/* ssh tries three times; a user who cancels is not asked again. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = new_launcher ();
  g_autofree char *token = nt_askpass_prepare (fixture->askpass, launcher, "server1", TRUE);

  for (int i = 0; i < 3; i++)
    assert_answer (launcher, "Password: ", "");
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  g_assert_false (nt_askpass_knows (fixture->askpass, "server1"));
}

/* An answer is reused for further connections; a wrong one is forgotten. */
static void
test_remembered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) first = new_launcher ();
  g_autoptr (GSubprocessLauncher) second = new_launcher ();
  g_autoptr (GSubprocessLauncher) third = new_launcher ();
  g_autofree char *one = nt_askpass_prepare (fixture->askpass, first, "server1", TRUE);
  g_autofree char *two = nt_askpass_prepare (fixture->askpass, second, "server1", FALSE);
  g_autofree char *three = nt_askpass_prepare (fixture->askpass, third, "server1", FALSE);

  assert_answer (second, "Other password: ", "");
  fixture->answer = "secret";
  assert_answer (first, "Password: ", "secret\n");
  g_assert_true (nt_askpass_knows (fixture->askpass, "server1"));
  assert_answer (second, "Password: ", "secret\n");
  g_assert_cmpuint (fixture->n_asked, ==, 1);

  /* ssh asks again, so the answer was wrong. */
  assert_answer (second, "Password: ", "");
  assert_answer (third, "Password: ", "");
  fixture->answer = "better";
  assert_answer (first, "Password: ", "better\n");
  assert_answer (third, "Password: ", "better\n");
  g_assert_cmpuint (fixture->n_asked, ==, 2);
}

static void
test_fingerprint (void)
{
  g_autoptr (NtAskpassQuestion) question = nt_askpass_question_new ("server1", "", HOST_KEY_PROMPT);
  g_autoptr (NtAskpassQuestion) other = nt_askpass_question_new ("server1", "confirm", "Allow use of key?");
  g_autofree char *fingerprint = nt_askpass_question_get_fingerprint (question);
  g_autofree char *none = nt_askpass_question_get_fingerprint (other);

  g_assert_cmpstr (fingerprint, ==, "ED25519\nSHA256:abc/DEF+0");
  g_assert_null (none);
  g_assert_cmpint (nt_askpass_question_get_kind (other), ==, NT_ASKPASS_HOST_KEY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/askpass/answer", Fixture, NULL, set_up, test_answer, tear_down);
  g_test_add ("/askpass/tokens", Fixture, NULL, set_up, test_tokens, tear_down);
  g_test_add ("/askpass/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/askpass/remembered", Fixture, NULL, set_up, test_remembered, tear_down);
  g_test_add_func ("/askpass/fingerprint", test_fingerprint);
  return g_test_run ();
}
