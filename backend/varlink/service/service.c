/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/service/service.h"

#include <string.h>

#include "backend/varlink/service/call-private.h"
#include "backend/varlink/service/connection.h"
#include "backend/varlink/wire/error.h"
#include "backend/varlink/wire/limits.h"

struct _NtVarlinkService
{
  GObject parent_instance;

  /* borrowed */
  NtVarlinkMethodFunc gate;
  gpointer gate_data;

  /* owned */
  NtVarlinkIntrospection introspection; /* the interfaces are in it */
  GPtrArray *connections; /* of NtVarlinkConnection */
};

G_DEFINE_TYPE (NtVarlinkService, nt_varlink_service, G_TYPE_OBJECT)

enum
{
  IDLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Finds the interface and method of a call, or answers the call with an error. */
static const NtVarlinkInterface *
find_called_interface (NtVarlinkService *self, NtVarlinkCall *call, const NtVarlinkMethod **method)
{
  const char *full_name = nt_varlink_call_get_method (call);
  const char *dot = strrchr (full_name, '.');
  g_autofree char *name = dot ? g_strndup (full_name, dot - full_name) : g_strdup (full_name);
  const NtVarlinkInterface *interface = nt_varlink_interfaces_find (self->introspection.interfaces, name);

  if (interface == NULL)
    {
      nt_varlink_call_reply_error_string (call, NT_VARLINK_INTERFACE_NOT_FOUND, "interface", name);
      return NULL;
    }
  *method = nt_varlink_interface_find_method (interface, dot + 1);
  if (*method == NULL)
    {
      nt_varlink_call_reply_error_string (call, NT_VARLINK_METHOD_NOT_FOUND, "method", full_name);
      return NULL;
    }
  return interface;
}

/* Answers calls that are invalid for any method. */
static gboolean
refuse_call (NtVarlinkCall *call, const NtVarlinkMethod *method)
{
  const char *invalid_field = nt_varlink_call_get_invalid_field (call);

  if (nt_varlink_call_get_flags (call) & NT_VARLINK_CALL_UPGRADE)
    nt_varlink_call_reply_error_string (call,
                                        NT_VARLINK_METHOD_NOT_IMPLEMENTED,
                                        "method",
                                        nt_varlink_call_get_method (call));
  else if (invalid_field != NULL)
    nt_varlink_call_reply_invalid_parameter (call, invalid_field);
  else if ((method->flags & NT_VARLINK_METHOD_NEEDS_MORE) && !nt_varlink_call_wants_more (call))
    nt_varlink_call_reply_error (call, NT_VARLINK_EXPECTED_MORE, NULL);
  else
    return FALSE;
  return TRUE;
}

/* Passes a call to the gate, and then to its method. */
static void
dispatch (NtVarlinkCall *call, gpointer user_data)
{
  NtVarlinkService *self = user_data;
  const NtVarlinkMethod *method = NULL;
  const NtVarlinkInterface *interface = find_called_interface (self, call, &method);

  if (interface == NULL || refuse_call (call, method))
    return;

  nt_varlink_call_set_handler (call, method->func, interface->user_data);
  if (self->gate != NULL && interface != g_ptr_array_index (self->introspection.interfaces, 0))
    self->gate (call, self->gate_data);
  else
    nt_varlink_call_admit (call);
}

static void
connection_closed (NtVarlinkConnection *connection, gpointer user_data)
{
  NtVarlinkService *self = user_data;

  g_ptr_array_remove_fast (self->connections, connection);
  if (self->connections->len == 0)
    g_signal_emit (self, signals[IDLE], 0);
}

static const NtVarlinkConnectionFuncs connection_funcs = { dispatch, connection_closed };

/* Some connections are reserved for root, in case users have taken all others. */
static gboolean
has_room_for (NtVarlinkService *self, NtVarlinkConnection *connection)
{
  gint64 uid = nt_varlink_connection_get_uid (connection);
  guint of_users = 0;
  guint of_user = 0;

  if (self->connections->len >= NT_LIMIT_CONNECTIONS)
    return FALSE;
  if (uid == 0)
    return TRUE;
  for (guint i = 0; i < self->connections->len; i++)
    {
      gint64 other = nt_varlink_connection_get_uid (g_ptr_array_index (self->connections, i));

      of_users += other != 0;
      of_user += other == uid;
    }
  return of_users < NT_LIMIT_CONNECTIONS_OF_USERS && of_user < NT_LIMIT_CONNECTIONS_PER_USER;
}

static void
nt_varlink_service_dispose (GObject *object)
{
  NtVarlinkService *self = NT_VARLINK_SERVICE (object);

  nt_varlink_service_close (self);

  G_OBJECT_CLASS (nt_varlink_service_parent_class)->dispose (object);
}

static void
nt_varlink_service_finalize (GObject *object)
{
  NtVarlinkService *self = NT_VARLINK_SERVICE (object);

  g_clear_pointer (&self->introspection.interfaces, g_ptr_array_unref);
  g_clear_pointer (&self->connections, g_ptr_array_unref);

  G_OBJECT_CLASS (nt_varlink_service_parent_class)->finalize (object);
}

static void
nt_varlink_service_class_init (NtVarlinkServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = nt_varlink_service_dispose;
  object_class->finalize = nt_varlink_service_finalize;

  /**
   * NtVarlinkService::idle:
   *
   * The last client has disconnected.
   */
  signals[IDLE] = g_signal_new ("idle",
                                NT_TYPE_VARLINK_SERVICE,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);
}

static void
nt_varlink_service_init (NtVarlinkService *self)
{
  self->introspection.interfaces = g_ptr_array_new_with_free_func ((GDestroyNotify) nt_varlink_interface_free);
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * nt_varlink_service_new:
 * @info: information about the service; the strings must be static
 *
 * Returns: (transfer full): a service that provides org.varlink.service only
 */
NtVarlinkService *
nt_varlink_service_new (const NtVarlinkServiceInfo *info)
{
  NtVarlinkService *self = g_object_new (NT_TYPE_VARLINK_SERVICE, NULL);

  self->introspection.info = *info;
  g_ptr_array_add (self->introspection.interfaces, nt_varlink_introspection_new_interface (&self->introspection));
  return self;
}

/**
 * nt_varlink_service_add_interface:
 * @name: the name of the interface
 * @description: its definition in the Varlink interface definition language
 * @methods: (array zero-terminated=1): its methods; must be static
 * @user_data: for the methods
 */
void
nt_varlink_service_add_interface (NtVarlinkService *self,
                                 const char *name,
                                 const char *description,
                                 const NtVarlinkMethod *methods,
                                 gpointer user_data)
{
  g_ptr_array_add (self->introspection.interfaces,
                   nt_varlink_interface_new (name, description, methods, user_data));
}

/**
 * nt_varlink_service_set_gate:
 * @gate: called first for every call, except those of org.varlink.service
 * @user_data: for @gate
 *
 * Sets the access check. The gate must eventually either answer the call or pass it to nt_varlink_call_admit().
 */
void
nt_varlink_service_set_gate (NtVarlinkService *self, NtVarlinkMethodFunc gate, gpointer user_data)
{
  self->gate = gate;
  self->gate_data = user_data;
}

/**
 * nt_varlink_service_serve:
 * @stream: a connection to a client; closed at the end
 *
 * Answers the calls that arrive on @stream; closes it immediately if there are too many connections, see
 * limits.h.
 */
void
nt_varlink_service_serve (NtVarlinkService *self, GIOStream *stream)
{
  g_autoptr (NtVarlinkConnection) connection = nt_varlink_connection_new (stream, &connection_funcs, self);

  if (!has_room_for (self, connection))
    {
      g_info ("Closed a new connection: too many connections");
      nt_varlink_connection_close (connection);
      return;
    }
  g_ptr_array_add (self->connections, g_object_ref (connection));
  nt_varlink_connection_start (connection);
}

/**
 * nt_varlink_service_get_n_connections:
 *
 * Returns: the number of connected clients
 */
guint
nt_varlink_service_get_n_connections (NtVarlinkService *self)
{
  return self->connections->len;
}

/**
 * nt_varlink_service_close:
 *
 * Disconnects all clients.
 */
void
nt_varlink_service_close (NtVarlinkService *self)
{
  while (self->connections->len > 0)
    nt_varlink_connection_close (g_ptr_array_index (self->connections, 0));
}
