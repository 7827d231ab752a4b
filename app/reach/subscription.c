/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/reach/subscription.h"

#include <glib/gi18n-lib.h>

#include "app/reach/backoff.h"
#include "app/reach/channel.h"
#include "backend/model/base/access-level.h"
#include "backend/model/base/record-json.h"
#include "backend/varlink/wire/error.h"

/* Interval of the keep-alives that the agent is asked for; without one for longer, the connection counts as lost. */
#define HEARTBEAT_S 30
#define SILENCE_SECONDS (2 * HEARTBEAT_S + 15)

struct _NtSubscription
{
  GObject parent_instance;

  NtServerAddress *address;

  NtConnection connection;
  char *message; /* why it is not connected */
  NtState *state;
  gboolean is_read_only; /* as reported by the agent */

  NtChannel *channel;
  GCancellable *cancellable;
  guint n_failures;
  guint retry_source;
  guint silence_source;
};

G_DEFINE_TYPE (NtSubscription, nt_subscription, G_TYPE_OBJECT)

enum
{
  CHANGED,
  EVENTS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void subscribe (NtSubscription *self, NtTransportFlags flags);

static void
emit_changed (NtSubscription *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_state (NtSubscription *self, NtState *state)
{
  g_clear_pointer (&self->state, nt_state_unref);
  self->state = state;
}

static void
set_connection (NtSubscription *self, NtConnection connection, const char *message)
{
  self->connection = connection;
  g_free (self->message);
  self->message = g_strdup (message);
}

static NtConnection
classify (const GError *error)
{
  if (g_error_matches (error, NT_TRANSPORT_ERROR, NT_TRANSPORT_ERROR_HOST_KEY))
    return NT_CONNECTION_HOST_KEY;
  if (g_error_matches (error, NT_TRANSPORT_ERROR, NT_TRANSPORT_ERROR_DENIED))
    return NT_CONNECTION_DENIED;
  if (g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_PERMISSION_DENIED))
    return NT_CONNECTION_NO_ACCESS;
  if (g_error_matches (error, NT_TRANSPORT_ERROR, NT_TRANSPORT_ERROR_NO_AGENT))
    return NT_CONNECTION_NO_AGENT;
  if (g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_NOT_FOUND) ||
      g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_INVALID_PARAMETER))
    return NT_CONNECTION_OLD_AGENT;
  return NT_CONNECTION_UNREACHABLE;
}

static void
clear_sources (NtSubscription *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_handle_id (&self->silence_source, g_source_remove);
}

static gboolean
retry_cb (gpointer user_data)
{
  NtSubscription *self = user_data;

  self->retry_source = 0;
  subscribe (self, NT_TRANSPORT_DEFAULT);
  return G_SOURCE_REMOVE;
}

static char *
describe_error (const GError *error)
{
  if (classify (error) == NT_CONNECTION_OLD_AGENT)
    return g_strdup_printf (_("The agent of this server is too old for this console. %s"), error->message);
  return g_strdup (error->message);
}

/* Errors that need action by the user are not retried. */
static void
fail (NtSubscription *self, const GError *error)
{
  g_autofree char *message = describe_error (error);

  clear_sources (self);
  nt_channel_close (self->channel);
  take_state (self, NULL);
  set_connection (self, classify (error), message);
  if (self->connection != NT_CONNECTION_DENIED && self->connection != NT_CONNECTION_NO_ACCESS &&
      self->connection != NT_CONNECTION_HOST_KEY)
    self->retry_source =
      g_timeout_add (nt_backoff_get_delay (self->n_failures++, g_random_double ()), retry_cb, self);
  emit_changed (self);
}

static gboolean
silence_cb (gpointer user_data)
{
  NtSubscription *self = user_data;
  g_autoptr (GError) error =
    g_error_new_literal (NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED, _("The server does not respond"));

  self->silence_source = 0;
  g_cancellable_cancel (self->cancellable);
  fail (self, error);
  return G_SOURCE_REMOVE;
}

static void
restart_silence_timer (NtSubscription *self)
{
  g_clear_handle_id (&self->silence_source, g_source_remove);
  self->silence_source = g_timeout_add_seconds (SILENCE_SECONDS, silence_cb, self);
}

static void
changes_cb (NtVarlinkClient *client, JsonObject *parameters, gpointer user_data)
{
  NtSubscription *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtChanges) changes =
    nt_record_from_json (&nt_changes_type, parameters, NT_JSON_LENIENT, &error);

  if (changes == NULL)
    {
      g_warning ("Invalid change from the agent: %s", error->message);
      return;
    }
  restart_silence_timer (self);
  if (nt_changes_are_empty (changes))
    return;

  take_state (self, nt_state_patch (self->state, changes));
  set_connection (self, NT_CONNECTION_ONLINE, NULL);
  self->n_failures = 0;
  emit_changed (self);
  if (changes->state != NULL || changes->events->len > 0)
    g_signal_emit (self, signals[EVENTS], 0, changes->events, changes->state != NULL);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GWeakRef *reference = user_data;
  g_autoptr (NtSubscription) self = g_weak_ref_get (reference);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) last = nt_channel_call_finish (NT_CHANNEL (source), result, &error);

  g_weak_ref_clear (reference);
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL)
    error = g_error_new_literal (NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED, _("The agent closed the connection"));
  fail (self, error);
}

/* Pending calls hold a reference to the channel, so it is closed explicitly. */
static void
unsubscribe (NtSubscription *self)
{
  clear_sources (self);
  if (self->channel == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  nt_channel_close (self->channel);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->channel);
}

static GWeakRef *
make_reference (NtSubscription *self)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, self);
  return reference;
}

/* Older agents lack GetAccess. An agent that denies access may still ask the user to authenticate. */
static void
access_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GWeakRef *reference = user_data;
  g_autoptr (NtSubscription) self = g_weak_ref_get (reference);
  g_autoptr (JsonObject) reply = nt_channel_call_finish (NT_CHANNEL (source), result, NULL);
  g_autoptr (NtAccess) access = reply ? nt_record_from_json (&nt_access_type, reply, NT_JSON_LENIENT, NULL) : NULL;

  g_weak_ref_clear (reference);
  if (self != NULL && self->channel == NT_CHANNEL (source))
    self->is_read_only = access != NULL && access->level == NT_ACCESS_READ;
}

/* GetAccess is answered before the first state arrives. */
static void
subscribe (NtSubscription *self, NtTransportFlags flags)
{
  g_autoptr (JsonObject) parameters = json_object_new ();

  unsubscribe (self);
  /* An agent of 0.1 does not know it and refuses, which tells that it is too old. */
  json_object_set_int_member (parameters, "heartbeat_s", HEARTBEAT_S);
  self->cancellable = g_cancellable_new ();
  self->channel = nt_channel_new (self->address, flags);
  nt_channel_call_async (self->channel, VARLINK_INTERFACE ".GetAccess", NULL, NULL, NULL, self->cancellable, access_cb,
                         make_reference (self));
  nt_channel_call_async (self->channel,
                         VARLINK_INTERFACE ".Subscribe",
                         parameters,
                         changes_cb,
                         self,
                         self->cancellable,
                         ended_cb,
                         make_reference (self));
}

static void
nt_subscription_dispose (GObject *object)
{
  unsubscribe (NT_SUBSCRIPTION (object));

  G_OBJECT_CLASS (nt_subscription_parent_class)->dispose (object);
}

static void
nt_subscription_finalize (GObject *object)
{
  NtSubscription *self = NT_SUBSCRIPTION (object);

  g_clear_pointer (&self->state, nt_state_unref);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->address, nt_server_address_free);

  G_OBJECT_CLASS (nt_subscription_parent_class)->finalize (object);
}

static void
nt_subscription_class_init (NtSubscriptionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = nt_subscription_dispose;
  object_class->finalize = nt_subscription_finalize;

  /**
   * NtSubscription::changed:
   *
   * The state or the connection has changed.
   */
  signals[CHANGED] = g_signal_new ("changed",
                                   NT_TYPE_SUBSCRIPTION,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);

  /**
   * NtSubscription::events:
   * @events: (type GPtrArray) (element-type NtEvent): oldest first
   * @is_history: %TRUE for the first emission of a connection, with all events that the agent remembers
   */
  signals[EVENTS] = g_signal_new ("events",
                                  NT_TYPE_SUBSCRIPTION,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  2,
                                  G_TYPE_PTR_ARRAY,
                                  G_TYPE_BOOLEAN);
}

static void
nt_subscription_init (NtSubscription *self)
{
}

/**
 * nt_subscription_new:
 *
 * Returns: (transfer full): a subscription that is not started
 */
NtSubscription *
nt_subscription_new (const NtServerAddress *address)
{
  NtSubscription *self = g_object_new (NT_TYPE_SUBSCRIPTION, NULL);

  self->address = nt_server_address_copy (address);
  return self;
}

/**
 * nt_subscription_start:
 *
 * Subscribes to the state of the server, and reconnects after each failure.
 */
void
nt_subscription_start (NtSubscription *self)
{
  subscribe (self, NT_TRANSPORT_DEFAULT);
}

/**
 * nt_subscription_restart:
 * @may_ask: %TRUE if ssh may prompt for a password
 *
 * Reconnects now.
 */
void
nt_subscription_restart (NtSubscription *self, gboolean may_ask)
{
  self->n_failures = 0;
  take_state (self, NULL);
  set_connection (self, NT_CONNECTION_CONNECTING, NULL);
  emit_changed (self);
  subscribe (self, may_ask ? NT_TRANSPORT_INTERACTIVE : NT_TRANSPORT_DEFAULT);
}

/**
 * nt_subscription_stop:
 *
 * Closes the connection and does not reconnect.
 */
void
nt_subscription_stop (NtSubscription *self)
{
  unsubscribe (self);
}

NtConnection
nt_subscription_get_connection (NtSubscription *self)
{
  return self->connection;
}

/**
 * nt_subscription_get_message:
 *
 * Returns: (nullable): the reason why the server is not connected, and a remedy
 */
const char *
nt_subscription_get_message (NtSubscription *self)
{
  return self->message;
}

/**
 * nt_subscription_is_read_only:
 *
 * Returns: %TRUE if this user is known to have read-only access
 */
gboolean
nt_subscription_is_read_only (NtSubscription *self)
{
  return self->is_read_only;
}

/**
 * nt_subscription_get_state:
 *
 * Returns: (nullable) (transfer none): the state, valid until the next change; %NULL unless connected
 */
const NtState *
nt_subscription_get_state (NtSubscription *self)
{
  return self->state;
}
