/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server.h"

#include <glib/gi18n-lib.h>

#include "backoff.h"
#include "channel.h"
#include "varlink/error.h"

/* The agent gives a sign of life each 30 s; after this long in silence it is given up. */
#define SILENCE_SECONDS 75

struct _NtServer
{
  GObject parent_instance;

  char *name;
  NtServerAddress *address;

  NtConnection connection;
  char *message; /* why it is not online */
  NtState *state;
  NtHealth told_health; /* of which others know */

  NtChannel *subscription;
  NtChannel *calls;
  GCancellable *cancellable; /* of the subscription */
  guint n_failures;
  guint retry_source;
  guint silence_source;
};

G_DEFINE_TYPE (NtServer, nt_server, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_ADDRESS,
  PROP_HEALTH,
  PROP_STATUS_TEXT,
  PROP_MESSAGE,
  PROP_SERVER_TYPE,
  PROP_OPERATING_SYSTEM,
  PROP_N_TEAMS,
  N_PROPERTIES,
};

enum
{
  STATE_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void subscribe (NtServer *self, NtTransportFlags flags);

static void
notify_all (NtServer *self)
{
  NtHealth health = nt_server_get_health (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (health != self->told_health)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEALTH]);
  self->told_health = health;
  for (guint i = PROP_HEALTH + 1; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
take_state (NtServer *self, NtState *state)
{
  g_clear_pointer (&self->state, nt_state_unref);
  self->state = state;
}

static void
set_connection (NtServer *self, NtConnection connection, const char *message)
{
  self->connection = connection;
  g_free (self->message);
  self->message = g_strdup (message);
}

static NtConnection
judge_error (const GError *error)
{
  if (g_error_matches (error, NT_TRANSPORT_ERROR, NT_TRANSPORT_ERROR_DENIED) ||
      g_error_matches (error, NT_TRANSPORT_ERROR, NT_TRANSPORT_ERROR_HOST_KEY) ||
      g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_PERMISSION_DENIED))
    return NT_CONNECTION_DENIED;
  if (g_error_matches (error, NT_TRANSPORT_ERROR, NT_TRANSPORT_ERROR_NO_AGENT) ||
      g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_NOT_FOUND) ||
      g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_INVALID_PARAMETER))
    return NT_CONNECTION_NO_AGENT;
  return NT_CONNECTION_UNREACHABLE;
}

static void
clear_sources (NtServer *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_handle_id (&self->silence_source, g_source_remove);
}

static gboolean
retry_cb (gpointer user_data)
{
  NtServer *self = user_data;

  self->retry_source = 0;
  subscribe (self, NT_TRANSPORT_DEFAULT);
  return G_SOURCE_REMOVE;
}

/* What needs a person's hand is not tried again without one. */
static void
fail (NtServer *self, const GError *error)
{
  clear_sources (self);
  nt_channel_close (self->subscription);
  take_state (self, NULL);
  set_connection (self, judge_error (error), error->message);
  if (self->connection != NT_CONNECTION_DENIED)
    self->retry_source =
      g_timeout_add (nt_backoff_get_delay (self->n_failures++, g_random_double ()), retry_cb, self);
  notify_all (self);
}

static gboolean
silence_cb (gpointer user_data)
{
  NtServer *self = user_data;
  g_autoptr (GError) error =
    g_error_new_literal (NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED, _("The server has gone silent"));

  self->silence_source = 0;
  g_cancellable_cancel (self->cancellable);
  fail (self, error);
  return G_SOURCE_REMOVE;
}

static void
await_sign_of_life (NtServer *self)
{
  g_clear_handle_id (&self->silence_source, g_source_remove);
  self->silence_source = g_timeout_add_seconds (SILENCE_SECONDS, silence_cb, self);
}

static void
changes_cb (NtVarlinkClient *client, JsonObject *parameters, gpointer user_data)
{
  NtServer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtChanges) changes =
    nt_record_from_json (&nt_changes_type, parameters, NT_JSON_LENIENT, &error);

  if (changes == NULL)
    {
      g_warning ("%s: the change has a field that cannot be read: %s", self->name, error->message);
      return;
    }
  await_sign_of_life (self);
  if (nt_changes_are_empty (changes))
    return;

  take_state (self, nt_state_patch (self->state, changes));
  set_connection (self, NT_CONNECTION_ONLINE, NULL);
  self->n_failures = 0;
  notify_all (self);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GWeakRef *reference = user_data;
  g_autoptr (NtServer) self = g_weak_ref_get (reference);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) last = nt_channel_call_finish (NT_CHANNEL (source), result, &error);

  g_weak_ref_clear (reference);
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL)
    error = g_error_new_literal (NT_VARLINK_ERROR, NT_VARLINK_ERROR_CLOSED, _("The agent has ended"));
  fail (self, error);
}

/* A call keeps its channel, so closing is what ends it. */
static void
unsubscribe (NtServer *self)
{
  clear_sources (self);
  if (self->subscription == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  nt_channel_close (self->subscription);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->subscription);
}

static void
subscribe (NtServer *self, NtTransportFlags flags)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  unsubscribe (self);
  g_weak_ref_init (reference, self);
  self->cancellable = g_cancellable_new ();
  self->subscription = nt_channel_new (self->address, flags);
  nt_channel_call_async (self->subscription,
                         VARLINK_INTERFACE ".Subscribe",
                         NULL,
                         changes_cb,
                         self,
                         self->cancellable,
                         ended_cb,
                         reference);
}

static const char *
get_server_type (NtServer *self)
{
  return self->state ? nt_enum_label (&nt_server_type_enum, self->state->host->server_type) : "";
}

static const char *
get_operating_system (NtServer *self)
{
  return self->state && self->state->host->operating_system ? self->state->host->operating_system : "";
}

static void
nt_server_dispose (GObject *object)
{
  nt_server_stop (NT_SERVER (object));

  G_OBJECT_CLASS (nt_server_parent_class)->dispose (object);
}

static void
nt_server_finalize (GObject *object)
{
  NtServer *self = NT_SERVER (object);

  g_clear_object (&self->calls);
  g_clear_pointer (&self->state, nt_state_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->address, nt_server_address_free);

  G_OBJECT_CLASS (nt_server_parent_class)->finalize (object);
}

static void
nt_server_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NtServer *self = NT_SERVER (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_ADDRESS:
      g_value_take_string (value, nt_server_address_to_string (self->address));
      break;
    case PROP_HEALTH:
      g_value_set_int (value, nt_server_get_health (self));
      break;
    case PROP_STATUS_TEXT:
      g_value_set_string (value, nt_server_get_status_text (self));
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_SERVER_TYPE:
      g_value_set_string (value, get_server_type (self));
      break;
    case PROP_OPERATING_SYSTEM:
      g_value_set_string (value, get_operating_system (self));
      break;
    case PROP_N_TEAMS:
      g_value_set_int (value, self->state ? (int) self->state->teams->len : 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_string (GObjectClass *klass, guint id, const char *name)
{
  properties[id] =
    g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (klass, id, properties[id]);
}

static void
install_int (GObjectClass *klass, guint id, const char *name)
{
  properties[id] =
    g_param_spec_int (name, NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (klass, id, properties[id]);
}

static void
nt_server_class_init (NtServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = nt_server_dispose;
  object_class->finalize = nt_server_finalize;
  object_class->get_property = nt_server_get_property;

  install_string (object_class, PROP_NAME, "name");
  install_string (object_class, PROP_ADDRESS, "address");
  install_int (object_class, PROP_HEALTH, "health");
  install_string (object_class, PROP_STATUS_TEXT, "status-text");
  install_string (object_class, PROP_MESSAGE, "message");
  install_string (object_class, PROP_SERVER_TYPE, "server-type");
  install_string (object_class, PROP_OPERATING_SYSTEM, "operating-system");
  install_int (object_class, PROP_N_TEAMS, "n-teams");

  /**
   * NtServer::state-changed:
   *
   * The state or the connection is another one than before.
   */
  signals[STATE_CHANGED] = g_signal_new ("state-changed",
                                         NT_TYPE_SERVER,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         0);
}

static void
nt_server_init (NtServer *self)
{
  self->told_health = NT_HEALTH_BUSY;
}

/**
 * nt_server_new:
 * @name: how it is called
 * @address: where it is
 *
 * Returns: (transfer full): a server that is not connected yet
 */
NtServer *
nt_server_new (const char *name, const NtServerAddress *address)
{
  NtServer *self = g_object_new (NT_TYPE_SERVER, NULL);

  self->name = g_strdup (name);
  self->address = nt_server_address_copy (address);
  self->calls = nt_channel_new (address, NT_TRANSPORT_DEFAULT);
  return self;
}

/**
 * nt_server_get_name:
 * @self: a server
 *
 * Returns: how it is called
 */
const char *
nt_server_get_name (NtServer *self)
{
  return self->name;
}

/**
 * nt_server_get_address:
 * @self: a server
 *
 * Returns: (transfer none): where it is
 */
const NtServerAddress *
nt_server_get_address (NtServer *self)
{
  return self->address;
}

/**
 * nt_server_get_connection:
 * @self: a server
 *
 * Returns: whether it is connected, and if not, what hinders
 */
NtConnection
nt_server_get_connection (NtServer *self)
{
  return self->connection;
}

/**
 * nt_server_get_health:
 * @self: a server
 *
 * Returns: the health of its teams, or that nobody knows
 */
NtHealth
nt_server_get_health (NtServer *self)
{
  if (self->connection == NT_CONNECTION_CONNECTING)
    return NT_HEALTH_BUSY;
  return self->state ? nt_health_of_status (self->state->status) : NT_HEALTH_UNKNOWN;
}

/**
 * nt_server_get_status_text:
 * @self: a server
 *
 * Returns: its status in a word or two, translated
 */
const char *
nt_server_get_status_text (NtServer *self)
{
  switch (self->connection)
    {
    case NT_CONNECTION_ONLINE:
      return nt_enum_label (&nt_status_enum, self->state->status);
    case NT_CONNECTION_UNREACHABLE:
      return _("Not reachable");
    case NT_CONNECTION_DENIED:
      return _("Access denied");
    case NT_CONNECTION_NO_AGENT:
      return _("No agent");
    case NT_CONNECTION_CONNECTING:
    default:
      return _("Connecting…");
    }
}

/**
 * nt_server_get_message:
 * @self: a server
 *
 * Returns: (nullable): why it is not online and what to do, in a sentence
 */
const char *
nt_server_get_message (NtServer *self)
{
  return self->message;
}

/**
 * nt_server_get_state:
 * @self: a server
 *
 * Returns: (nullable) (transfer none): all that is known of it, until the next
 *   change; %NULL unless it is online
 */
const NtState *
nt_server_get_state (NtServer *self)
{
  return self->state;
}

/**
 * nt_server_start:
 * @self: a server
 *
 * Connects and stays connected: it is tried again after each failure.
 */
void
nt_server_start (NtServer *self)
{
  subscribe (self, NT_TRANSPORT_DEFAULT);
}

/**
 * nt_server_stop:
 * @self: a server
 *
 * Ends its connections.
 */
void
nt_server_stop (NtServer *self)
{
  unsubscribe (self);
  nt_channel_close (self->calls);
}

/**
 * nt_server_refresh:
 * @self: a server
 *
 * Connects anew, now. As a person wants so, ssh may ask for a password.
 */
void
nt_server_refresh (NtServer *self)
{
  self->n_failures = 0;
  take_state (self, NULL);
  set_connection (self, NT_CONNECTION_CONNECTING, NULL);
  notify_all (self);
  subscribe (self, NT_TRANSPORT_INTERACTIVE);
}

/**
 * nt_server_call_async:
 * @self: a server
 * @method: the name of a method of the agent's interface
 * @parameters: (nullable) (transfer none): its parameters
 * @cancellable: (nullable): gives up waiting
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Calls a method, on another connection than the one that follows the state.
 */
void
nt_server_call_async (NtServer *self,
                      const char *method,
                      JsonObject *parameters,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autofree char *full_name = g_strconcat (VARLINK_INTERFACE ".", method, NULL);

  nt_channel_call_async (self->calls, full_name, parameters, NULL, NULL, cancellable, callback, user_data);
}

/**
 * nt_server_call_finish:
 * @self: a server
 * @result: what the callback was given
 * @error: see nt_channel_call_finish()
 *
 * Returns: (transfer full) (nullable): the parameters of the answer
 */
JsonObject *
nt_server_call_finish (NtServer *self, GAsyncResult *result, GError **error)
{
  return nt_channel_call_finish (self->calls, result, error);
}
