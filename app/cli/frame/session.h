/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/invocation.h"
#include "app/reach/server-address.h"
#include "backend/model/request/rules.h"
#include "backend/model/state/state.h"
#include "backend/varlink/client/client.h"

G_BEGIN_DECLS

/* One server while a command works on it. All servers of a command are worked on at the same time; what is said
 * of one is kept until those before it are done. */
typedef struct _NtSession NtSession;

/* What a command does on one server whose state is known. What it has started goes on after it returned. */
typedef NtExit (*NtSessionFunc) (NtSession *session, NtInvocation *invocation);

/* Takes the answer of a call: @reply, or else @error. */
typedef void (*NtAnswerFunc) (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data);

NtExit nt_session_run (NtInvocation *invocation, NtSessionFunc func);

/* Takes whether a change stays; if not, that was said. */
typedef void (*NtSettledFunc) (NtSession *session, gboolean kept, gpointer user_data);

NtInvocation *nt_session_get_invocation (NtSession *self);
const NtServerAddress *nt_session_get_address (NtSession *self);
const char *nt_session_get_server (NtSession *self);
const NtState *nt_session_get_state (NtSession *self);
NtExit nt_session_fail (NtSession *self, NtExit code, const char *format, ...) G_GNUC_PRINTF (3, 4);
NtExit nt_session_fail_with (NtSession *self, const GError *error);
void nt_session_say (NtSession *self, const char *words);

gpointer nt_session_take_reply (NtSession *self, JsonObject *reply, const GError *error, const NtRecordType *type);
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
void nt_session_confirm (NtSession *self, const NtPending *pending, NtSettledFunc func, gpointer user_data);
void nt_session_settle (NtSession *self, const NtPending *pending, NtSettledFunc func, gpointer user_data);

/* Have other tools leave alone what they configure. */
extern gboolean nt_session_take_over;

#define NT_TAKE_OVER_OPTION \
  { "take-over", 0, 0, G_OPTION_ARG_NONE, &nt_session_take_over, \
    N_("Have other tools leave alone what they configure so far"), NULL }

/* How a change is asked for; see session-apply.c. */
typedef struct
{
  char **paths;     /* (nullable): what each spec that is set is called where something is wrong with it */
  gboolean only_if_needed; /* do not send it where a dry run has nothing to do */
} NtApplyOptions;

NtExit nt_session_apply (NtSession *self, NtRequest *request, const char *done);
NtExit nt_session_apply_with (NtSession *self, NtRequest *request, const char *done, const NtApplyOptions *options);
void nt_session_undo (NtSession *self, const char *done);
NtExit nt_session_apply_spec (NtSession *self, NtTeamSpec *spec, const char *done);

G_END_DECLS
