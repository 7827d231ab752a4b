/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reach/askpass-question.h"

G_BEGIN_DECLS

/* Environment variables for the helper: the socket of the console, and the token that authenticates it. */
#define NT_ASKPASS_SOCKET_VARIABLE "NICTEAM_ASKPASS_SOCKET"
#define NT_ASKPASS_TOKEN_VARIABLE "NICTEAM_ASKPASS_TOKEN"

#define NT_TYPE_ASKPASS (nt_askpass_get_type ())
G_DECLARE_FINAL_TYPE (NtAskpass, nt_askpass, NT, ASKPASS, GObject)

NtAskpass *nt_askpass_new (const char *helper, GError **error);
NtAskpass *nt_askpass_get_default (void);
void nt_askpass_set_default (NtAskpass *self);

gboolean nt_askpass_knows (NtAskpass *self, const char *host);
char *nt_askpass_prepare (NtAskpass *self, GSubprocessLauncher *launcher, const char *host, gboolean may_ask);
void nt_askpass_forget (NtAskpass *self, const char *token);

G_END_DECLS
