/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/client/client.h"

#include <glib/gi18n-lib.h>

#include "backend/varlink/wire/error.h"
#include "backend/varlink/wire/frame-reader.h"
#include "backend/varlink/wire/frame-writer.h"
#include "backend/varlink/wire/message.h"

struct _NtVarlinkClient
{
  GObject parent_instance;

  GIOStream *stream;
  NtFrameReader *reader;
  NtFrameWriter *writer;
  GCancellable *cancellable;
  GQueue pending; /* of PendingCall, in the order of the calls */
  gboolean is_closed;
};

G_DEFINE_TYPE (NtVarlinkClient, nt_varlink_client, G_TYPE_OBJECT)

enum
{
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A call that has not been answered yet. */
typedef struct
{
  GTask *task; /* NULL once cancelled: the reply is still expected, but discarded */
  GSource *cancelled_source;
  NtVarlinkReplyFunc reply_func;
  gpointer reply_data;
} PendingCall;

static void read_next (NtVarlinkClient *self);

static GTask *
steal_task (PendingCall *call)
{
  if (call->cancelled_source != NULL)
    g_source_destroy (call->cancelled_source);
  g_clear_pointer (&call->cancelled_source, g_source_unref);
  return g_steal_pointer (&call->task);
}

static void
pending_call_free (gpointer data)
{
  PendingCall *call = data;
  g_autoptr (GTask) task = steal_task (call);

  g_free (call);
}

static void
fail_pending_calls (NtVarlinkClient *self, const GError *error)
{
  GQueue pending = self->pending;
  PendingCall *call;

  g_queue_init (&self->pending);
  while ((call = g_queue_pop_head (&pending)) != NULL)
    {
      g_autoptr (GTask) task = steal_task (call);

      if (task != NULL)
        g_task_return_error (task, g_error_copy (error));
      pending_call_free (call);
    }
}

static void
close_with_error (NtVarlinkClient *self, const GError *error)
{
  g_autoptr (NtVarlinkClient) alive = g_object_ref (self);

  if (self->is_closed)
    return;

  self->is_closed = TRUE;
  g_signal_handlers_disconnect_by_data (self->writer, self);
  nt_frame_writer_stop (self->writer);
  g_cancellable_cancel (self->cancellable);
  g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  fail_pending_calls (self, error);
  g_signal_emit (self, signals[CLOSED], 0, error);
}

static GError *
new_closed_error (void)
{
  return g_error_new_literal (NT_VARLINK_ERROR,
                              NT_VARLINK_ERROR_CLOSED,
                              _("The connection to the server was closed"));
}

/* The end of the peer shows up either as the end of the stream or as a connection reset. */
static gboolean
is_end (GBytes *frame, const GError *error)
{
  return error ? g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) : frame == NULL;
}

static void
answer_call (PendingCall *call, NtVarlinkReplyMessage *reply)
{
  g_autoptr (GTask) task = steal_task (call);

  if (task == NULL)
    return;
  if (reply->error != NULL)
    g_task_return_error (task, nt_varlink_error_new_remote (reply->error, reply->parameters));
  else
    g_task_return_pointer (task,
                           json_object_ref (reply->parameters),
                           (GDestroyNotify) json_object_unref);
}

static gboolean
accept_reply (NtVarlinkClient *self, NtVarlinkReplyMessage *reply, GError **error)
{
  PendingCall *call = g_queue_peek_head (&self->pending);

  if (call == NULL || (reply->continues && call->reply_func == NULL))
    {
      g_set_error_literal (error,
                           NT_VARLINK_ERROR,
                           NT_VARLINK_ERROR_PROTOCOL,
                           _("The server sent an unexpected reply"));
      return FALSE;
    }
  if (reply->continues)
    {
      if (call->task != NULL)
        call->reply_func (self, reply->parameters, call->reply_data);
      return TRUE;
    }

  g_queue_pop_head (&self->pending);
  answer_call (call, reply);
  pending_call_free (call);
  return TRUE;
}

static gboolean
accept_frame (NtVarlinkClient *self, GBytes *frame, GError **error)
{
  g_autoptr (NtVarlinkReplyMessage) reply = nt_varlink_reply_message_parse (frame, error);

  return reply != NULL && accept_reply (self, reply, error);
}

static void
nt_varlink_client_dispose (GObject *object)
{
  nt_varlink_client_close (NT_VARLINK_CLIENT (object));

  G_OBJECT_CLASS (nt_varlink_client_parent_class)->dispose (object);
}

static void
nt_varlink_client_finalize (GObject *object)
{
  NtVarlinkClient *self = NT_VARLINK_CLIENT (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->reader);
  g_clear_object (&self->writer);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (nt_varlink_client_parent_class)->finalize (object);
}

/* The pending read holds no reference, so that dropping the last one ends it. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) frame = nt_frame_reader_read_finish (NT_FRAME_READER (source), result, &error);
  GWeakRef *reference = user_data;
  g_autoptr (NtVarlinkClient) self = g_weak_ref_get (reference);

  g_weak_ref_clear (reference);
  g_free (reference);
  if (self == NULL || self->is_closed)
    return;

  if (is_end (frame, error))
    {
      g_clear_error (&error);
      error = new_closed_error ();
    }
  if (frame == NULL || !accept_frame (self, frame, &error))
    close_with_error (self, error);
  else if (!self->is_closed)
    read_next (self);
}

static void
read_next (NtVarlinkClient *self)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, self);
  nt_frame_reader_read_async (self->reader, self->cancellable, read_cb, reference);
}

static void
failed_cb (NtVarlinkClient *self, GError *error)
{
  close_with_error (self, error);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  PendingCall *call = user_data;
  g_autoptr (GTask) task = steal_task (call);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
nt_varlink_client_class_init (NtVarlinkClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = nt_varlink_client_dispose;
  object_class->finalize = nt_varlink_client_finalize;

  /**
   * NtVarlinkClient::closed:
   * @error: (type GError): the reason
   *
   * The connection has ended and all calls on it have failed.
   */
  signals[CLOSED] = g_signal_new ("closed",
                                  NT_TYPE_VARLINK_CLIENT,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_ERROR);
}

static void
nt_varlink_client_init (NtVarlinkClient *self)
{
  g_queue_init (&self->pending);
  self->cancellable = g_cancellable_new ();
}

static void
send_call (NtVarlinkClient *self, PendingCall *call, const char *method, JsonObject *parameters)
{
  NtVarlinkCallFlags flags = call->reply_func ? NT_VARLINK_CALL_MORE : NT_VARLINK_CALL_DEFAULT;
  g_autoptr (GBytes) frame = nt_varlink_call_message_build (method, parameters, flags);
  g_autoptr (GTask) task = NULL;

  if (!self->is_closed && nt_frame_writer_write (self->writer, frame))
    {
      g_queue_push_tail (&self->pending, call);
      return;
    }

  task = steal_task (call);
  if (task != NULL)
    g_task_return_error (task, new_closed_error ());
  pending_call_free (call);
}

/*
 * Uses a source instead of the signal: the callback of the task runs immediately, and a cancellable must not be
 * modified from within its signal.
 */
static void
watch_cancellable (PendingCall *call, GCancellable *cancellable)
{
  call->cancelled_source = g_cancellable_source_new (cancellable);
  g_source_set_callback (call->cancelled_source, G_SOURCE_FUNC (cancelled_cb), call, NULL);
  g_source_attach (call->cancelled_source, g_main_context_get_thread_default ());
}

static void
start_call (NtVarlinkClient *self,
            GTask *task,
            const char *method,
            JsonObject *parameters,
            NtVarlinkReplyFunc reply_func,
            gpointer reply_data)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  PendingCall *call = g_new0 (PendingCall, 1);

  call->task = task;
  call->reply_func = reply_func;
  call->reply_data = reply_data;
  if (cancellable != NULL)
    watch_cancellable (call, cancellable);
  send_call (self, call, method, parameters);
}

/**
 * nt_varlink_client_new:
 * @stream: a connection to a service; closed with the client
 *
 * Returns: (transfer full): a client
 */
NtVarlinkClient *
nt_varlink_client_new (GIOStream *stream)
{
  NtVarlinkClient *self = g_object_new (NT_TYPE_VARLINK_CLIENT, NULL);

  self->stream = g_object_ref (stream);
  self->reader = nt_frame_reader_new (g_io_stream_get_input_stream (stream), NT_VARLINK_REPLY_LIMIT);
  self->writer = nt_frame_writer_new (g_io_stream_get_output_stream (stream), NT_VARLINK_REPLY_LIMIT);
  g_signal_connect_swapped (self->writer, "failed", G_CALLBACK (failed_cb), self);
  read_next (self);
  return self;
}

/**
 * nt_varlink_client_call_async:
 * @method: the full name of a method
 * @parameters: (nullable) (transfer none): its parameters
 * @cancellable: (nullable): stops waiting; the service still runs the method
 *
 * Calls a method. Further calls can be made before the reply arrives; they are answered in order.
 */
void
nt_varlink_client_call_async (NtVarlinkClient *self,
                              const char *method,
                              JsonObject *parameters,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, nt_varlink_client_call_async);
  start_call (self, task, method, parameters, NULL, NULL);
}

/**
 * nt_varlink_client_call_finish:
 * @error: %NT_VARLINK_ERROR or an error of the stream
 *
 * Returns: (transfer full) (nullable): the parameters of the reply
 */
JsonObject *
nt_varlink_client_call_finish (NtVarlinkClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * nt_varlink_client_stream_async:
 * @method: the full name of a method
 * @parameters: (nullable) (transfer none): its parameters
 * @reply_func: called for each reply except the last one
 * @cancellable: (nullable): stops waiting; the service stops only when the client is closed
 * @callback: called at the end of the stream
 *
 * Calls a method that sends several replies. The connection is occupied until the stream ends.
 */
void
nt_varlink_client_stream_async (NtVarlinkClient *self,
                                const char *method,
                                JsonObject *parameters,
                                NtVarlinkReplyFunc reply_func,
                                gpointer reply_data,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, nt_varlink_client_stream_async);
  start_call (self, task, method, parameters, reply_func, reply_data);
}

/**
 * nt_varlink_client_stream_finish:
 * @error: the reason why the stream ended
 *
 * Returns: (transfer full) (nullable): the parameters of the last reply
 */
JsonObject *
nt_varlink_client_stream_finish (NtVarlinkClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * nt_varlink_client_is_closed:
 *
 * Returns: %TRUE if the connection has ended
 */
gboolean
nt_varlink_client_is_closed (NtVarlinkClient *self)
{
  return self->is_closed;
}

/**
 * nt_varlink_client_close:
 *
 * Closes the connection; pending calls fail with %NT_VARLINK_ERROR_CLOSED.
 */
void
nt_varlink_client_close (NtVarlinkClient *self)
{
  g_autoptr (GError) error = new_closed_error ();

  close_with_error (self, error);
}
