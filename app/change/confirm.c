/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/confirm.h"

#include <glib/gi18n-lib.h>

#include "backend/varlink/wire/error.h"

#define RETRY_MS 500

/* A confirmation in progress. */
typedef struct
{
  NtServerAddress *address;
  NtPending *pending;
  NtTransportFlags flags;
  gint64 deadline; /* microseconds on the monotonic clock */
  NtChannel *channel;
} Confirm;

static void try (GTask *task);

static void
confirm_free (gpointer data)
{
  Confirm *self = data;

  if (self->channel != NULL)
    nt_channel_close (self->channel);
  g_clear_object (&self->channel);
  nt_server_address_free (self->address);
  nt_pending_unref (self->pending);
  g_free (self);
}

static gboolean
retry_cb (gpointer user_data)
{
  try (user_data);
  return G_SOURCE_REMOVE;
}

/* The network may need a moment after a change, but a refusal is final. */
static gboolean
is_temporary (const Confirm *self, const GError *error)
{
  return (g_error_matches (error, NT_TRANSPORT_ERROR, NT_TRANSPORT_ERROR_UNREACHABLE) ||
          g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED)) &&
         g_get_monotonic_time () < self->deadline;
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Confirm *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) reply = nt_channel_call_finish (NT_CHANNEL (source), result, &error);

  nt_channel_close (self->channel);
  g_clear_object (&self->channel);
  if (reply != NULL)
    g_task_return_boolean (task, TRUE);
  else if (is_temporary (self, error))
    g_timeout_add (RETRY_MS, retry_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
try (GTask *task)
{
  Confirm *self = g_task_get_task_data (task);
  g_autoptr (JsonObject) parameters = json_object_new ();

  json_object_set_string_member (parameters, "id", self->pending->id);
  self->channel = nt_channel_new (self->address, self->flags | NT_TRANSPORT_FRESH);
  nt_channel_call_async (self->channel, VARLINK_INTERFACE ".Confirm", parameters, NULL, NULL,
                         g_task_get_cancellable (task), confirmed_cb, task);
}

/**
 * nt_confirm_async:
 * @pending: the change to confirm
 * @flags: whether ssh may prompt
 * @cancellable: (nullable):
 *
 * Confirms a change over a new connection, which proves that the server is still reachable. Retries until the deadline
 * of the agent.
 */
void
nt_confirm_async (const NtServerAddress *address,
                  const NtPending *pending,
                  NtTransportFlags flags,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Confirm *self = g_new0 (Confirm, 1);

  self->address = nt_server_address_copy (address);
  self->pending = nt_pending_ref (pending);
  self->flags = flags;
  self->deadline = g_get_monotonic_time () + pending->remaining_s * G_USEC_PER_SEC;
  g_task_set_source_tag (task, nt_confirm_async);
  g_task_set_task_data (task, self, confirm_free);
  try (task);
}

/**
 * nt_confirm_finish:
 * @error: the agent rolls the change back in this case
 *
 * Returns: %TRUE if the change was confirmed
 */
gboolean
nt_confirm_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
