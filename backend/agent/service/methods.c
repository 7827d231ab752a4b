/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/service/methods.h"

#include <glib/gi18n-lib.h>

#include "backend/agent/access/access.h"
#include "backend/agent/service/properties.h"
#include "backend/agent/service/sample-stream.h"
#include "backend/agent/service/settings.h"
#include "backend/agent/service/state-stream.h"
#include "backend/model/base/record-json.h"
#include "backend/varlink/service/agent-interface.h"

#define DEFAULT_INTERVAL_MS 1000

/* Parameters and replies of the methods; the other types of the protocol are in the model. */

typedef struct
{
  NtRecord record;
  gint64 interval_ms;
  GPtrArray *links;
} NtStatisticsRequest;

typedef struct
{
  NtRecord record;
  NtState *state;
} NtStateReply;

typedef struct
{
  NtRecord record;
  gint64 heartbeat_s;
} NtSubscribeRequest;

static const NtField nt_subscribe_request_fields[] = {
  NT_INT (NtSubscribeRequest, heartbeat_s, OPTIONAL),
};
static NT_DEFINE_RECORD (NtSubscribeRequest, nt_subscribe_request, "Subscribe")

static const NtField nt_statistics_request_fields[] = {
  NT_INT (NtStatisticsRequest, interval_ms, OPTIONAL),
  NT_STRINGS (NtStatisticsRequest, links, OPTIONAL),
};
static NT_DEFINE_RECORD (NtStatisticsRequest, nt_statistics_request, "SubscribeStatistics")

typedef struct
{
  NtRecord record;
  char *id;
} NtConfirmRequest;

static const NtField nt_confirm_request_fields[] = {
  NT_STRING (NtConfirmRequest, id, OPTIONAL),
};
static NT_DEFINE_RECORD (NtConfirmRequest, nt_confirm_request, "Confirm")

typedef struct
{
  NtRecord record;
  char *id;
  gint64 confirm_s;
  gboolean dry_run;
} NtUndoRequest;

static const NtField nt_undo_request_fields[] = {
  NT_STRING (NtUndoRequest, id, OPTIONAL),
  NT_INT (NtUndoRequest, confirm_s, OPTIONAL),
  NT_BOOL (NtUndoRequest, dry_run, OPTIONAL),
};
static NT_DEFINE_RECORD (NtUndoRequest, nt_undo_request, "Undo")

static const NtField nt_state_reply_fields[] = {
  NT_RECORD (NtStateReply, state, REQUIRED, nt_state_type),
};
static NT_DEFINE_RECORD (NtStateReply, nt_state_reply, "GetState")

static void
reply_record (NtVarlinkCall *call, gconstpointer record)
{
  g_autoptr (JsonObject) parameters = nt_record_to_json (record);

  nt_varlink_call_reply (call, parameters);
}

static void
reply_error_record (NtVarlinkCall *call, const char *error, gconstpointer record)
{
  g_autofree char *name = g_strconcat (VARLINK_INTERFACE, ".", error, NULL);
  g_autoptr (JsonObject) parameters = nt_record_to_json (record);

  nt_varlink_call_reply_error (call, name, parameters);
}

static void
get_state (NtVarlinkCall *call, gpointer user_data)
{
  g_autoptr (NtNothing) nothing = nt_varlink_call_read (call, &nt_nothing_type);
  NtStateReply *reply;

  if (nothing == NULL)
    return;
  reply = nt_record_new (&nt_state_reply_type);
  reply->state = nt_state_ref (nt_host_view_update_state (nt_engine_get_view (user_data)));
  reply_record (call, reply);
  nt_record_unref (reply);
}

static void
get_events (NtVarlinkCall *call, gpointer user_data)
{
  g_autoptr (NtNothing) nothing = nt_varlink_call_read (call, &nt_nothing_type);
  g_autoptr (NtEventsReply) reply = nothing ? nt_events_reply_new () : NULL;

  if (nothing == NULL)
    return;
  g_ptr_array_unref (reply->events);
  reply->events = nt_host_view_get_events (nt_engine_get_view (user_data), -1);
  reply_record (call, reply);
}

static void
subscribe (NtVarlinkCall *call, gpointer user_data)
{
  NtSubscribeRequest *request = nt_varlink_call_read (call, &nt_subscribe_request_type);
  gint64 heartbeat_s;

  if (request == NULL)
    return;
  heartbeat_s = request->heartbeat_s == -1 ? NT_HEARTBEAT_DEFAULT_S : request->heartbeat_s;
  if (heartbeat_s < 1 || heartbeat_s > NT_HEARTBEAT_MAX_S)
    nt_varlink_call_reply_invalid_parameter (call, "heartbeat_s");
  else
    nt_state_stream_start (user_data, call, (guint) heartbeat_s);
  nt_record_unref (request);
}

static void
subscribe_statistics (NtVarlinkCall *call, gpointer user_data)
{
  NtStatisticsRequest *request = nt_varlink_call_read (call, &nt_statistics_request_type);
  gint64 interval;

  if (request == NULL)
    return;
  interval = request->interval_ms == -1 ? DEFAULT_INTERVAL_MS : request->interval_ms;
  if (interval < NT_SAMPLE_INTERVAL_MIN || interval > NT_SAMPLE_INTERVAL_MAX)
    nt_varlink_call_reply_invalid_parameter (call, "interval_ms");
  else
    nt_sample_stream_start (nt_host_view_get_kernel (nt_engine_get_view (user_data)), call, (guint) interval, request->links);
  nt_record_unref (request);
}

/* Operations are sent with a description. */
static NtOperation *
add_description (const NtOperation *operation)
{
  NtOperation *copy = nt_operation_copy (operation);

  copy->message = nt_operation_describe (operation);
  return copy;
}

static void
apply_progress_cb (const NtOperation *operation, gpointer user_data)
{
  NtVarlinkCall *call = user_data;
  g_autoptr (NtApplyReply) reply = nt_apply_reply_new ();
  g_autoptr (JsonObject) parameters = NULL;

  if (!nt_varlink_call_wants_more (call))
    return;
  reply->operation = add_description (operation);
  parameters = nt_record_to_json (reply);
  nt_varlink_call_reply_continues (call, parameters);
}

static void
reply_done (NtEngine *engine, NtVarlinkCall *call, const NtChange *change, gint64 generation)
{
  g_autoptr (NtApplyReply) reply = nt_apply_reply_new ();

  reply->generation = generation;
  for (guint i = 0; i < change->operations->len; i++)
    g_ptr_array_add (reply->operations, add_description (change->operations->pdata[i]));
  for (guint i = 0; i < change->problems->len; i++)
    g_ptr_array_add (reply->warnings, nt_problem_ref (change->problems->pdata[i]));
  for (guint i = 0; i < change->teams->len; i++)
    g_ptr_array_add (reply->teams, g_strdup (change->teams->pdata[i]));
  if (change->operations->len > 0 && !change->request->dry_run)
    reply->change = g_strdup (change->entry->id);
  if (change->result == NT_CHANGE_PENDING)
    reply->pending = nt_pending_ref (nt_host_view_update_state (nt_engine_get_view (engine))->pending);
  reply_record (call, reply);
}

static void
reply_refused (NtVarlinkCall *call, const NtChange *change)
{
  g_autoptr (NtRefusal) refusal = nt_refusal_new ();

  for (guint i = 0; i < change->problems->len; i++)
    g_ptr_array_add (refusal->problems, nt_problem_ref (change->problems->pdata[i]));
  reply_error_record (call, "Refused", refusal);
}

static void
reply_stale (NtVarlinkCall *call, gint64 generation)
{
  g_autoptr (JsonObject) parameters = json_object_new ();

  json_object_set_int_member (parameters, "generation", generation);
  nt_varlink_call_reply_error (call, VARLINK_INTERFACE ".StaleGeneration", parameters);
}

static void
reply_failed (NtVarlinkCall *call, const NtChange *change)
{
  g_autoptr (NtOperationFailure) failure = nt_operation_failure_new ();

  failure->operation = add_description (change->failed);
  failure->reason = g_strdup (change->reason);
  failure->undone = change->undone;
  failure->message = g_strdup_printf ("%s: %s", failure->operation->message, change->reason);
  reply_error_record (call, "OperationFailed", failure);
}

static void
reply_busy (NtEngine *engine, NtVarlinkCall *call)
{
  g_autoptr (JsonObject) parameters = json_object_new ();

  json_object_set_object_member (parameters, "pending", nt_record_to_json (nt_host_view_update_state (nt_engine_get_view (engine))->pending));
  nt_varlink_call_reply_error (call, VARLINK_INTERFACE ".ChangePending", parameters);
}

static void
apply_done_cb (const NtChange *change, gint64 generation, gpointer user_data)
{
  g_autoptr (NtVarlinkCall) call = user_data;
  NtEngine *engine = nt_varlink_call_get_user_data (call);

  switch (change->result)
    {
    case NT_CHANGE_DONE:
    case NT_CHANGE_PENDING:
      reply_done (engine, call, change, generation);
      break;
    case NT_CHANGE_BUSY:
      reply_busy (engine, call);
      break;
    case NT_CHANGE_REFUSED:
      reply_refused (call, change);
      break;
    case NT_CHANGE_STALE:
      reply_stale (call, generation);
      break;
    case NT_CHANGE_FAILED:
      reply_failed (call, change);
      break;
    case NT_CHANGE_STORE_FAILED:
    default:
      nt_varlink_call_reply_error_string (call, VARLINK_INTERFACE ".StoreFailed", "message", change->reason);
    }
}

/* Queues a request whose result answers the call. */
static void
apply_request (NtVarlinkCall *call, const NtRequest *request, NtEngine *engine)
{
  g_autofree char *who = nt_caller_describe (call);

  if (request->confirm_s < -1 || request->confirm_s > NT_CONFIRM_SECONDS_MAX)
    nt_varlink_call_reply_invalid_parameter (call, "confirm_s");
  else
    nt_change_queue_apply (nt_engine_get_queue (engine), request, who, apply_progress_cb, apply_done_cb, g_object_ref (call));
}

static void
apply (NtVarlinkCall *call, gpointer user_data)
{
  g_autoptr (NtRequest) request = nt_varlink_call_read (call, &nt_request_type);

  if (request != NULL)
    apply_request (call, request, user_data);
}

static void
reply_superseded (NtVarlinkCall *call, const NtHistoryEntry *later)
{
  g_autoptr (JsonObject) parameters = json_object_new ();

  json_object_set_object_member (parameters, "change", nt_record_to_json (later));
  nt_varlink_call_reply_error (call, VARLINK_INTERFACE ".ChangeSuperseded", parameters);
}

static void
undo (NtVarlinkCall *call, gpointer user_data)
{
  NtUndoRequest *options = nt_varlink_call_read (call, &nt_undo_request_type);
  const NtHistoryEntry *later = NULL;
  g_autoptr (NtRequest) request = NULL;

  if (options == NULL)
    return;
  request = nt_change_queue_make_undo (nt_engine_get_queue (user_data), options->id, &later);
  if (request != NULL)
    {
      request->confirm_s = options->confirm_s;
      request->dry_run = options->dry_run;
      apply_request (call, request, user_data);
    }
  else if (later != NULL)
    reply_superseded (call, later);
  else
    nt_varlink_call_reply_error (call, VARLINK_INTERFACE ".NothingToUndo", NULL);
  nt_record_unref (options);
}

static void
get_history (NtVarlinkCall *call, gpointer user_data)
{
  g_autoptr (NtNothing) nothing = nt_varlink_call_read (call, &nt_nothing_type);

  if (nothing != NULL)
    reply_record (call, nt_change_queue_get_history (nt_engine_get_queue (user_data)));
}

static void
reply_confirm_result (NtEngine *engine, NtVarlinkCall *call, NtConfirmResult result, const char *reason)
{
  static const char *const errors[] = {
    [NT_CONFIRM_RESULT_NOTHING_PENDING] = VARLINK_INTERFACE ".NothingPending",
    [NT_CONFIRM_RESULT_TOO_OLD] = VARLINK_INTERFACE ".ConnectionTooOld",
    [NT_CONFIRM_RESULT_STORE_FAILED] = VARLINK_INTERFACE ".StoreFailed",
    [NT_CONFIRM_RESULT_REVERT_FAILED] = VARLINK_INTERFACE ".RevertFailed",
  };
  g_autoptr (JsonObject) parameters = json_object_new ();

  if (result == NT_CONFIRM_RESULT_DONE)
    {
      json_object_set_int_member (parameters, "generation", nt_host_view_update_state (nt_engine_get_view (engine))->generation);
      nt_varlink_call_reply (call, parameters);
    }
  else if (reason != NULL)
    nt_varlink_call_reply_error_string (call, errors[result], "message", reason);
  else
    nt_varlink_call_reply_error (call, errors[result], NULL);
}

static void
confirm (NtVarlinkCall *call, gpointer user_data)
{
  NtConfirmRequest *request = nt_varlink_call_read (call, &nt_confirm_request_type);
  g_autofree char *reason = NULL;
  NtConfirmResult result;

  if (request == NULL)
    return;
  result = nt_change_queue_confirm (nt_engine_get_queue (user_data), request->id, nt_varlink_call_get_connected_at (call), &reason);
  reply_confirm_result (user_data, call, result, reason);
  nt_record_unref (request);
}

static void
revert (NtVarlinkCall *call, gpointer user_data)
{
  NtConfirmRequest *request = nt_varlink_call_read (call, &nt_confirm_request_type);
  NtConfirmResult result;

  if (request == NULL)
    return;
  result = nt_change_queue_revert (nt_engine_get_queue (user_data), request->id);
  reply_confirm_result (user_data, call, result,
                 result == NT_CONFIRM_RESULT_REVERT_FAILED ? _("The links do not keep the restored settings; see the agent’s log") : NULL);
  nt_record_unref (request);
}

static const NtVarlinkMethod methods[] = {
  { "GetAccess", NT_VARLINK_METHOD_DEFAULT, nt_access_reply },
  { "GetState", NT_VARLINK_METHOD_DEFAULT, get_state },
  { "GetAdapter", NT_VARLINK_METHOD_DEFAULT, nt_properties_get_adapter },
  { "GetTeamFeatures", NT_VARLINK_METHOD_DEFAULT, nt_properties_get_team_features },
  { "GetEvents", NT_VARLINK_METHOD_DEFAULT, get_events },
  { "Subscribe", NT_VARLINK_METHOD_NEEDS_MORE, subscribe },
  { "SubscribeStatistics", NT_VARLINK_METHOD_NEEDS_MORE, subscribe_statistics },
  { "Apply", NT_VARLINK_METHOD_DEFAULT, apply },
  { "Undo", NT_VARLINK_METHOD_DEFAULT, undo },
  { "GetHistory", NT_VARLINK_METHOD_DEFAULT, get_history },
  { "Confirm", NT_VARLINK_METHOD_DEFAULT, confirm },
  { "Revert", NT_VARLINK_METHOD_DEFAULT, revert },
  { NULL },
};

static const NtVarlinkServiceInfo info = {
  .vendor = "nicteam",
  .product = "nicteam-agent",
  .version = PACKAGE_VERSION,
  .url = "https://github.com/nicteam/nicteam",
};

/**
 * nt_methods_new:
 * @engine: the engine; must outlive the server
 *
 * Returns: (transfer full): a server of the interface io.github.nicteam.Agent
 */
NtVarlinkService *
nt_methods_new (NtEngine *engine)
{
  NtVarlinkService *server = nt_varlink_service_new (&info);

  nt_varlink_service_add_interface (server, VARLINK_INTERFACE, nt_agent_interface_get_description (), methods, engine);
  return server;
}
