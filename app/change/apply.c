/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/apply.h"

#include <glib/gi18n-lib.h>

#include "app/change/confirm.h"
#include "app/text/agent-error.h"
#include "backend/model/base/record-json.h"
#include "backend/varlink/wire/error.h"

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (nt_confirm_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else if (nt_agent_error_get (error) == NT_AGENT_ERROR_NOTHING_PENDING)
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

  nt_server_set_last_change (server, reply ? reply->change : NULL);
  if (reply == NULL || reply->pending == NULL)
    g_task_return_boolean (task, TRUE);
  else
    nt_confirm_async (nt_server_get_address (server), reply->pending, NT_TRANSPORT_INTERACTIVE,
                      g_task_get_cancellable (task), confirmed_cb, g_object_ref (task));
}

/* Replaces the message by one for the user. */
static void
return_error (GTask *task, GError *error)
{
  char *text = nt_agent_error_describe (error);

  g_free (error->message);
  error->message = text;
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
  g_autoptr (JsonObject) parameters = nt_request_to_json (request);

  g_task_set_source_tag (task, nt_apply_async);
  nt_server_change_async (server, "Apply", parameters, cancellable, applied_cb, task);
}

/**
 * nt_apply_undo_async:
 * @id: (nullable): the change that is meant; %NULL = the last one. Fails if another one came after it
 * @confirm: seconds until the server rolls back unless the change is confirmed
 * @cancellable: (nullable): stops waiting, but does not stop the change
 *
 * Undoes a change, as a change of its own. Ends with nt_apply_finish().
 */
void
nt_apply_undo_async (NtServer *server,
                     const char *id,
                     int confirm,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (server, cancellable, callback, user_data);
  g_autoptr (JsonObject) parameters = json_object_new ();

  if (id != NULL)
    json_object_set_string_member (parameters, "id", id);
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
  g_autoptr (JsonObject) parameters = request ? nt_request_to_json (request) : json_object_new ();

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
