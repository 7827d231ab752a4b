/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/apply.h"

#include <glib/gi18n-lib.h>

#include "app/change/confirm.h"
#include "backend/model/base/record-json.h"
#include "backend/varlink/wire/error.h"

static char *
describe_refusal (JsonObject *parameters)
{
  g_autoptr (NtRefusal) refusal =
    nt_record_from_json (&nt_refusal_type, parameters, NT_JSON_LENIENT, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; refusal != NULL && i < refusal->problems->len; i++)
    {
      const NtProblem *problem = g_ptr_array_index (refusal->problems, i);
      g_autofree char *sentence = nt_problem_describe (problem);

      if (problem->severity == NT_SEVERITY_ERROR)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_failure (const GError *error)
{
  const char *reason = nt_varlink_error_get_string (error, "reason");
  JsonObject *parameters = nt_varlink_error_get_parameters (error);
  gboolean undone = json_object_get_boolean_member_with_default (parameters, "undone", FALSE);

  return g_strdup_printf (undone ? _("The server’s kernel refused it: %s. Everything was put back as it was.")
                                 : _("The server’s kernel refused it: %s. Not everything could be put back; "
                                     "look at the team before you go on."),
                          reason ? reason : error->message);
}

/**
 * nt_apply_describe_error:
 * @error: how a call of Apply failed
 *
 * Returns: (transfer full) (nullable): what a person reads of it; %NULL where the message of @error says it
 */
char *
nt_apply_describe_error (const GError *error)
{
  const char *name = nt_varlink_error_get_name (error);

  if (name == NULL)
    return NULL;
  if (g_str_equal (name, VARLINK_INTERFACE ".Refused"))
    return describe_refusal (nt_varlink_error_get_parameters (error));
  if (g_str_equal (name, VARLINK_INTERFACE ".OperationFailed"))
    return describe_failure (error);
  if (g_str_equal (name, VARLINK_INTERFACE ".StaleGeneration"))
    return g_strdup (_("Somebody else has changed the teams of this server in the meantime. "
                       "Look at them and try again."));
  if (g_str_equal (name, VARLINK_INTERFACE ".ChangePending"))
    return g_strdup (_("Another change of this server waits to be confirmed. Keep or revert it first."));
  if (g_str_equal (name, VARLINK_INTERFACE ".NothingPending"))
    return g_strdup (_("No change waits to be confirmed."));
  if (g_str_equal (name, VARLINK_INTERFACE ".NothingToUndo"))
    return g_strdup (_("There is no change that could be undone."));
  if (g_str_equal (name, VARLINK_INTERFACE ".RevertFailed"))
    return g_strdup (_("The links do not stay as they were set. Look at them, and at the log of the agent."));
  return NULL;
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (nt_confirm_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_strcmp0 (nt_varlink_error_get_name (error), VARLINK_INTERFACE ".NothingPending") == 0)
    g_task_return_new_error (task, error->domain, error->code, "%s",
                             _("It was not confirmed over a new connection in time, so the server has undone it, "
                               "unless somebody else has kept it."));
  else
    g_task_return_new_error (task, error->domain, error->code,
                             _("The server could not be reached over a new connection, so it undoes the change. %s"),
                             error->message);
}

/* Keeps a change that waits for it, as soon as a new connection shows that nobody is cut off. */
static void
settle (GTask *task, JsonObject *parameters)
{
  NtServer *server = g_task_get_source_object (task);
  g_autoptr (NtApplyReply) reply = nt_record_from_json (&nt_apply_reply_type, parameters, NT_JSON_LENIENT, NULL);

  if (reply == NULL || reply->pending == NULL)
    g_task_return_boolean (task, TRUE);
  else
    nt_confirm_async (nt_server_get_address (server), reply->pending, NT_TRANSPORT_INTERACTIVE,
                      g_task_get_cancellable (task), confirmed_cb, g_object_ref (task));
}

/* In sentences, where there are some for it. */
static void
return_error (GTask *task, GError *error)
{
  g_autofree char *text = nt_apply_describe_error (error);

  if (text != NULL && *text != '\0')
    {
      g_free (error->message);
      error->message = g_steal_pointer (&text);
    }
  g_task_return_error (task, error);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = nt_server_call_finish (NT_SERVER (source), result, &error);

  if (error == NULL)
    settle (task, reply);
  else
    return_error (task, g_steal_pointer (&error));
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonObject) parameters = nt_server_call_finish (NT_SERVER (source), result, &error);
  NtApplyReply *reply =
    parameters ? nt_record_from_json (&nt_apply_reply_type, parameters, NT_JSON_LENIENT, &error) : NULL;

  if (reply != NULL)
    g_task_return_pointer (task, reply, nt_record_unref);
  else
    return_error (task, error);
}

/**
 * nt_apply_async:
 * @server: a server
 * @request: what to change
 * @cancellable: (nullable): gives up waiting; the change still takes place
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks the agent of a server for a change. NtServer::progress is emitted for each step of it.
 */
void
nt_apply_async (NtServer *server,
                const NtRequest *request,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  GTask *task = g_task_new (server, cancellable, callback, user_data);
  g_autoptr (JsonObject) parameters = nt_record_to_json (request);

  g_task_set_source_tag (task, nt_apply_async);
  nt_server_change_async (server, "Apply", parameters, cancellable, applied_cb, task);
}

/**
 * nt_apply_undo_async:
 * @server: a server
 * @confirm: after how many seconds the server takes it back, unless it is confirmed
 * @cancellable: (nullable): gives up waiting; the change still takes place
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks the agent of a server to undo its last change, which is a change of its own. It ends with nt_apply_finish().
 */
void
nt_apply_undo_async (NtServer *server,
                     int confirm,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (server, cancellable, callback, user_data);
  g_autoptr (JsonObject) parameters = json_object_new ();

  json_object_set_int_member (parameters, "confirm", confirm);
  g_task_set_source_tag (task, nt_apply_undo_async);
  nt_server_change_async (server, "Undo", parameters, cancellable, applied_cb, task);
}

/**
 * nt_apply_finish:
 * @server: a server
 * @result: what the callback was given
 * @error: why it was not done, in sentences for a person
 *
 * Returns: %TRUE if it is done
 */
gboolean
nt_apply_finish (NtServer *server, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * nt_apply_plan_async:
 * @server: a server
 * @request: (nullable): what would be changed; %NULL to undo the last change
 * @cancellable: (nullable): gives up waiting
 * @callback: called when the plan is known
 * @user_data: for @callback
 *
 * Asks the agent of a server what it would do. Nothing is touched.
 */
void
nt_apply_plan_async (NtServer *server,
                     const NtRequest *request,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (server, cancellable, callback, user_data);
  g_autoptr (JsonObject) parameters = request ? nt_record_to_json (request) : json_object_new ();

  json_object_set_boolean_member (parameters, "dry_run", TRUE);
  g_task_set_source_tag (task, nt_apply_plan_async);
  nt_server_call_async (server, request ? "Apply" : "Undo", parameters, cancellable, planned_cb, task);
}

/**
 * nt_apply_plan_finish:
 * @server: a server
 * @result: what the callback was given
 * @error: why it would not be done, in sentences for a person
 *
 * Returns: (transfer full) (nullable): the operations and the warnings
 */
NtApplyReply *
nt_apply_plan_finish (NtServer *server, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * nt_apply_make_removal:
 * @team_id: the id of a team
 *
 * Returns: (transfer full): the request to delete it
 */
NtRequest *
nt_apply_make_removal (const char *team_id)
{
  NtRequest *request = nt_request_new ();

  g_ptr_array_add (request->remove, g_strdup (team_id));
  return request;
}
