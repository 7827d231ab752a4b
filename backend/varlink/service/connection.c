/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/service/connection.h"

#include "backend/varlink/service/call-private.h"
#include "backend/varlink/wire/frame-reader.h"
#include "backend/varlink/wire/frame-writer.h"
#include "backend/varlink/wire/limits.h"

struct _NtVarlinkConnection
{
  GObject parent_instance;

  /* borrowed */
  const NtVarlinkConnectionFuncs *funcs; /* NULL once closed */
  gpointer user_data;

  /* owned */
  GIOStream *stream;
  GCredentials *credentials;
  GCancellable *cancellable;
  NtFrameReader *reader;
  NtFrameWriter *writer;
  GQueue waiting; /* of NtVarlinkCall */
  gsize waiting_size; /* bytes in them */
  gint64 connected_at; /* microseconds on the monotonic clock */
  NtVarlinkCall *current;

  gboolean is_reading;
  gboolean is_at_end;
  gboolean is_dispatching;
};

G_DEFINE_TYPE (NtVarlinkConnection, nt_varlink_connection, G_TYPE_OBJECT)

static void read_next (NtVarlinkConnection *self);

static gboolean
is_idle (NtVarlinkConnection *self)
{
  return self->current == NULL && g_queue_is_empty (&self->waiting) &&
         nt_frame_writer_get_pending (self->writer) == 0;
}

/* No further calls are dispatched to a client that does not read its replies. */
static gboolean
may_dispatch (NtVarlinkConnection *self)
{
  return self->funcs != NULL && self->current == NULL && !g_queue_is_empty (&self->waiting) &&
         nt_frame_writer_get_pending (self->writer) < NT_LIMIT_OUTPUT_PAUSE_BYTES;
}

/* Calls that are not read remain in the socket, which slows the client down. */
static gboolean
may_read (NtVarlinkConnection *self)
{
  return !self->is_at_end && !self->is_reading && g_queue_get_length (&self->waiting) < NT_LIMIT_WAITING_CALLS &&
         self->waiting_size < NT_LIMIT_WAITING_BYTES;
}

/* A loop rather than recursion: methods may answer immediately, a thousand times in a row. */
static void
dispatch_waiting (NtVarlinkConnection *self)
{
  if (self->is_dispatching)
    return;

  self->is_dispatching = TRUE;
  while (may_dispatch (self))
    {
      g_autoptr (NtVarlinkCall) call = g_queue_pop_head (&self->waiting);

      self->waiting_size -= nt_varlink_call_get_size (call);
      g_set_object (&self->current, call);
      self->funcs->dispatch (call, self->user_data);
    }
  self->is_dispatching = FALSE;
}

/* Continues with everything that is possible now. */
static void
proceed (NtVarlinkConnection *self)
{
  g_autoptr (NtVarlinkConnection) alive = g_object_ref (self);

  dispatch_waiting (self);
  if (self->funcs == NULL)
    return;

  /* A client that has shut down its sending side still receives the replies to its calls; only endless streams have to
   * be abandoned. */
  if (self->is_at_end && (is_idle (self) || (self->current && nt_varlink_call_wants_more (self->current))))
    nt_varlink_connection_close (self);
  else if (may_read (self))
    read_next (self);
}

static void
transport_send (gpointer connection, GBytes *frame, gboolean is_last)
{
  NtVarlinkConnection *self = connection;
  g_autoptr (NtVarlinkConnection) alive = g_object_ref (self);

  if (frame != NULL && !nt_frame_writer_write (self->writer, frame))
    {
      g_info ("Disconnected a client that reads too slowly");
      nt_varlink_connection_close (self);
      return;
    }
  if (!is_last)
    return;

  g_clear_object (&self->current);
  proceed (self);
}

static gsize
transport_get_pending (gpointer connection)
{
  NtVarlinkConnection *self = connection;

  return nt_frame_writer_get_pending (self->writer);
}

static GCredentials *
transport_get_credentials (gpointer connection)
{
  NtVarlinkConnection *self = connection;

  return self->credentials;
}

static GSocket *
transport_get_socket (gpointer connection)
{
  NtVarlinkConnection *self = connection;

  return G_IS_SOCKET_CONNECTION (self->stream) ? g_socket_connection_get_socket (G_SOCKET_CONNECTION (self->stream)) : NULL;
}

static gint64
transport_get_connected_at (gpointer connection)
{
  NtVarlinkConnection *self = connection;

  return self->connected_at;
}

static const NtVarlinkCallTransport transport = {
  transport_send,
  transport_get_pending,
  transport_get_credentials,
  transport_get_socket,
  transport_get_connected_at,
};

static gboolean
accept_frame (NtVarlinkConnection *self, GBytes *frame, GError **error)
{
  NtVarlinkCallMessage *message = nt_varlink_call_message_parse (frame, error);

  if (message == NULL)
    return FALSE;
  self->waiting_size += message->size;
  g_queue_push_tail (&self->waiting, nt_varlink_call_new (message, &transport, self));
  return TRUE;
}

static void
nt_varlink_connection_finalize (GObject *object)
{
  NtVarlinkConnection *self = NT_VARLINK_CONNECTION (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->credentials);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reader);
  g_clear_object (&self->writer);

  G_OBJECT_CLASS (nt_varlink_connection_parent_class)->finalize (object);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtVarlinkConnection) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) frame = nt_frame_reader_read_finish (NT_FRAME_READER (source), result, &error);

  self->is_reading = FALSE;
  if (self->funcs == NULL)
    return;

  if (error == NULL && frame == NULL)
    self->is_at_end = TRUE;
  else if (error != NULL || !accept_frame (self, frame, &error))
    {
      g_info ("Disconnected a client: %s", error->message);
      nt_varlink_connection_close (self);
      return;
    }
  proceed (self);
}

static void
read_next (NtVarlinkConnection *self)
{
  self->is_reading = TRUE;
  nt_frame_reader_read_async (self->reader, self->cancellable, read_cb, g_object_ref (self));
}

static void
drained_cb (NtVarlinkConnection *self)
{
  if (self->funcs == NULL)
    return;
  if (self->current != NULL)
    {
      g_autoptr (NtVarlinkCall) call = g_object_ref (self->current);

      nt_varlink_call_emit_drained (call);
    }
  proceed (self);
}

static void
failed_cb (NtVarlinkConnection *self, GError *error)
{
  g_info ("Disconnected a client: %s", error->message);
  nt_varlink_connection_close (self);
}

static void
nt_varlink_connection_class_init (NtVarlinkConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_varlink_connection_finalize;
}

static void
nt_varlink_connection_init (NtVarlinkConnection *self)
{
  g_queue_init (&self->waiting);
  self->cancellable = g_cancellable_new ();
}

/**
 * nt_varlink_connection_new:
 * @stream: a stream to a client
 * @funcs: static
 * @user_data: for @funcs; must outlive the connection or close it
 *
 * Returns: (transfer full): a connection that does not read yet
 */
NtVarlinkConnection *
nt_varlink_connection_new (GIOStream *stream, const NtVarlinkConnectionFuncs *funcs, gpointer user_data)
{
  NtVarlinkConnection *self = g_object_new (NT_TYPE_VARLINK_CONNECTION, NULL);

  self->funcs = funcs;
  self->user_data = user_data;
  self->connected_at = g_get_monotonic_time ();
  self->stream = g_object_ref (stream);
  self->reader = nt_frame_reader_new (g_io_stream_get_input_stream (stream), NT_LIMIT_CALL_BYTES);
  self->writer = nt_frame_writer_new (g_io_stream_get_output_stream (stream), NT_LIMIT_OUTPUT_DROP_BYTES);
  if (G_IS_SOCKET_CONNECTION (stream))
    self->credentials =
      g_socket_get_credentials (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)), NULL);

  g_signal_connect_swapped (self->writer, "drained", G_CALLBACK (drained_cb), self);
  g_signal_connect_swapped (self->writer, "failed", G_CALLBACK (failed_cb), self);
  return self;
}

/**
 * nt_varlink_connection_get_uid:
 *
 * Returns: the user id of the peer; -1 if the kernel does not know it
 */
gint64
nt_varlink_connection_get_uid (NtVarlinkConnection *self)
{
  return self->credentials ? (gint64) g_credentials_get_unix_user (self->credentials, NULL) : -1;
}

/**
 * nt_varlink_connection_start:
 *
 * Starts reading.
 */
void
nt_varlink_connection_start (NtVarlinkConnection *self)
{
  read_next (self);
}

/**
 * nt_varlink_connection_close:
 *
 * Closes the connection and notifies the handlers of its calls.
 */
void
nt_varlink_connection_close (NtVarlinkConnection *self)
{
  g_autoptr (NtVarlinkConnection) alive = g_object_ref (self);
  g_autoptr (NtVarlinkCall) current = g_steal_pointer (&self->current);
  const NtVarlinkConnectionFuncs *funcs = g_steal_pointer (&self->funcs);

  if (funcs == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->writer, self);
  nt_frame_writer_stop (self->writer);
  g_cancellable_cancel (self->cancellable);
  g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_queue_clear_full (&self->waiting, g_object_unref);
  if (current != NULL)
    nt_varlink_call_close (current);
  funcs->closed (self, self->user_data);
}
