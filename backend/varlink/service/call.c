/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/record-json.h"
#include "backend/varlink/service/call-private.h"
#include "backend/varlink/wire/error.h"

struct _NtVarlinkCall
{
  GObject parent_instance;

  /* borrowed */
  const NtVarlinkCallTransport *transport;
  gpointer connection; /* NULL once closed */
  NtVarlinkMethodFunc handler;
  gpointer handler_data;

  /* owned */
  NtVarlinkCallMessage *message;
  gboolean is_answered;
};

G_DEFINE_TYPE (NtVarlinkCall, nt_varlink_call, G_TYPE_OBJECT)

enum
{
  CLOSED,
  DRAINED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
send_reply (NtVarlinkCall *self, const char *error, JsonObject *parameters, gboolean continues)
{
  g_autoptr (GBytes) frame = NULL;

  g_return_if_fail (!self->is_answered);

  self->is_answered = !continues;
  if (self->connection == NULL)
    return;
  if (!(self->message->flags & NT_VARLINK_CALL_ONEWAY))
    frame = nt_varlink_reply_message_build (error, parameters, continues);
  self->transport->send (self->connection, frame, !continues);
}

static void
nt_varlink_call_finalize (GObject *object)
{
  NtVarlinkCall *self = NT_VARLINK_CALL (object);

  g_clear_pointer (&self->message, nt_varlink_call_message_free);

  G_OBJECT_CLASS (nt_varlink_call_parent_class)->finalize (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, NT_TYPE_VARLINK_CALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_varlink_call_class_init (NtVarlinkCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_varlink_call_finalize;

  /**
   * NtVarlinkCall::closed:
   *
   * The client has disconnected; further replies are discarded.
   */
  signals[CLOSED] = add_signal ("closed");

  /**
   * NtVarlinkCall::drained:
   *
   * All replies so far have been written. A streaming handler should wait for this before its next reply, see
   * nt_varlink_call_get_pending().
   */
  signals[DRAINED] = add_signal ("drained");
}

static void
nt_varlink_call_init (NtVarlinkCall *self)
{
}

/**
 * nt_varlink_call_new:
 * @message: (transfer full): the received message
 * @transport: functions for answering
 * @connection: data for @transport; must outlive the call or close it
 *
 * Returns: (transfer full): an unanswered call
 */
NtVarlinkCall *
nt_varlink_call_new (NtVarlinkCallMessage *message,
                     const NtVarlinkCallTransport *transport,
                     gpointer connection)
{
  NtVarlinkCall *self = g_object_new (NT_TYPE_VARLINK_CALL, NULL);

  self->message = message;
  self->transport = transport;
  self->connection = connection;
  return self;
}

/**
 * nt_varlink_call_get_size:
 *
 * Returns: the size of the message in bytes
 */
gsize
nt_varlink_call_get_size (NtVarlinkCall *self)
{
  return self->message->size;
}

/**
 * nt_varlink_call_get_invalid_field:
 *
 * Returns: (nullable): the parameter that could not be read
 */
const char *
nt_varlink_call_get_invalid_field (NtVarlinkCall *self)
{
  return self->message->invalid_field;
}

/**
 * nt_varlink_call_get_flags:
 *
 * Returns: the kind of reply that the client expects
 */
NtVarlinkCallFlags
nt_varlink_call_get_flags (NtVarlinkCall *self)
{
  return self->message->flags;
}

/**
 * nt_varlink_call_set_handler:
 * @func: runs once the call is admitted
 * @user_data: for @func
 */
void
nt_varlink_call_set_handler (NtVarlinkCall *self, NtVarlinkMethodFunc func, gpointer user_data)
{
  self->handler = func;
  self->handler_data = user_data;
}

/**
 * nt_varlink_call_close:
 *
 * Notifies the handler that the client has disconnected.
 */
void
nt_varlink_call_close (NtVarlinkCall *self)
{
  self->connection = NULL;
  g_signal_emit (self, signals[CLOSED], 0);
}

/**
 * nt_varlink_call_emit_drained:
 *
 * Notifies the handler that all output has been written.
 */
void
nt_varlink_call_emit_drained (NtVarlinkCall *self)
{
  g_signal_emit (self, signals[DRAINED], 0);
}

/**
 * nt_varlink_call_get_method:
 *
 * Returns: the full name of the method, including its interface
 */
const char *
nt_varlink_call_get_method (NtVarlinkCall *self)
{
  return self->message->method;
}

/**
 * nt_varlink_call_get_parameters:
 *
 * Returns: (transfer none): the parameters, never %NULL
 */
JsonObject *
nt_varlink_call_get_parameters (NtVarlinkCall *self)
{
  return self->message->parameters;
}

/**
 * nt_varlink_call_wants_more:
 *
 * Returns: %TRUE if nt_varlink_call_reply_continues() is allowed
 */
gboolean
nt_varlink_call_wants_more (NtVarlinkCall *self)
{
  return (self->message->flags & NT_VARLINK_CALL_MORE) != 0;
}

/**
 * nt_varlink_call_is_closed:
 *
 * Returns: %TRUE if the client has disconnected
 */
gboolean
nt_varlink_call_is_closed (NtVarlinkCall *self)
{
  return self->connection == NULL;
}

/**
 * nt_varlink_call_get_connected_at:
 *
 * Returns: the time at which the connection was established, in microseconds on the monotonic clock; 0 after it closed
 */
gint64
nt_varlink_call_get_connected_at (NtVarlinkCall *self)
{
  return self->connection ? self->transport->get_connected_at (self->connection) : 0;
}

/**
 * nt_varlink_call_get_user_data:
 * @self: a call that has been dispatched to its method
 *
 * Returns: the user data of the interface
 */
gpointer
nt_varlink_call_get_user_data (NtVarlinkCall *self)
{
  return self->handler_data;
}

/**
 * nt_varlink_call_get_credentials:
 *
 * Returns: (nullable) (transfer none): the credentials of the caller, if the kernel knows them
 */
GCredentials *
nt_varlink_call_get_credentials (NtVarlinkCall *self)
{
  return self->connection ? self->transport->get_credentials (self->connection) : NULL;
}

/**
 * nt_varlink_call_get_socket:
 *
 * Returns: (nullable) (transfer none): the socket of the connection, for querying its peer; %NULL after the client has
 *   disconnected, or if the stream is not a socket
 */
GSocket *
nt_varlink_call_get_socket (NtVarlinkCall *self)
{
  return self->connection ? self->transport->get_socket (self->connection) : NULL;
}

/**
 * nt_varlink_call_get_pending:
 *
 * While this is not zero, a streaming handler should hold back its next reply and merge further changes into it: a
 * client that reads too slowly is disconnected.
 *
 * Returns: the number of bytes that wait to be written
 */
gsize
nt_varlink_call_get_pending (NtVarlinkCall *self)
{
  return self->connection ? self->transport->get_pending (self->connection) : 0;
}

/**
 * nt_varlink_call_read:
 * @type: the record type of the method's parameters
 *
 * Reads the parameters. On failure, the call is answered with the name of the invalid field.
 *
 * Returns: (transfer full) (nullable): a record of @type; %NULL if the call has been answered
 */
gpointer
nt_varlink_call_read (NtVarlinkCall *self, const NtRecordType *type)
{
  g_autoptr (GError) error = NULL;
  gpointer record = nt_record_from_json (type, self->message->parameters, NT_JSON_STRICT, &error);

  if (record == NULL)
    nt_varlink_call_reply_invalid_parameter (self, error->message);
  return record;
}

/**
 * nt_varlink_call_admit:
 * @self: a call that was passed to the gate of its service
 *
 * Dispatches the call to its method.
 */
void
nt_varlink_call_admit (NtVarlinkCall *self)
{
  g_return_if_fail (self->handler != NULL);

  if (self->connection != NULL)
    self->handler (self, self->handler_data);
}

/**
 * nt_varlink_call_reply:
 * @parameters: (nullable) (transfer none): the parameters of the reply
 *
 * Sends the only or last reply.
 */
void
nt_varlink_call_reply (NtVarlinkCall *self, JsonObject *parameters)
{
  send_reply (self, NULL, parameters, FALSE);
}

/**
 * nt_varlink_call_reply_continues:
 * @self: a call with the flag `more`
 * @parameters: (nullable) (transfer none): the parameters of the reply
 *
 * Sends a reply that will be followed by another one.
 */
void
nt_varlink_call_reply_continues (NtVarlinkCall *self, JsonObject *parameters)
{
  g_return_if_fail (nt_varlink_call_wants_more (self));

  send_reply (self, NULL, parameters, TRUE);
}

/**
 * nt_varlink_call_reply_error:
 * @name: the full name of the error
 * @parameters: (nullable) (transfer none): its parameters
 *
 * Sends an error as the last reply.
 */
void
nt_varlink_call_reply_error (NtVarlinkCall *self, const char *name, JsonObject *parameters)
{
  send_reply (self, name, parameters, FALSE);
}

/**
 * nt_varlink_call_reply_error_string:
 * @name: the full name of the error
 * @member: the name of its only parameter
 * @value: the value of that parameter
 *
 * Sends an error as the last reply.
 */
void
nt_varlink_call_reply_error_string (NtVarlinkCall *self,
                                    const char *name,
                                    const char *member,
                                    const char *value)
{
  g_autoptr (JsonObject) parameters = json_object_new ();

  json_object_set_string_member (parameters, member, value);
  send_reply (self, name, parameters, FALSE);
}

/**
 * nt_varlink_call_reply_invalid_parameter:
 * @field: the path of the invalid parameter
 *
 * Sends org.varlink.service.InvalidParameter as the last reply.
 */
void
nt_varlink_call_reply_invalid_parameter (NtVarlinkCall *self, const char *field)
{
  nt_varlink_call_reply_error_string (self, NT_VARLINK_INVALID_PARAMETER, "parameter", field);
}
