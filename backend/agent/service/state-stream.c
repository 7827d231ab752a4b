/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/service/state-stream.h"

#include "backend/agent/base/clock.h"
#include "backend/model/base/record-json.h"

/* A call of Subscribe; lives until its client disconnects. */
typedef struct
{
  NtEngine *engine;
  NtVarlinkCall *call;
  NtState *sent;     /* state that the client knows */
  gint64 last_event; /* id of the last event that it knows; -1 = none */
  guint heartbeat_source;
} Stream;

static void
send (Stream *self, const NtChanges *changes)
{
  g_autoptr (JsonObject) parameters = nt_record_to_json (changes);

  nt_varlink_call_reply_continues (self->call, parameters);
}

/* Adds the events that the client does not know yet. */
static void
add_events (Stream *self, NtChanges *changes)
{
  g_ptr_array_unref (changes->events);
  changes->events = nt_host_view_get_events (nt_engine_get_view (self->engine), self->last_event);
  if (changes->events->len > 0)
    self->last_event = ((const NtEvent *) changes->events->pdata[changes->events->len - 1])->id;
}

/* While a client has not read the last reply, changes are collected for the next one. */
static void
send_changes (Stream *self)
{
  g_autoptr (NtState) state = nt_state_ref (nt_host_view_update_state (nt_engine_get_view (self->engine)));
  g_autoptr (NtChanges) changes = NULL;

  if (nt_varlink_call_get_pending (self->call) > 0)
    return;
  changes = nt_state_diff (self->sent, state);
  add_events (self, changes);
  if (nt_changes_are_empty (changes))
    return;
  nt_state_unref (self->sent);
  self->sent = g_steal_pointer (&state);
  send (self, changes);
}

static gboolean
heartbeat_cb (gpointer user_data)
{
  Stream *self = user_data;
  g_autoptr (NtChanges) nothing = nt_changes_new ();

  if (nt_varlink_call_get_pending (self->call) == 0)
    send (self, nothing);
  return G_SOURCE_CONTINUE;
}

static void
closed_cb (NtVarlinkCall *call, gpointer user_data)
{
  Stream *self = user_data;

  g_signal_handlers_disconnect_by_data (self->engine, self);
  g_signal_handlers_disconnect_by_data (self->call, self);
  nt_clock_clear (&self->heartbeat_source);
  nt_host_view_unwatch (nt_engine_get_view (self->engine));
  nt_state_unref (self->sent);
  g_object_unref (self->engine);
  g_object_unref (self->call);
  g_free (self);
}

/**
 * nt_state_stream_start:
 * @call: a call of Subscribe, with more
 * @heartbeat_s: seconds between keep-alives
 *
 * Sends the whole state, and then changes until the client disconnects.
 */
void
nt_state_stream_start (NtEngine *engine, NtVarlinkCall *call, guint heartbeat_s)
{
  Stream *self = g_new0 (Stream, 1);
  g_autoptr (NtChanges) first = nt_changes_new ();

  self->engine = g_object_ref (engine);
  self->call = g_object_ref (call);
  nt_host_view_watch (nt_engine_get_view (engine));
  self->sent = nt_state_ref (nt_host_view_update_state (nt_engine_get_view (engine)));
  self->heartbeat_source = nt_clock_add_timeout (heartbeat_s * 1000, heartbeat_cb, self);
  g_signal_connect_swapped (engine, "changed", G_CALLBACK (send_changes), self);
  g_signal_connect_swapped (call, "drained", G_CALLBACK (send_changes), self);
  g_signal_connect (call, "closed", G_CALLBACK (closed_cb), self);

  first->state = nt_state_ref (self->sent);
  self->last_event = -1;
  add_events (self, first);
  send (self, first);
}
