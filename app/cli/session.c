/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/session.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "apply.h"
#include "channel.h"
#include "varlink/error.h"

struct _NtSession
{
  NtInvocation *invocation; /* borrowed */
  const char *server;       /* borrowed */
  NtChannel *channel;
  NtState *state;
};

/* A call that is waited for. */
typedef struct
{
  JsonObject *reply;
  GError *error;
  gboolean done;
} Wait;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->reply = nt_channel_call_finish (NT_CHANNEL (source), result, &wait->error);
  wait->done = TRUE;
}

static JsonObject *
call (NtSession *self,
      const char *method,
      JsonObject *parameters,
      NtVarlinkReplyFunc func,
      gpointer user_data,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *name = g_strconcat (VARLINK_INTERFACE, ".", method, NULL);
  Wait wait = { 0 };

  nt_channel_call_async (self->channel, name, parameters, func, user_data, cancellable, answered_cb, &wait);
  while (!wait.done)
    g_main_context_iteration (NULL, TRUE);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  return wait.reply;
}

static NtExit
classify (const GError *error)
{
  const char *name = error->domain == NT_VARLINK_ERROR ? nt_varlink_error_get_name (error) : NULL;

  if (error->domain == NT_TRANSPORT_ERROR || g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED))
    return NT_EXIT_UNREACHABLE;
  if (name != NULL && g_str_has_suffix (name, ".OperationFailed"))
    return NT_EXIT_KERNEL;
  if (name != NULL && (g_str_has_suffix (name, ".Refused") || g_str_has_suffix (name, ".StaleGeneration")))
    return NT_EXIT_REFUSED;
  return NT_EXIT_FAILED;
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
  return nt_invocation_fail (self->invocation, self->server, code, "%s", message);
}

static NtExit
fail_with (NtSession *self, const GError *error)
{
  g_autofree char *words = nt_apply_describe_error (error);

  return nt_session_fail (self, classify (error), "%s", words ? words : error->message);
}

static gboolean
read_state (NtSession *self, GError **error)
{
  g_autoptr (JsonObject) reply = call (self, "GetState", NULL, NULL, NULL, NULL, error);
  JsonNode *state = reply ? json_object_get_member (reply, "state") : NULL;

  if (state != NULL && JSON_NODE_HOLDS_OBJECT (state))
    self->state = nt_record_from_json (&nt_state_type, json_node_get_object (state), NT_JSON_LENIENT, error);
  return self->state != NULL;
}

static NtExit
run_on (NtInvocation *invocation, const NtTargetServer *server, NtSessionFunc func)
{
  NtTransportFlags flags = isatty (STDIN_FILENO) ? NT_TRANSPORT_TERMINAL : NT_TRANSPORT_DEFAULT;
  g_autoptr (NtChannel) channel = nt_channel_new (server->address, flags);
  NtSession session = { invocation, server->name, channel, NULL };
  g_autoptr (GError) error = NULL;
  NtExit code;

  if (read_state (&session, &error))
    code = func (&session, invocation);
  else
    code = fail_with (&session, error);
  nt_channel_close (channel);
  g_clear_pointer (&session.state, nt_state_unref);
  return code;
}

/**
 * nt_session_run:
 * @invocation: a command line
 * @func: what to do on each of its servers
 *
 * Returns: how the program shall end: the highest of what @func returned
 */
NtExit
nt_session_run (NtInvocation *invocation, NtSessionFunc func)
{
  NtExit worst = NT_EXIT_OK;

  for (guint i = 0; i < invocation->servers->len; i++)
    {
      NtExit code = run_on (invocation, invocation->servers->pdata[i], func);

      worst = MAX (worst, code);
    }
  return worst;
}

const char *
nt_session_get_server (NtSession *self)
{
  return self->server;
}

/* As it was when the session began. */
const NtState *
nt_session_get_state (NtSession *self)
{
  return self->state;
}

static char *
list_team_names (const NtState *state)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < state->teams->len; i++)
    g_ptr_array_add (names, ((NtTeam *) state->teams->pdata[i])->name);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/**
 * nt_session_find_team:
 * @self: a session
 * @name: the name of a team
 * @code: (out): how the program shall end, if there is none
 *
 * Returns: (transfer none) (nullable): the team; NULL after it was said that there is none
 */
const NtTeam *
nt_session_find_team (NtSession *self, const char *name, NtExit *code)
{
  const NtTeam *team = nt_state_find_team (self->state, name);
  g_autofree char *names = NULL;

  if (team != NULL)
    return team;
  names = list_team_names (self->state);
  if (*names != '\0')
    *code = nt_session_fail (self, NT_EXIT_REFUSED, _ ("There is no team “%s”. There are: %s"), name, names);
  else
    *code = nt_session_fail (self, NT_EXIT_REFUSED, _ ("There is no team “%s”, nor any other"), name);
  return NULL;
}

/**
 * nt_session_copy_spec:
 * @self: a session
 * @team: the name of a team
 * @code: (out): how the program shall end, if there is none
 *
 * Returns: (transfer full) (nullable): the definition of the team, to be changed
 */
NtTeamSpec *
nt_session_copy_spec (NtSession *self, const char *team, NtExit *code)
{
  const NtTeam *found = nt_session_find_team (self, team, code);

  if (found == NULL)
    return NULL;
  if (found->spec != NULL)
    return nt_team_spec_copy (found->spec);
  *code = nt_session_fail (self, NT_EXIT_REFUSED,
                           _ ("The team “%s” was not made by NIC Teaming; change it with the tool that made it"), team);
  return NULL;
}

static void
print_plan (NtSession *self, const GPtrArray *operations)
{
  if (operations->len == 0)
    g_print ("%s: %s\n", self->server, _ ("nothing to do"));
  else
    g_print ("%s: %s\n", self->server, _ ("this would be done:"));
  for (guint i = 0; i < operations->len; i++)
    {
      const NtOperation *operation = operations->pdata[i];
      g_autofree char *words = nt_operation_describe (operation);

      g_print ("  %2u. %s", i + 1, words);
      if (operation->outage > 0)
        g_print (_ (" — interrupts it for about %d ms"), (int) operation->outage);
      g_print ("\n");
    }
}

static void
print_warnings (NtSession *self, const GPtrArray *warnings)
{
  for (guint i = 0; i < warnings->len; i++)
    {
      g_autofree char *words = nt_problem_describe (warnings->pdata[i]);

      g_printerr (_ ("nicteam: %s: warning: %s\n"), self->server, words);
    }
}

static void
report_done (NtSession *self, JsonObject *parameters, const char *done)
{
  g_autoptr (NtApplyReply) reply = nt_record_from_json (&nt_apply_reply_type, parameters, NT_JSON_LENIENT, NULL);

  if (nt_output_is_json (self->invocation->output))
    {
      JsonNode *node = json_node_new (JSON_NODE_OBJECT);

      json_node_set_object (node, parameters);
      nt_output_add_json (self->invocation->output, self->server, "applied", node);
    }
  if (reply == NULL)
    return;
  print_warnings (self, reply->warnings);
  if (nt_output_is_json (self->invocation->output))
    return;
  if (self->invocation->dry_run)
    print_plan (self, reply->operations);
  else
    g_print ("%s: %s\n", self->server, done);
}

/* "set[0].members[1]" is our way to ask; the person named members. */
static const char *
strip_path (const char *field)
{
  const char *dot = g_str_has_prefix (field, "set[") ? strchr (field, '.') : NULL;

  return dot ? dot + 1 : field;
}

static NtExit
report_refusal (NtSession *self, const GError *error)
{
  JsonObject *parameters = nt_varlink_error_get_parameters (error);
  g_autoptr (NtRefusal) refusal = nt_record_from_json (&nt_refusal_type, parameters, NT_JSON_LENIENT, NULL);

  if (refusal == NULL)
    return fail_with (self, error);
  for (guint i = 0; i < refusal->problems->len; i++)
    {
      const NtProblem *problem = refusal->problems->pdata[i];
      g_autofree char *words = nt_problem_describe (problem);

      nt_session_fail (self, NT_EXIT_REFUSED, "%s: %s", strip_path (problem->field), words);
    }
  return NT_EXIT_REFUSED;
}

/**
 * nt_session_apply:
 * @self: a session
 * @request: what is wanted; the generation and whether it is a dry run are filled in
 * @done: what to say when it is done
 *
 * Returns: how it ended, after that was said
 */
NtExit
nt_session_apply (NtSession *self, NtRequest *request, const char *done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) parameters = NULL;
  g_autoptr (JsonObject) reply = NULL;

  request->generation = self->state->generation;
  request->dry_run = self->invocation->dry_run;
  parameters = nt_record_to_json (request);
  reply = call (self, "Apply", parameters, NULL, NULL, NULL, &error);
  if (reply == NULL && g_strcmp0 (nt_varlink_error_get_name (error), VARLINK_INTERFACE ".Refused") == 0)
    return report_refusal (self, error);
  if (reply == NULL)
    return fail_with (self, error);
  report_done (self, reply, done);
  return NT_EXIT_OK;
}

/**
 * nt_session_apply_spec:
 * @self: a session
 * @spec: the definition of one team
 * @done: what to say when it is done
 *
 * Returns: how it ended, after that was said
 */
NtExit
nt_session_apply_spec (NtSession *self, NtTeamSpec *spec, const char *done)
{
  g_autoptr (NtRequest) request = nt_request_new ();

  g_ptr_array_add (request->set, nt_team_spec_ref (spec));
  return nt_session_apply (self, request, done);
}

/**
 * nt_session_stream:
 * @self: a session
 * @method: a method that takes more
 * @parameters: (nullable): its parameters
 * @func: called with each reply
 * @user_data: for @func
 * @cancellable: ends the stream without an error
 *
 * Returns: how it ended, after that was said
 */
NtExit
nt_session_stream (NtSession *self,
                   const char *method,
                   JsonObject *parameters,
                   NtVarlinkReplyFunc func,
                   gpointer user_data,
                   GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) last = call (self, method, parameters, func, user_data, cancellable, &error);

  if (error == NULL || g_cancellable_is_cancelled (cancellable))
    return NT_EXIT_OK;
  return fail_with (self, error);
}
