/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/server.h"

#include <glib/gi18n-lib.h>

#include "app/reach/channel.h"
#include "app/servers/event-history.h"
#include "app/text/status-reasons.h"
#include "backend/model/base/record-json.h"

struct _NtServer
{
  GObject parent_instance;

  char *name;
  NtServerAddress *address;
  char *groups; /* for display */
  char *last_change;

  NtSubscription *subscription;
  NtChannel *calls;
  NtEventHistory *history;
  NtHealth notified_health; /* at the last notification */
};

G_DEFINE_TYPE (NtServer, nt_server, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_ADDRESS,
  PROP_GROUPS,
  PROP_HEALTH,
  PROP_STATUS_TEXT,
  PROP_DETAIL,
  PROP_SERVER_TYPE,
  PROP_OPERATING_SYSTEM,
  PROP_KERNEL,
  PROP_AGENT_VERSION,
  PROP_N_TEAMS,
  N_PROPERTIES,
};

enum
{
  STATE_CHANGED,
  HAPPENED,
  PROGRESS,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void
subscription_changed_cb (NtServer *self)
{
  NtHealth health = nt_server_get_health (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (health != self->notified_health)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEALTH]);
  self->notified_health = health;
  for (guint i = PROP_HEALTH + 1; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

/* Events from before the connection are not reported as new. */
static void
events_cb (NtServer *self, GPtrArray *events, gboolean is_history)
{
  if (is_history)
    {
      nt_event_history_replace (self->history, events);
      return;
    }
  nt_event_history_append (self->history, events);
  for (guint i = 0; i < events->len; i++)
    g_signal_emit (self, signals[HAPPENED], 0, events->pdata[i]);
}

static const char *
get_server_type (NtServer *self)
{
  const NtState *state = nt_server_get_state (self);

  return state ? nt_enum_label (&nt_server_type_enum, state->host->server_type) : "";
}

static const char *
get_operating_system (NtServer *self)
{
  const NtState *state = nt_server_get_state (self);

  return state && state->host->operating_system ? state->host->operating_system : "";
}

static const char *
get_kernel (NtServer *self)
{
  const NtState *state = nt_server_get_state (self);

  return state && state->host->kernel ? state->host->kernel : "";
}

static const char *
get_agent_version (NtServer *self)
{
  const NtState *state = nt_server_get_state (self);

  return state ? state->host->agent_version : "";
}

/* Explains the status. */
static char *
get_detail (NtServer *self)
{
  const NtState *state = nt_server_get_state (self);
  const char *message = nt_server_get_message (self);

  if (message != NULL)
    return g_strdup (message);
  return state ? nt_status_reasons_of_state (state) : NULL;
}

static int
get_n_teams (NtServer *self)
{
  const NtState *state = nt_server_get_state (self);

  return state ? (int) state->teams->len : 0;
}

static void
nt_server_dispose (GObject *object)
{
  nt_server_disconnect (NT_SERVER (object));

  G_OBJECT_CLASS (nt_server_parent_class)->dispose (object);
}

static void
nt_server_finalize (GObject *object)
{
  NtServer *self = NT_SERVER (object);

  g_clear_object (&self->subscription);
  g_clear_object (&self->calls);
  g_clear_object (&self->history);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->groups, g_free);
  g_clear_pointer (&self->last_change, g_free);
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
    case PROP_GROUPS:
      g_value_set_string (value, self->groups);
      break;
    case PROP_HEALTH:
      g_value_set_int (value, nt_server_get_health (self));
      break;
    case PROP_STATUS_TEXT:
      g_value_set_string (value, nt_server_get_status_text (self));
      break;
    case PROP_DETAIL:
      g_value_take_string (value, get_detail (self));
      break;
    case PROP_SERVER_TYPE:
      g_value_set_string (value, get_server_type (self));
      break;
    case PROP_OPERATING_SYSTEM:
      g_value_set_string (value, get_operating_system (self));
      break;
    case PROP_KERNEL:
      g_value_set_string (value, get_kernel (self));
      break;
    case PROP_AGENT_VERSION:
      g_value_set_string (value, get_agent_version (self));
      break;
    case PROP_N_TEAMS:
      g_value_set_int (value, get_n_teams (self));
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

static guint
new_signal (const char *name, GType argument)
{
  guint n_arguments = argument != G_TYPE_NONE ? 1 : 0;

  return g_signal_new (name, NT_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_arguments, argument);
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
  install_string (object_class, PROP_GROUPS, "groups");
  install_int (object_class, PROP_HEALTH, "health");
  install_string (object_class, PROP_STATUS_TEXT, "status-text");
  install_string (object_class, PROP_DETAIL, "detail");
  install_string (object_class, PROP_SERVER_TYPE, "server-type");
  install_string (object_class, PROP_OPERATING_SYSTEM, "operating-system");
  install_string (object_class, PROP_KERNEL, "kernel");
  install_string (object_class, PROP_AGENT_VERSION, "agent-version");
  install_int (object_class, PROP_N_TEAMS, "n-teams");

  /**
   * NtServer::state-changed:
   *
   * The state or the connection has changed.
   */
  signals[STATE_CHANGED] = new_signal ("state-changed", G_TYPE_NONE);

  /**
   * NtServer::happened:
   * @event: (type gpointer): an NtEvent that has just happened
   */
  signals[HAPPENED] = new_signal ("happened", G_TYPE_POINTER);

  /**
   * NtServer::progress:
   * @text: the current step of a change that this console applies
   */
  signals[PROGRESS] = new_signal ("progress", G_TYPE_STRING);
}

static void
nt_server_init (NtServer *self)
{
  self->notified_health = NT_HEALTH_BUSY;
}

/**
 * nt_server_new:
 *
 * Returns: (transfer full): a server that is not connected
 */
NtServer *
nt_server_new (const char *name, const NtServerAddress *address)
{
  NtServer *self = g_object_new (NT_TYPE_SERVER, NULL);

  self->name = g_strdup (name);
  self->address = nt_server_address_copy (address);
  self->subscription = nt_subscription_new (address);
  self->calls = nt_channel_new (address, NT_TRANSPORT_DEFAULT);
  self->history = nt_event_history_new (name);
  g_signal_connect_object (self->subscription,
                           "changed",
                           G_CALLBACK (subscription_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->subscription, "events", G_CALLBACK (events_cb), self, G_CONNECT_SWAPPED);
  return self;
}

const char *
nt_server_get_name (NtServer *self)
{
  return self->name;
}

/**
 * nt_server_get_address:
 *
 * Returns: (transfer none):
 */
const NtServerAddress *
nt_server_get_address (NtServer *self)
{
  return self->address;
}

/**
 * nt_server_set_groups:
 * @groups: (array zero-terminated=1): for display
 */
void
nt_server_set_groups (NtServer *self, char **groups)
{
  g_free (self->groups);
  self->groups = g_strjoinv (", ", groups);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GROUPS]);
}

NtConnection
nt_server_get_connection (NtServer *self)
{
  return nt_subscription_get_connection (self->subscription);
}

/**
 * nt_server_get_health:
 *
 * Returns: the health of its teams, %NT_HEALTH_UNKNOWN if it is not connected
 */
NtHealth
nt_server_get_health (NtServer *self)
{
  const NtState *state = nt_server_get_state (self);

  if (nt_server_get_connection (self) == NT_CONNECTION_CONNECTING)
    return NT_HEALTH_BUSY;
  return state ? nt_health_of_state (state) : NT_HEALTH_UNKNOWN;
}

static const char *
get_online_text (const NtState *state)
{
  if (state->status == NT_STATUS_OK && nt_health_of_state (state) != NT_HEALTH_OK)
    return _("OK, with drift");
  return nt_enum_label (&nt_status_enum, state->status);
}

/**
 * nt_server_get_status_text:
 *
 * Returns: the status in a word or two, translated
 */
const char *
nt_server_get_status_text (NtServer *self)
{
  switch (nt_server_get_connection (self))
    {
    case NT_CONNECTION_ONLINE:
      return get_online_text (nt_server_get_state (self));
    case NT_CONNECTION_UNREACHABLE:
      return _("Not reachable");
    case NT_CONNECTION_DENIED:
    case NT_CONNECTION_NO_ACCESS:
      return _("Access denied");
    case NT_CONNECTION_HOST_KEY:
      return _("Host key not trusted");
    case NT_CONNECTION_NO_AGENT:
      return _("Agent not installed");
    case NT_CONNECTION_OLD_AGENT:
      return _("Agent too old");
    case NT_CONNECTION_CONNECTING:
    default:
      return _("Connecting…");
    }
}

/* Notes the id of the change that this program has made there last; NULL = nothing was changed. */
void
nt_server_set_last_change (NtServer *self, const char *id)
{
  g_free (self->last_change);
  self->last_change = g_strdup (id);
}

/* Returns (nullable) the id of the change that this program has made there last. */
const char *
nt_server_get_last_change (NtServer *self)
{
  return self->last_change;
}

/**
 * nt_server_get_message:
 *
 * Returns: (nullable): the reason why the server is not connected and a remedy, or a notice of its agent
 */
const char *
nt_server_get_message (NtServer *self)
{
  const NtState *state = nt_server_get_state (self);

  if (state != NULL && state->host->notice != NULL)
    return state->host->notice;
  return nt_subscription_get_message (self->subscription);
}

/**
 * nt_server_is_read_only:
 *
 * Returns: %TRUE if this user is known to have read-only access
 */
gboolean
nt_server_is_read_only (NtServer *self)
{
  return nt_subscription_is_read_only (self->subscription);
}

/**
 * nt_server_get_state:
 *
 * Returns: (nullable) (transfer none): the state, valid until the next change; %NULL unless connected
 */
const NtState *
nt_server_get_state (NtServer *self)
{
  return nt_subscription_get_state (self->subscription);
}

/**
 * nt_server_get_events:
 *
 * Returns: (transfer none): a list of NtEventItem, oldest first
 */
GListModel *
nt_server_get_events (NtServer *self)
{
  return G_LIST_MODEL (self->history);
}

/**
 * nt_server_connect:
 *
 * Connects, and reconnects after each failure.
 */
void
nt_server_connect (NtServer *self)
{
  nt_subscription_start (self->subscription);
}

/**
 * nt_server_disconnect:
 *
 * Closes all connections.
 */
void
nt_server_disconnect (NtServer *self)
{
  nt_subscription_stop (self->subscription);
  nt_channel_close (self->calls);
}

/**
 * nt_server_refresh:
 * @may_ask: %TRUE if ssh may prompt for a password
 *
 * Reconnects now.
 */
void
nt_server_refresh (NtServer *self, gboolean may_ask)
{
  nt_subscription_restart (self->subscription, may_ask);
}

static void
step_cb (NtVarlinkClient *client, JsonObject *parameters, gpointer user_data)
{
  g_autoptr (NtApplyReply) reply = nt_record_from_json (&nt_apply_reply_type, parameters, NT_JSON_LENIENT, NULL);
  g_autofree char *text = reply && reply->operation ? nt_operation_describe (reply->operation) : NULL;

  if (text != NULL)
    g_signal_emit (user_data, signals[PROGRESS], 0, text);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  JsonObject *reply = nt_channel_call_finish (NT_CHANNEL (source), result, &error);

  if (error == NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) json_object_unref);
  else
    g_task_return_error (task, error);
}

/* The server is the source object of the task, which keeps it alive until the callback. */
static void
call (NtServer *self,
      const char *method,
      JsonObject *parameters,
      NtVarlinkReplyFunc step_func,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_autofree char *full_name = g_strconcat (VARLINK_INTERFACE ".", method, NULL);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, call);
  nt_channel_call_async (self->calls, full_name, parameters, step_func, self, cancellable, called_cb, task);
}

/**
 * nt_server_call_async:
 * @method: the name of a method, without its interface
 * @parameters: (nullable) (transfer none): of @method
 * @cancellable: (nullable):
 *
 * Calls a method, on a different connection than the one that receives the state.
 */
void
nt_server_call_async (NtServer *self,
                      const char *method,
                      JsonObject *parameters,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  call (self, method, parameters, NULL, cancellable, callback, user_data);
}

/**
 * nt_server_change_async:
 * @method: the name of a method that reports its steps, without its interface
 * @parameters: (nullable) (transfer none): of @method
 * @cancellable: (nullable):
 *
 * Calls a method and emits NtServer::progress for each step. Ends with nt_server_call_finish().
 */
void
nt_server_change_async (NtServer *self,
                        const char *method,
                        JsonObject *parameters,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  call (self, method, parameters, step_cb, cancellable, callback, user_data);
}

/**
 * nt_server_call_finish:
 * @error: see nt_channel_call_finish()
 *
 * Returns: (transfer full) (nullable): the parameters of the reply
 */
JsonObject *
nt_server_call_finish (NtServer *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
