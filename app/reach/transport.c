/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/reach/transport.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

#include "app/reach/ssh.h"

/* Number of bytes kept of the standard error of ssh */
#define MAX_WORDS 4096

struct _NtTransport
{
  GObject parent_instance;

  NtServerAddress *address;
  GIOStream *stream;
  GSubprocess *subprocess; /* NULL for a unix socket */
  GString *words;
  char buffer[1024];
  gboolean is_finished; /* ssh has ended and its messages were read */
  GPtrArray *diagnoses; /* of GTask: waiting for is_finished */
};

G_DEFINE_TYPE (NtTransport, nt_transport, G_TYPE_OBJECT)

static void read_words (NtTransport *self);

static void
return_diagnosis (NtTransport *self, GTask *task)
{
  GError *error = NULL;
  int status = 0;

  if (g_subprocess_get_if_exited (self->subprocess))
    status = g_subprocess_get_exit_status (self->subprocess);
  nt_ssh_set_error (&error, self->address->target, status, self->words->str);
  g_task_return_error (task, error);
}

static void
set_finished (NtTransport *self)
{
  g_autoptr (GPtrArray) diagnoses = g_steal_pointer (&self->diagnoses);

  self->is_finished = TRUE;
  self->diagnoses = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < diagnoses->len; i++)
    return_diagnosis (self, g_ptr_array_index (diagnoses, i));
}

static void
set_socket_error (GError **error, const char *path, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error,
                 NT_TRANSPORT_ERROR,
                 NT_TRANSPORT_ERROR_DENIED,
                 _("Access to the agent of this machine was denied. Join the group “nicteam” (%s)"),
                 path);
  else
    g_set_error (error,
                 NT_TRANSPORT_ERROR,
                 NT_TRANSPORT_ERROR_NO_AGENT,
                 _("No agent responds at %s. Install nicteam-agent and start its service (%s)"),
                 path,
                 cause->message);
}

static void
nt_transport_finalize (GObject *object)
{
  NtTransport *self = NT_TRANSPORT (object);

  if (self->subprocess != NULL)
    g_subprocess_send_signal (self->subprocess, SIGTERM);
  g_clear_object (&self->subprocess);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->address, nt_server_address_free);
  g_clear_pointer (&self->diagnoses, g_ptr_array_unref);
  g_string_free (self->words, TRUE);

  G_OBJECT_CLASS (nt_transport_parent_class)->finalize (object);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  NtTransport *self = g_task_get_task_data (task);
  g_autoptr (GError) cause = NULL;
  GError *error = NULL;

  self->stream =
    G_IO_STREAM (g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &cause));
  if (self->stream != NULL)
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
  else if (!g_task_return_error_if_cancelled (task))
    {
      set_socket_error (&error, self->address->target, cause);
      g_task_return_error (task, error);
    }
}

static void
exited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtTransport) self = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  set_finished (self);
}

/* Standard error is read to its end, even beyond the limit, since ssh would block on a full pipe. */
static void
read_words_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GWeakRef *reference = user_data;
  g_autoptr (NtTransport) self = g_weak_ref_get (reference);
  gssize size = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  g_weak_ref_clear (reference);
  if (self == NULL)
    return;
  if (size <= 0)
    {
      g_subprocess_wait_async (self->subprocess, NULL, exited_cb, g_object_ref (self));
      return;
    }
  if (self->words->len < MAX_WORDS)
    g_string_append_len (self->words, self->buffer, size);
  read_words (self);
}

static void
read_words (NtTransport *self)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, self);
  g_input_stream_read_async (g_subprocess_get_stderr_pipe (self->subprocess),
                             self->buffer,
                             sizeof self->buffer,
                             G_PRIORITY_DEFAULT,
                             NULL,
                             read_words_cb,
                             reference);
}

static void
nt_transport_class_init (NtTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_transport_finalize;
}

static void
nt_transport_init (NtTransport *self)
{
  self->words = g_string_new (NULL);
  self->diagnoses = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
open_unix (NtTransport *self, GTask *task)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->address->target);

  g_socket_client_connect_async (client,
                                 G_SOCKET_CONNECTABLE (address),
                                 g_task_get_cancellable (task),
                                 connected_cb,
                                 g_object_ref (task));
}

static void
open_ssh (NtTransport *self, NtTransportFlags flags, GTask *task)
{
  g_autoptr (GError) error = NULL;

  self->subprocess = nt_ssh_spawn (self->address->target, flags, &self->stream, &error);
  if (self->subprocess == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  read_words (self);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/**
 * nt_transport_open_async:
 * @cancellable: (nullable):
 *
 * Opens a connection to the agent of a server. Over ssh this succeeds at once; errors appear later on the stream.
 */
void
nt_transport_open_async (const NtServerAddress *address,
                         NtTransportFlags flags,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  NtTransport *self = g_object_new (NT_TYPE_TRANSPORT, NULL);

  self->address = nt_server_address_copy (address);
  g_task_set_source_tag (task, nt_transport_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  if (address->kind == NT_ADDRESS_UNIX)
    open_unix (self, task);
  else
    open_ssh (self, flags, task);
}

/**
 * nt_transport_open_finish:
 * @error: %NT_TRANSPORT_ERROR
 *
 * Returns: (transfer full) (nullable): the connection, which is closed with its last reference
 */
NtTransport *
nt_transport_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * nt_transport_get_stream:
 *
 * Returns: (transfer none): the stream to the agent
 */
GIOStream *
nt_transport_get_stream (NtTransport *self)
{
  return self->stream;
}

/**
 * nt_transport_diagnose_async:
 * @self: a transport whose stream has ended
 * @cancellable: (nullable):
 *
 * Determines from the messages of ssh why the stream has ended.
 */
void
nt_transport_diagnose_async (NtTransport *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, nt_transport_diagnose_async);
  if (self->subprocess == NULL)
    g_task_return_boolean (task, TRUE);
  else if (self->is_finished)
    return_diagnosis (self, task);
  else
    {
      g_ptr_array_add (self->diagnoses, task);
      return;
    }
  g_object_unref (task);
}

/**
 * nt_transport_diagnose_finish:
 * @error: %NT_TRANSPORT_ERROR
 *
 * Returns: %TRUE if no reason is known
 */
gboolean
nt_transport_diagnose_finish (NtTransport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
