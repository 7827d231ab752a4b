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

  return g_strdup_printf (undone ? _("The kernel rejected the change: %s. The change was rolled back.")
                                 : _("The kernel rejected the change: %s. It could not be rolled back completely; "
                                     "check the team."),
                          reason ? reason : error->message);
}

/**
 * nt_apply_describe_error:
 * @error: from a call of Apply
 *
 * Returns: (transfer full) (nullable): a message for the user; %NULL if the message of @error will do
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
    return g_strdup (_("The configuration of this server has changed in the meantime. "
                       "Check it and try again."));
  if (g_str_equal (name, VARLINK_INTERFACE ".ChangePending"))
    return g_strdup (_("Another change is waiting for confirmation. Confirm or revert it first."));
  if (g_str_equal (name, VARLINK_INTERFACE ".NothingPending"))
    return g_strdup (_("No change is waiting for confirmation."));
  if (g_str_equal (name, VARLINK_INTERFACE ".NothingToUndo"))
    return g_strdup (_("There is no change to undo."));
  if (g_str_equal (name, VARLINK_INTERFACE ".RevertFailed"))
    return g_strdup (_("Reverting failed. Check the links and the log of the agent."));
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
                             _("The change was not confirmed over a new connection in time. It was rolled back, "
                               "unless someone else confirmed it."));
  else
    g_task_return_new_error (task, error->domain, error->code,
                             _("The server is not reachable over a new connection, so the change is rolled back. %s"),
                             error->message);
}

/* Confirms a pending change over a new connection, which proves that the server is still reachable. */
static void
confirm_pending (GTask *task, JsonObject *parameters)
{
  NtServer *server = g_task_get_source_object (task);
  g_autoptr (NtApplyReply) reply = nt_record_from_json (&nt_apply_reply_type, parameters, NT_JSON_LENIENT, NULL);

  if (reply == NULL || reply->pending == NULL)
    g_task_return_boolean (task, TRUE);
  else
    nt_confirm_async (nt_server_get_address (server), reply->pending, NT_TRANSPORT_INTERACTIVE,
                      g_task_get_cancellable (task), confirmed_cb, g_object_ref (task));
}

/* Replaces the message by one for the user, if there is one. */
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
    confirm_pending (task, reply);
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
 * @cancellable: (nullable): stops waiting, but does not stop the change
 *
 * Applies a change. NtServer::progress is emitted for each step.
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
 * @confirm: seconds until the server rolls back unless the change is confirmed
 * @cancellable: (nullable): stops waiting, but does not stop the change
 *
 * Undoes the last change, as a change of its own. Ends with nt_apply_finish().
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

  json_object_set_int_member (parameters, "confirm_s", confirm);
  g_task_set_source_tag (task, nt_apply_undo_async);
  nt_server_change_async (server, "Undo", parameters, cancellable, applied_cb, task);
}

/**
 * nt_apply_finish:
 * @error: with a message for the user
 *
 * Returns: %TRUE on success
 */
gboolean
nt_apply_finish (NtServer *server, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * nt_apply_plan_async:
 * @request: (nullable): %NULL for an undo of the last change
 *
 * Asks for the plan of a change without applying it.
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
 * @error: with a message for the user
 *
 * Returns: (transfer full) (nullable): the steps and the warnings
 */
NtApplyReply *
nt_apply_plan_finish (NtServer *server, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * nt_apply_make_removal:
 *
 * Returns: (transfer full): a request to delete a team
 */
NtRequest *
nt_apply_make_removal (const char *team_id)
{
  NtRequest *request = nt_request_new ();

  g_ptr_array_add (request->remove, g_strdup (team_id));
  return request;
}
