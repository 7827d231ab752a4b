/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/invocation.h"
#include "app/reach/server-address.h"
#include "backend/model/request/rules.h"
#include "backend/model/state/state.h"
#include "backend/varlink/client/client.h"

G_BEGIN_DECLS

/* A command at work on one server. Servers are worked on in parallel; the output of each is kept until those before it
 * are done. */
typedef struct _NtSession NtSession;

/* Runs a command on one server whose state is known. Calls may still be in progress when it returns. */
typedef NtExit (*NtSessionFunc) (NtSession *session, NtInvocation *invocation);

/* Receives the result of a call: either @reply or @error is set. */
typedef void (*NtAnswerFunc) (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data);

NtExit nt_session_run (NtInvocation *invocation, NtSessionFunc func);

NtInvocation *nt_session_get_invocation (NtSession *self);
const NtServerAddress *nt_session_get_address (NtSession *self);
const char *nt_session_get_server (NtSession *self);
const NtState *nt_session_get_state (NtSession *self);
NtExit nt_session_fail (NtSession *self, NtExit code, const char *format, ...) G_GNUC_PRINTF (3, 4);
NtExit nt_session_fail_with (NtSession *self, const GError *error);
void nt_session_print_message (NtSession *self, const char *words);
void nt_session_report_done (NtSession *self, const char *member, const char *words);

gpointer nt_session_take_reply (NtSession *self, JsonObject *reply, const GError *error, const NtRecordType *type);
gpointer nt_session_take_optional_reply (NtSession *self,
                                         JsonObject *reply,
                                         const GError *error,
                                         const NtRecordType *type);
void nt_session_call (NtSession *self, const char *method, JsonObject *parameters, NtAnswerFunc func, gpointer user_data);
void nt_session_follow (NtSession *self,
                        const char *method,
                        JsonObject *parameters,
                        NtVarlinkReplyFunc reply_func,
                        GCancellable *cancellable,
                        NtAnswerFunc func,
                        gpointer user_data);

void nt_session_hold (NtSession *self);
void nt_session_release (NtSession *self);


G_END_DECLS
