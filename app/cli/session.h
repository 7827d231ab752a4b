/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/command.h"
#include "model/rules.h"
#include "model/state.h"
#include "varlink/client.h"

G_BEGIN_DECLS

/* One server while a command works on it. Calls wait for their answer. */
typedef struct _NtSession NtSession;

/* What a command does on one server. */
typedef NtExit (*NtSessionFunc) (NtSession *session, NtInvocation *invocation);

NtExit nt_session_run (NtInvocation *invocation, NtSessionFunc func);

const char *nt_session_get_server (NtSession *self);
const NtState *nt_session_get_state (NtSession *self);
NtExit nt_session_fail (NtSession *self, NtExit code, const char *format, ...) G_GNUC_PRINTF (3, 4);
const NtTeam *nt_session_find_team (NtSession *self, const char *name, NtExit *code);
NtTeamSpec *nt_session_copy_spec (NtSession *self, const char *team, NtExit *code);
NtExit nt_session_apply (NtSession *self, NtRequest *request, const char *done);
NtExit nt_session_apply_spec (NtSession *self, NtTeamSpec *spec, const char *done);
NtExit nt_session_stream (NtSession *self,
                          const char *method,
                          JsonObject *parameters,
                          NtVarlinkReplyFunc func,
                          gpointer user_data,
                          GCancellable *cancellable);

G_END_DECLS
