/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NtAskpassKind:
 * @NT_ASKPASS_HOST_KEY: confirmation of a host key; the answer is "yes" or none
 * @NT_ASKPASS_SECRET: a password or passphrase, to be entered without echo
 * @NT_ASKPASS_NOTICE: no answer; for example, a security key must be touched
 *
 * The kinds of prompts of ssh.
 */
typedef enum
{
  NT_ASKPASS_HOST_KEY,
  NT_ASKPASS_SECRET,
  NT_ASKPASS_NOTICE,
} NtAskpassKind;

#define NT_TYPE_ASKPASS_QUESTION (nt_askpass_question_get_type ())
G_DECLARE_FINAL_TYPE (NtAskpassQuestion, nt_askpass_question, NT, ASKPASS_QUESTION, GObject)

NtAskpassQuestion *nt_askpass_question_new (const char *host, const char *hint, const char *prompt);
const char *nt_askpass_question_get_host (NtAskpassQuestion *self);
NtAskpassKind nt_askpass_question_get_kind (NtAskpassQuestion *self);
const char *nt_askpass_question_get_prompt (NtAskpassQuestion *self);
char *nt_askpass_question_get_fingerprint (NtAskpassQuestion *self);
void nt_askpass_question_answer (NtAskpassQuestion *self, const char *answer);
void nt_askpass_question_withdraw (NtAskpassQuestion *self);
gboolean nt_askpass_question_is_open (NtAskpassQuestion *self);

G_END_DECLS
