/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/frame/session.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <unistd.h>

#include "app/change/apply.h"
#include "app/cli/frame/targets.h"
#include "app/reach/channel.h"
#include "app/text/agent-error.h"
#include "backend/model/base/record-json.h"
#include "backend/varlink/wire/error.h"

struct _NtSession
{
  const NtTargetServer *target;

  NtInvocation invocation; /* with an output of its own */
  NtChannel *channel;
  NtState *state;
  GError *error; /* set if @state is NULL after the first call */
  guint pending; /* calls without a reply yet, and holds */
  gboolean has_begun;
  gboolean is_interactive; /* ssh may prompt on the terminal */
  NtExit code;
};

/* A call that waits for its reply. */
typedef struct
{
  NtSession *session;
  NtAnswerFunc func;
  gpointer user_data;
} Call;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = nt_channel_call_finish (NT_CHANNEL (source), result, &error);

  call->func (call->session, reply, error, call->user_data);
  call->session->pending--;
}

/**
 * nt_session_follow:
 * @parameters: (nullable): the parameters of @method
 * @reply_func: (nullable): called for each reply but the last
 * @cancellable: (nullable): ends the subscription
 * @func: called for the last reply
 * @user_data: for both functions
 *
 * Calls a method that may send several replies. The session does not end before the last one.
 */
void
nt_session_follow (NtSession *self,
                   const char *method,
                   JsonObject *parameters,
                   NtVarlinkReplyFunc reply_func,
                   GCancellable *cancellable,
                   NtAnswerFunc func,
                   gpointer user_data)
{
  g_autofree char *name = g_strconcat (VARLINK_INTERFACE, ".", method, NULL);
  Call *call = g_new0 (Call, 1);

  call->session = self;
  call->func = func;
  call->user_data = user_data;
  self->pending++;
  nt_channel_call_async (self->channel, name, parameters, reply_func, user_data, cancellable, answered_cb, call);
}

void
nt_session_call (NtSession *self, const char *method, JsonObject *parameters, NtAnswerFunc func, gpointer user_data)
{
  nt_session_follow (self, method, parameters, NULL, NULL, func, user_data);
}

/**
 * nt_session_fail:
 * @code: the exit status
 * @format: a message that says what failed and what to do
 *
 * Reports a failure on this server.
 *
 * Returns: @code
 */
NtExit
nt_session_fail (NtSession *self, NtExit code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->code = MAX (self->code, code);
  return nt_invocation_fail (&self->invocation, self->target->name, code, "%s", message);
}

/**
 * nt_session_fail_with:
 *
 * Reports the error of a call.
 *
 * Returns: the exit status that corresponds to @error
 */
NtExit
nt_session_fail_with (NtSession *self, const GError *error)
{
  g_autofree char *text = nt_agent_error_describe (error);

  return nt_session_fail (self, nt_exit_of_error (error), "%s", text);
}

/**
 * nt_session_print_message:
 *
 * Prints a message about this server; does nothing if the output is JSON.
 */
void
nt_session_print_message (NtSession *self, const char *words)
{
  if (!nt_output_is_json (self->invocation.output))
    nt_output_print (self->invocation.output, "%s: %s\n", self->target->name, words);
}

/**
 * nt_session_report_done:
 * @member: of the JSON object, which is set to true
 * @words: the message otherwise
 *
 * Reports that a command without a result of its own has succeeded.
 */
void
nt_session_report_done (NtSession *self, const char *member, const char *words)
{
  JsonNode *done = json_node_new (JSON_NODE_VALUE);

  json_node_set_boolean (done, TRUE);
  nt_output_add_json (self->invocation.output, self->target->name, member, done);
  nt_session_print_message (self, words);
}

/**
 * nt_session_take_reply:
 * @reply: (nullable): the reply to a call
 * @error: (nullable): or its error
 * @type: the type of @reply
 *
 * Parses a reply, and reports a failure.
 *
 * Returns: (transfer full) (nullable): the parsed reply
 */
gpointer
nt_session_take_reply (NtSession *self, JsonObject *reply, const GError *error, const NtRecordType *type)
{
  g_autoptr (GError) problem = NULL;
  gpointer record = NULL;

  if (reply != NULL)
    record = nt_record_from_json (type, reply, NT_JSON_LENIENT, &problem);
  else if (g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_NOT_FOUND))
    nt_session_fail (self, NT_EXIT_FAILED, _("The agent of this server is too old for this command. Update it."));
  else
    nt_session_fail_with (self, error);
  if (problem != NULL)
    nt_session_fail (self, NT_EXIT_FAILED, _("The agent sent an invalid reply: %s"), problem->message);
  return record;
}

/* A state that cannot be read is that of an agent of another version. */
static void
fail_by_version (NtSession *self, JsonObject *state)
{
  JsonNode *host = json_object_get_member (state, "host");
  const char *version = host != NULL && JSON_NODE_HOLDS_OBJECT (host)
    ? json_object_get_string_member_with_default (json_node_get_object (host), "agent_version", NULL) : NULL;
  g_autofree char *field = g_strdup (self->error->message);

  g_clear_error (&self->error);
  g_set_error (&self->error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_PROTOCOL,
               _("The agent is too old (version %s, field “%s”). Install version %s on the server."),
               version ? version : "?", field, PACKAGE_VERSION);
}

/**
 * nt_session_take_optional_reply:
 *
 * Parses a reply as nt_session_take_reply() does, except that it is no failure if an older agent lacks the method.
 *
 * Returns: (transfer full) (nullable): the parsed reply
 */
gpointer
nt_session_take_optional_reply (NtSession *self, JsonObject *reply, const GError *error, const NtRecordType *type)
{
  if (reply == NULL && g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_NOT_FOUND))
    return NULL;
  return nt_session_take_reply (self, reply, error, type);
}

static void
state_cb (NtSession *self, JsonObject *reply, const GError *error, gpointer user_data)
{
  JsonNode *state = reply ? json_object_get_member (reply, "state") : NULL;

  if (state != NULL && JSON_NODE_HOLDS_OBJECT (state))
    {
      self->state = nt_record_from_json (&nt_state_type, json_node_get_object (state), NT_JSON_LENIENT, &self->error);
      if (self->state == NULL)
        fail_by_version (self, json_node_get_object (state));
    }
  else if (error != NULL)
    self->error = g_error_copy (error);
  else
    self->error = g_error_new_literal (NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED, _("The agent’s reply has no state"));
}

static void
connect_to (NtSession *self, gboolean interactive)
{
  g_clear_error (&self->error);
  self->is_interactive = interactive;
  self->channel = nt_channel_new (self->target->address, interactive ? NT_TRANSPORT_TERMINAL : NT_TRANSPORT_DEFAULT);
  nt_session_call (self, "GetState", NULL, state_cb, NULL);
}

static void
disconnect (NtSession *self)
{
  nt_channel_close (self->channel);
  g_clear_object (&self->channel);
}

static void
session_free (gpointer data)
{
  NtSession *self = data;

  disconnect (self);
  nt_output_free (self->invocation.output);
  g_clear_pointer (&self->state, nt_state_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* Two password prompts at once would share one terminal, so with several servers they come one after the other. */
static NtSession *
session_new (const NtInvocation *invocation, const NtTargetServer *target)
{
  NtSession *self = g_new0 (NtSession, 1);
  gboolean has_several = invocation->servers->len > 1;

  self->target = target;
  self->invocation = *invocation;
  self->invocation.output = nt_output_new (nt_output_get_format (invocation->output), has_several);
  connect_to (self, isatty (STDIN_FILENO) && !has_several);
  return self;
}

static gboolean
needs_prompt (NtSession *self)
{
  return !self->is_interactive && isatty (STDIN_FILENO) &&
         (g_error_matches (self->error, NT_TRANSPORT_ERROR, NT_TRANSPORT_ERROR_DENIED) ||
          g_error_matches (self->error, NT_TRANSPORT_ERROR, NT_TRANSPORT_ERROR_HOST_KEY));
}

static gboolean
is_over (NtSession *self)
{
  return self->has_begun && self->pending == 0;
}

static void
report_notice (NtSession *self)
{
  const char *notice = self->state->host->notice;
  g_autofree char *line = g_strdup_printf (_("nicteam: %s: warning: %s"), self->target->name, notice ? notice : "");

  if (notice != NULL)
    nt_output_print_error (self->invocation.output, line);
}

/* Continues work on one server. @is_first: all servers before it are done. */
static void
advance (NtSession *self, NtSessionFunc func, gboolean is_first)
{
  if (self->has_begun || self->pending > 0)
    return;
  if (needs_prompt (self))
    {
      if (!is_first)
        return;
      disconnect (self);
      connect_to (self, TRUE);
      return;
    }
  self->has_begun = TRUE;
  if (self->state == NULL)
    nt_session_fail_with (self, self->error);
  else
    {
      report_notice (self);
      NtExit code = func (self, &self->invocation);

      self->code = MAX (self->code, code);
    }
}

/* TRUE if a command may ask questions, so that servers must be worked on one after the other. */
static gboolean
may_prompt (const NtInvocation *invocation)
{
  return !invocation->yes && !invocation->dry_run && isatty (STDIN_FILENO);
}

static void
advance_all (const NtInvocation *invocation, GPtrArray *sessions, NtSessionFunc func, guint first)
{
  for (guint i = first; i < sessions->len; i++)
    {
      NtSession *session = sessions->pdata[i];

      advance (session, func, i == first);
      if (!session->has_begun && may_prompt (invocation))
        return;
    }
}

/**
 * nt_session_run:
 * @func: called for each server once its state is known
 *
 * Runs a command on all servers in parallel. Prints their output in the order of the servers, or as it arrives if
 * NtInvocation.at_once is set.
 *
 * Returns: the highest exit status of all servers
 */
NtExit
nt_session_run (NtInvocation *invocation, NtSessionFunc func)
{
  g_autoptr (GPtrArray) sessions = g_ptr_array_new_with_free_func (session_free);
  NtExit worst = NT_EXIT_OK;
  guint first = 0;

  for (guint i = 0; i < invocation->servers->len; i++)
    {
      const NtTargetServer *target = invocation->servers->pdata[i];

      nt_output_add_server (invocation->output, target->name);
      g_ptr_array_add (sessions, session_new (invocation, target));
    }
  while (first < sessions->len)
    {
      NtSession *session = sessions->pdata[first];

      advance_all (invocation, sessions, func, first);
      for (guint i = first; i <= (invocation->at_once ? sessions->len - 1 : first); i++)
        nt_output_take (invocation->output, ((NtSession *) sessions->pdata[i])->invocation.output);
      if (!is_over (session))
        {
          g_main_context_iteration (NULL, TRUE);
          continue;
        }
      worst = MAX (worst, session->code);
      first++;
    }
  return worst;
}

/* Keeps the session alive for work that is not a call, until nt_session_release(). */
void
nt_session_hold (NtSession *self)
{
  self->pending++;
}

void
nt_session_release (NtSession *self)
{
  self->pending--;
}

const NtServerAddress *
nt_session_get_address (NtSession *self)
{
  return self->target->address;
}

NtInvocation *
nt_session_get_invocation (NtSession *self)
{
  return &self->invocation;
}

const char *
nt_session_get_server (NtSession *self)
{
  return self->target->name;
}

/* The state at the start of the session. */
const NtState *
nt_session_get_state (NtSession *self)
{
  return self->state;
}
