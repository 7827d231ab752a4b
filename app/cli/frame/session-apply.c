/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/frame/session-apply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/cli/frame/session-confirm.h"
#include "app/cli/frame/session.h"
#include "app/cli/frame/wait.h"
#include "app/text/agent-error.h"
#include "backend/model/base/record-json.h"
#include "backend/model/plan/outage.h"
#include "backend/model/request/problem.h"
#include "backend/varlink/wire/error.h"

gboolean nt_session_take_over;

/* A change in progress. */
typedef struct
{
  NtRequest *request;
  gboolean is_undo; /* the agent determines the change, not @request */
  const char *undo_id; /* borrowed; NULL = the last change */
  char *done;
  GStrv paths;
  gboolean is_probe; /* a dry run that finds out if there is anything to change */
  JsonObject *parameters; /* as replied */
  NtApplyReply *reply;
} Apply;

static void
apply_free (Apply *self)
{
  nt_request_unref (self->request);
  g_free (self->done);
  g_strfreev (self->paths);
  g_clear_pointer (&self->parameters, json_object_unref);
  g_clear_pointer (&self->reply, nt_apply_reply_unref);
  g_free (self);
}

static void send_request (NtSession *session, Apply *self);

static void
print_plan (NtSession *session, const GPtrArray *operations)
{
  NtOutput *output = nt_session_get_invocation (session)->output;
  g_autofree char *outage = nt_outage_describe (operations);

  nt_session_print_message (session, operations->len == 0 ? _("nothing to do") : _("planned steps:"));
  for (guint i = 0; i < operations->len; i++)
    {
      const NtOperation *operation = operations->pdata[i];
      g_autofree char *words = nt_operation_describe (operation);

      nt_output_print (output, "  %2u. %s", i + 1, words);
      if (operation->outage_ms > 0)
        nt_output_print (output, _(" — interrupts traffic for about %d ms"), (int) operation->outage_ms);
      nt_output_print (output, "\n");
    }
  if (operations->len > 0)
    nt_output_print (output, "  %s\n", outage);
}

static void
print_warnings (NtSession *session, const GPtrArray *warnings)
{
  for (guint i = 0; i < warnings->len; i++)
    {
      g_autofree char *words = nt_problem_describe (warnings->pdata[i]);
      g_autofree char *line = g_strdup_printf (_("nicteam: %s: warning: %s"), nt_session_get_server (session), words);

      nt_output_print_error (nt_session_get_invocation (session)->output, line);
    }
}

static void
add_json (NtSession *session, JsonObject *parameters, gboolean changed)
{
  NtOutput *output = nt_session_get_invocation (session)->output;
  JsonNode *applied = json_node_new (JSON_NODE_OBJECT);
  JsonNode *is_changed = json_node_new (JSON_NODE_VALUE);

  json_node_set_object (applied, parameters);
  json_node_set_boolean (is_changed, changed);
  nt_output_add_json (output, nt_session_get_server (session), "applied", applied);
  nt_output_add_json (output, nt_session_get_server (session), "changed", is_changed);
}

static void
report_done (NtSession *session, Apply *self)
{
  NtInvocation *invocation = nt_session_get_invocation (session);
  const NtApplyReply *reply = self->reply;
  gboolean is_empty = reply->operations->len == 0;
  gboolean is_same = self->is_probe && is_empty;

  if (nt_output_is_json (invocation->output))
    add_json (session, self->parameters, !is_same && !(invocation->dry_run && is_empty));
  print_warnings (session, reply->warnings);
  if (nt_output_is_json (invocation->output))
    return;
  if (is_same)
    nt_session_print_message (session, _("already up to date"));
  else if (invocation->dry_run)
    print_plan (session, reply->operations);
  else
    nt_session_print_message (session, self->done);
}

/* Turns a field of the request ("set[0].members[1]") into what the user typed ("members[1]", or a path in a file). */
static char *
describe_field (const Apply *self, const char *field)
{
  g_auto (GStrv) parts = g_strsplit (field, "].", 2);
  const char *rest = parts[0] != NULL ? parts[1] : NULL;
  guint64 index;

  if (rest == NULL || !g_str_has_prefix (field, "set[") ||
      !g_ascii_string_to_unsigned (parts[0] + strlen ("set["), 10, 0, G_MAXUINT32, &index, NULL))
    return g_strdup (field);
  if (self->paths != NULL && index < g_strv_length (self->paths))
    return g_strconcat (self->paths[index], *self->paths[index] ? "." : "", rest, NULL);
  return g_strdup (rest);
}

static void
report_problems (NtSession *session, const Apply *self, const GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const NtProblem *problem = problems->pdata[i];
      g_autofree char *words = nt_problem_describe (problem);
      g_autofree char *field = describe_field (self, problem->field);

      if (problem->severity == NT_SEVERITY_ERROR)
        nt_session_fail (session, NT_EXIT_REFUSED, "%s: %s", field, words);
    }
}

static void
report_refusal (NtSession *session, const Apply *self, const GError *error)
{
  JsonObject *parameters = nt_varlink_error_get_parameters (error);
  g_autoptr (NtRefusal) refusal = nt_record_from_json (&nt_refusal_type, parameters, NT_JSON_LENIENT, NULL);

  if (refusal != NULL)
    report_problems (session, self, refusal->problems);
  else
    nt_session_fail_with (session, error);
}

static void
settled_cb (NtSession *session, gboolean confirmed, gpointer user_data)
{
  Apply *self = user_data;

  if (confirmed)
    {
      report_done (session, self);
      if (!nt_session_get_invocation (session)->dry_run && nt_wait_is_wanted ())
        nt_wait_start (session, self->reply->teams);
    }
  apply_free (self);
}

static void
take_reply (NtSession *session, Apply *self, JsonObject *parameters)
{
  g_clear_pointer (&self->parameters, json_object_unref);
  g_clear_pointer (&self->reply, nt_apply_reply_unref);
  self->parameters = json_object_ref (parameters);
  self->reply = nt_session_take_reply (session, parameters, NULL, &nt_apply_reply_type);
  if (self->reply == NULL)
    apply_free (self);
  else if (self->is_probe && self->reply->operations->len > 0 && !nt_session_get_invocation (session)->dry_run)
    {
      self->is_probe = FALSE;
      send_request (session, self);
    }
  else if (self->reply->pending != NULL)
    nt_session_finish_change (session, self->reply->pending, settled_cb, self);
  else
    settled_cb (session, TRUE, self);
}

static void
applied_cb (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data)
{
  Apply *self = user_data;

  if (reply != NULL)
    {
      take_reply (session, self, reply);
      return;
    }
  if (nt_agent_error_get (error) == NT_AGENT_ERROR_REFUSED)
    report_refusal (session, self, error);
  else
    nt_session_fail_with (session, error);
  apply_free (self);
}

static JsonObject *
make_undo_parameters (const NtRequest *request, const char *id)
{
  JsonObject *parameters = json_object_new ();

  if (request->confirm_s != -1)
    json_object_set_int_member (parameters, "confirm_s", request->confirm_s);
  json_object_set_boolean_member (parameters, "dry_run", request->dry_run);
  if (id != NULL)
    json_object_set_string_member (parameters, "id", id);
  return parameters;
}

static void
send_request (NtSession *session, Apply *self)
{
  const NtInvocation *invocation = nt_session_get_invocation (session);
  g_autoptr (JsonObject) parameters = NULL;

  self->request->generation = nt_session_get_state (session)->generation;
  self->request->confirm_s = invocation->confirm == NT_CONFIRM_NONE ? 0 : invocation->deadline;
  self->request->dry_run = self->is_probe || invocation->dry_run;
  parameters = self->is_undo ? make_undo_parameters (self->request, self->undo_id) : nt_request_to_json (self->request);
  nt_session_call (session, self->is_undo ? "Undo" : "Apply", parameters, applied_cb, self);
}

/* Saves a request that the agent would refuse; but an agent of another version has its own rules. */
static gboolean
check_request (NtSession *session, const Apply *self)
{
  const NtState *state = nt_session_get_state (session);
  g_autoptr (GPtrArray) problems = NULL;

  if (g_strcmp0 (state->host->agent_version, PACKAGE_VERSION) != 0)
    return TRUE;
  problems = nt_rules_check (state, self->request);
  if (!nt_problems_have_error (problems))
    return TRUE;
  report_problems (session, self, problems);
  return FALSE;
}

/**
 * nt_session_apply_with:
 * @request: its generation, confirmation, dry_run and take_over are set here
 * @done: the message on success
 *
 * Applies a change. The result is reported when it is known; then --wait starts.
 *
 * Returns: %NT_EXIT_OK if the request was sent, %NT_EXIT_REFUSED if it breaks a rule
 */
NtExit
nt_session_apply_with (NtSession *self, NtRequest *request, const char *done, const NtApplyOptions *options)
{
  Apply *apply = g_new0 (Apply, 1);

  apply->request = nt_request_ref (request);
  apply->request->take_over = nt_session_take_over;
  apply->done = g_strdup (done);
  apply->paths = g_strdupv (options->paths);
  apply->is_probe = options->only_if_needed;
  if (!check_request (self, apply))
    {
      apply_free (apply);
      return NT_EXIT_REFUSED;
    }
  send_request (self, apply);
  return NT_EXIT_OK;
}

NtExit
nt_session_apply (NtSession *self, NtRequest *request, const char *done)
{
  const NtApplyOptions options = { NULL, FALSE };

  return nt_session_apply_with (self, request, done, &options);
}

/**
 * nt_session_undo:
 * @done: the message on success
 *
 * Undoes the last change. This is a change of its own.
 */
void
nt_session_undo (NtSession *self, const char *id, const char *done)
{
  Apply *apply = g_new0 (Apply, 1);

  apply->request = nt_request_new ();
  apply->is_undo = TRUE;
  apply->undo_id = id;
  apply->done = g_strdup (done);
  send_request (self, apply);
}

/**
 * nt_session_apply_spec:
 * @done: the message on success
 *
 * Creates or changes one team; see nt_session_apply_with().
 */
NtExit
nt_session_apply_spec (NtSession *self, NtTeamSpec *spec, const char *done)
{
  g_autoptr (NtRequest) request = nt_request_new ();

  g_ptr_array_add (request->set, nt_team_spec_ref (spec));
  return nt_session_apply (self, request, done);
}
