/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/reach/askpass-question.h"

#include <string.h>

struct _NtAskpassQuestion
{
  GObject parent_instance;

  char *host;
  char *prompt;
  NtAskpassKind kind;
  gboolean is_over;
};

G_DEFINE_TYPE (NtAskpassQuestion, nt_askpass_question, G_TYPE_OBJECT)

enum
{
  ANSWERED,
  OVER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ssh runs with LC_ALL=C, so its prompts are known; see confirm() in its sshconnect.c. */
static NtAskpassKind
classify (const char *hint, const char *prompt)
{
  if (g_str_equal (hint, "none"))
    return NT_ASKPASS_NOTICE;
  if (g_str_equal (hint, "confirm") || strstr (prompt, "(yes/no") != NULL)
    return NT_ASKPASS_HOST_KEY;
  return NT_ASKPASS_SECRET;
}

static void
nt_askpass_question_finalize (GObject *object)
{
  NtAskpassQuestion *self = NT_ASKPASS_QUESTION (object);

  g_free (self->host);
  g_free (self->prompt);

  G_OBJECT_CLASS (nt_askpass_question_parent_class)->finalize (object);
}

static void
nt_askpass_question_class_init (NtAskpassQuestionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_askpass_question_finalize;

  /**
   * NtAskpassQuestion::answered:
   * @answer: (nullable): %NULL if the user cancelled, which makes ssh give up
   */
  signals[ANSWERED] = g_signal_new ("answered", NT_TYPE_ASKPASS_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * NtAskpassQuestion::over:
   *
   * The question was answered or withdrawn.
   */
  signals[OVER] =
    g_signal_new ("over", NT_TYPE_ASKPASS_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_askpass_question_init (NtAskpassQuestion *self)
{
}

/**
 * nt_askpass_question_new:
 * @host: the server that ssh connects to
 * @hint: the value of SSH_ASKPASS_PROMPT
 * @prompt: the text of ssh
 *
 * Returns: (transfer full):
 */
NtAskpassQuestion *
nt_askpass_question_new (const char *host, const char *hint, const char *prompt)
{
  NtAskpassQuestion *self = g_object_new (NT_TYPE_ASKPASS_QUESTION, NULL);

  self->host = g_strdup (host);
  self->prompt = g_strstrip (g_strdup (prompt));
  self->kind = classify (hint, prompt);
  return self;
}

const char *
nt_askpass_question_get_host (NtAskpassQuestion *self)
{
  return self->host;
}

NtAskpassKind
nt_askpass_question_get_kind (NtAskpassQuestion *self)
{
  return self->kind;
}

/**
 * nt_askpass_question_get_prompt:
 *
 * Returns: the text of ssh
 */
const char *
nt_askpass_question_get_prompt (NtAskpassQuestion *self)
{
  return self->prompt;
}

/**
 * nt_askpass_question_get_fingerprint:
 * @self: a question about a host key
 *
 * Returns: (transfer full) (nullable): the type of the key and its fingerprint, one per line
 */
char *
nt_askpass_question_get_fingerprint (NtAskpassQuestion *self)
{
  g_autoptr (GRegex) regex = g_regex_new ("^(\\S+) key fingerprint is:? (\\S+?)\\.?$", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *fingerprint = NULL;

  if (!g_regex_match (regex, self->prompt, 0, &match))
    return NULL;
  kind = g_match_info_fetch (match, 1);
  fingerprint = g_match_info_fetch (match, 2);
  return g_strdup_printf ("%s\n%s", kind, fingerprint);
}

/**
 * nt_askpass_question_answer:
 * @answer: (nullable): %NULL makes ssh give up
 */
void
nt_askpass_question_answer (NtAskpassQuestion *self, const char *answer)
{
  g_autoptr (NtAskpassQuestion) alive = g_object_ref (self);

  if (self->is_over)
    return;
  self->is_over = TRUE;
  g_signal_emit (alive, signals[ANSWERED], 0, answer);
  g_signal_emit (alive, signals[OVER], 0);
}

/**
 * nt_askpass_question_withdraw:
 *
 * Closes the question because ssh does not wait for the answer any more.
 */
void
nt_askpass_question_withdraw (NtAskpassQuestion *self)
{
  nt_askpass_question_answer (self, NULL);
}

gboolean
nt_askpass_question_is_open (NtAskpassQuestion *self)
{
  return !self->is_over;
}
