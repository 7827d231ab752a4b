/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/reach/channel.h"

#include "backend/varlink/wire/error.h"

struct _NtChannel
{
  GObject parent_instance;

  NtServerAddress *address;
  NtTransportFlags flags;
  GCancellable *cancellable;
  NtTransport *transport; /* NULL exactly if @client is */
  NtVarlinkClient *client;
  GPtrArray *waiting; /* of GTask: calls made while the transport opens */
};

G_DEFINE_TYPE (NtChannel, nt_channel, G_TYPE_OBJECT)

/* A call in progress. */
typedef struct
{
  char *method;
  JsonObject *parameters;
  NtVarlinkReplyFunc reply_func;
  gpointer reply_data;
  GError *error; /* reported unless the diagnosis finds a better one */
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->method);
  g_clear_pointer (&call->parameters, json_object_unref);
  g_clear_error (&call->error);
  g_free (call);
}

static void
diagnosed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (nt_transport_diagnose_finish (NT_TRANSPORT (source), result, &error))
    error = g_steal_pointer (&call->error);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  NtChannel *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  JsonObject *reply = nt_varlink_client_call_finish (NT_VARLINK_CLIENT (source), result, &call->error);

  if (reply != NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) json_object_unref);
  else if (g_error_matches (call->error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED) && self->transport != NULL)
    nt_transport_diagnose_async (self->transport, NULL, diagnosed_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&call->error));
}

static void
start_call (NtChannel *self, GTask *task)
{
  Call *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (call->reply_func != NULL)
    nt_varlink_client_stream_async (self->client,
                                    call->method,
                                    call->parameters,
                                    call->reply_func,
                                    call->reply_data,
                                    cancellable,
                                    answered_cb,
                                    g_object_ref (task));
  else
    nt_varlink_client_call_async (self->client,
                                  call->method,
                                  call->parameters,
                                  cancellable,
                                  answered_cb,
                                  g_object_ref (task));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtChannel) self = user_data;
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);
  g_autoptr (GError) error = NULL;

  self->transport = nt_transport_open_finish (result, &error);
  if (self->transport != NULL)
    self->client = nt_varlink_client_new (nt_transport_get_stream (self->transport));
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        start_call (self, task);
    }
}

static void
open_transport (NtChannel *self, GTask *task)
{
  if (self->waiting == NULL)
    {
      self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
      nt_transport_open_async (self->address, self->flags, self->cancellable, opened_cb, g_object_ref (self));
    }
  g_ptr_array_add (self->waiting, g_object_ref (task));
}

static void
close_connection (NtChannel *self)
{
  g_autoptr (NtVarlinkClient) client = g_steal_pointer (&self->client);

  if (client != NULL)
    nt_varlink_client_close (client);
  g_clear_object (&self->transport);
}

static void
nt_channel_dispose (GObject *object)
{
  nt_channel_close (NT_CHANNEL (object));

  G_OBJECT_CLASS (nt_channel_parent_class)->dispose (object);
}

static void
nt_channel_finalize (GObject *object)
{
  NtChannel *self = NT_CHANNEL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->address, nt_server_address_free);

  G_OBJECT_CLASS (nt_channel_parent_class)->finalize (object);
}

static void
nt_channel_class_init (NtChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = nt_channel_dispose;
  object_class->finalize = nt_channel_finalize;
}

static void
nt_channel_init (NtChannel *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * nt_channel_new:
 * @flags: for opening the transport
 *
 * Returns: (transfer full): a connection that is opened by the first call, and reopened by the first call after it was
 *   lost
 */
NtChannel *
nt_channel_new (const NtServerAddress *address, NtTransportFlags flags)
{
  NtChannel *self = g_object_new (NT_TYPE_CHANNEL, NULL);

  self->address = nt_server_address_copy (address);
  self->flags = flags;
  return self;
}

/**
 * nt_channel_call_async:
 * @method: the full name of a method
 * @parameters: (nullable) (transfer none): of @method
 * @reply_func: (nullable): requests more than one reply; called for each but the last
 * @cancellable: (nullable):
 * @callback: called for the last reply
 *
 * Calls a method of the agent.
 */
void
nt_channel_call_async (NtChannel *self,
                       const char *method,
                       JsonObject *parameters,
                       NtVarlinkReplyFunc reply_func,
                       gpointer reply_data,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->method = g_strdup (method);
  call->parameters = parameters ? json_object_ref (parameters) : NULL;
  call->reply_func = reply_func;
  call->reply_data = reply_data;
  g_task_set_source_tag (task, nt_channel_call_async);
  g_task_set_task_data (task, call, call_free);

  if (self->client != NULL && nt_varlink_client_is_closed (self->client))
    close_connection (self);
  if (self->client == NULL)
    open_transport (self, task);
  else
    start_call (self, task);
}

/**
 * nt_channel_call_finish:
 * @error: %NT_TRANSPORT_ERROR if the server is not reachable, %NT_VARLINK_ERROR for an error reply
 *
 * Returns: (transfer full) (nullable): the parameters of the last reply
 */
JsonObject *
nt_channel_call_finish (NtChannel *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * nt_channel_close:
 *
 * Ends the connection; pending calls fail.
 */
void
nt_channel_close (NtChannel *self)
{
  g_cancellable_cancel (self->cancellable);
  close_connection (self);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}
