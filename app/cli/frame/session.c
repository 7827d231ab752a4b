/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/frame/session.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <unistd.h>

#include "app/change/apply.h"
#include "app/cli/frame/targets.h"
#include "app/reach/channel.h"
#include "backend/model/base/record-json.h"
#include "backend/varlink/wire/error.h"

struct _NtSession
{
  const NtTargetServer *target; /* borrowed */

  NtInvocation invocation; /* the command line with an output of its own */
  NtChannel *channel;
  NtState *state;
  GError *error; /* why there is no state */
  guint pending; /* calls that are not answered */
  gboolean has_begun;
  gboolean is_personal; /* ssh may ask on the terminal */
  NtExit code;
};

/* A call that is not answered. */
typedef struct
{
  NtSession *session;
  NtAnswerFunc func;
  gpointer user_data;
} Call;

static NtExit
classify (const GError *error)
{
  const char *name = error->domain == NT_VARLINK_ERROR ? nt_varlink_error_get_name (error) : NULL;

  if (error->domain == NT_TRANSPORT_ERROR || g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED))
    return NT_EXIT_UNREACHABLE;
  if (g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_PERMISSION_DENIED))
    return NT_EXIT_REFUSED;
  if (name != NULL && g_str_has_suffix (name, ".OperationFailed"))
    return NT_EXIT_KERNEL;
  if (name != NULL && (g_str_has_suffix (name, ".Refused") || g_str_has_suffix (name, ".StaleGeneration") ||
                       g_str_has_suffix (name, ".ChangePending") || g_str_has_suffix (name, ".NothingPending") ||
                       g_str_has_suffix (name, ".NothingToUndo")))
    return NT_EXIT_REFUSED;
  return NT_EXIT_FAILED;
}

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
 * @self: a session
 * @method: a method that takes more
 * @parameters: (nullable): its parameters
 * @reply_func: (nullable): called with each reply but the last, and with @user_data
 * @cancellable: (nullable): ends it
 * @func: called with the last reply
 * @user_data: for both
 *
 * Calls a method of the agent; the session goes on until it is answered.
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
 * @self: a session
 * @code: how the program shall end
 * @format: what is wrong and what to do
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
 * @self: a session
 * @error: how a call failed
 *
 * Returns: how the program shall end, after the reason was said
 */
NtExit
nt_session_fail_with (NtSession *self, const GError *error)
{
  g_autofree char *words = nt_apply_describe_error (error);

  return nt_session_fail (self, classify (error), "%s", words ? words : error->message);
}

/**
 * nt_session_say:
 * @self: a session
 * @words: what was done; not said where JSON is wanted
 */
void
nt_session_say (NtSession *self, const char *words)
{
  if (!nt_output_is_json (self->invocation.output))
    nt_output_print (self->invocation.output, "%s: %s\n", self->target->name, words);
}

/**
 * nt_session_take_reply:
 * @self: a session
 * @reply: (nullable): what a call was answered
 * @error: (nullable): or how it failed
 * @type: what the answer is
 *
 * Says what went wrong, unless the agent is older than the method.
 *
 * Returns: (transfer full) (nullable): the answer; %NULL without one
 */
gpointer
nt_session_take_reply (NtSession *self, JsonObject *reply, const GError *error, const NtRecordType *type)
{
  g_autoptr (GError) problem = NULL;
  gpointer record = NULL;

  if (reply != NULL)
    record = nt_record_from_json (type, reply, NT_JSON_LENIENT, &problem);
  else if (!g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_NOT_FOUND))
    nt_session_fail_with (self, error);
  if (problem != NULL)
    nt_session_fail (self, NT_EXIT_FAILED, _("The agent’s answer has a field that cannot be read: %s"), problem->message);
  return record;
}

static void
state_cb (NtSession *self, JsonObject *reply, const GError *error, gpointer user_data)
{
  JsonNode *state = reply ? json_object_get_member (reply, "state") : NULL;

  if (state != NULL && JSON_NODE_HOLDS_OBJECT (state))
    self->state = nt_record_from_json (&nt_state_type, json_node_get_object (state), NT_JSON_LENIENT, &self->error);
  else if (error != NULL)
    self->error = g_error_copy (error);
  else
    self->error = g_error_new_literal (NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED, _("The agent sent no state"));
}

static void
connect_to (NtSession *self, gboolean personal)
{
  g_clear_error (&self->error);
  self->is_personal = personal;
  self->channel = nt_channel_new (self->target->address, personal ? NT_TRANSPORT_TERMINAL : NT_TRANSPORT_DEFAULT);
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

/* Two that ask for a password at once would share one terminal; so of several servers, each asks in its turn. */
static NtSession *
session_new (const NtInvocation *invocation, const NtTargetServer *target)
{
  NtSession *self = g_new0 (NtSession, 1);
  gboolean is_many = invocation->servers->len > 1;

  self->target = target;
  self->invocation = *invocation;
  self->invocation.output = nt_output_new (nt_output_is_json (invocation->output), is_many);
  connect_to (self, isatty (STDIN_FILENO) && !is_many);
  return self;
}

static gboolean
wants_person (NtSession *self)
{
  return !self->is_personal && isatty (STDIN_FILENO) &&
         (g_error_matches (self->error, NT_TRANSPORT_ERROR, NT_TRANSPORT_ERROR_DENIED) ||
          g_error_matches (self->error, NT_TRANSPORT_ERROR, NT_TRANSPORT_ERROR_HOST_KEY));
}

static gboolean
is_over (NtSession *self)
{
  return self->has_begun && self->pending == 0;
}

static void
pass_on_notice (NtSession *self)
{
  const char *notice = self->state->host->notice;
  g_autofree char *line = g_strdup_printf (_("nicteam: %s: warning: %s"), self->target->name, notice ? notice : "");

  if (notice != NULL)
    nt_output_complain (self->invocation.output, line);
}

/* Goes on with one server; is_first: those before it are done. */
static void
advance (NtSession *self, NtSessionFunc func, gboolean is_first)
{
  if (self->has_begun || self->pending > 0)
    return;
  if (wants_person (self))
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
      pass_on_notice (self);
      NtExit code = func (self, &self->invocation);

      self->code = MAX (self->code, code);
    }
}

/* A person is asked of one server after the other. */
static gboolean
may_ask (const NtInvocation *invocation)
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
      if (!session->has_begun && may_ask (invocation))
        return;
    }
}

/**
 * nt_session_run:
 * @invocation: a command line
 * @func: what to do on each of its servers
 *
 * Works on all servers at the same time, and prints what is said of them in their order, or as it comes.
 *
 * Returns: how the program shall end: the highest of how the servers ended
 */
NtExit
nt_session_run (NtInvocation *invocation, NtSessionFunc func)
{
  g_autoptr (GPtrArray) sessions = g_ptr_array_new_with_free_func (session_free);
  NtExit worst = NT_EXIT_OK;
  guint first = 0;

  for (guint i = 0; i < invocation->servers->len; i++)
    g_ptr_array_add (sessions, session_new (invocation, invocation->servers->pdata[i]));
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

/* What has been begun and is not a call keeps the session going until it is released. */
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

/* As it was when the session began. */
const NtState *
nt_session_get_state (NtSession *self)
{
  return self->state;
}
