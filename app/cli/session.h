/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/command.h"
#include "model/rules.h"
#include "model/state.h"
#include "server-address.h"
#include "varlink/client.h"

G_BEGIN_DECLS

/* A command at work on one server. Servers are worked on in parallel; the output of each is kept until those before it
 * are done. */
typedef struct _NtSession NtSession;

/* Runs a command on one server whose state is known. Calls may still be in progress when it returns. */
typedef NtExit (*NtSessionFunc) (NtSession *session, NtInvocation *invocation);

/* Receives the result of a call: either @reply or @error is set. */
typedef void (*NtAnswerFunc) (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data);

NtExit nt_session_run (NtInvocation *invocation, NtSessionFunc func);

/* Called when it is known if a change was confirmed; if not, that has been reported. */
typedef void (*NtSettledFunc) (NtSession *session, gboolean confirmed, gpointer user_data);

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

/* Take adapters over from other tools that configure them. */
extern gboolean nt_session_take_over;

#define NT_TAKE_OVER_OPTION \
  { "take-over", 0, 0, G_OPTION_ARG_NONE, &nt_session_take_over, \
    N_("Take the adapters over from other network tools"), NULL }

/* Options of nt_session_apply_with() */
typedef struct
{
  char **paths;     /* (nullable): names each definition in error messages */
  gboolean only_if_needed; /* make a dry run first, and apply nothing if it has no steps */
} NtApplyOptions;

NtExit nt_session_apply (NtSession *self, NtRequest *request, const char *done);
NtExit nt_session_apply_with (NtSession *self, NtRequest *request, const char *done, const NtApplyOptions *options);
void nt_session_undo (NtSession *self, const char *done);
NtExit nt_session_apply_spec (NtSession *self, NtTeamSpec *spec, const char *done);

G_END_DECLS
