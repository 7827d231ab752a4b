/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "varlink/server.h"

#include <string.h>

#include "varlink/call-private.h"
#include "varlink/connection.h"
#include "varlink/error.h"
#include "varlink/server-limits.h"
#include "varlink/server-private.h"

struct _NtVarlinkServer
{
  GObject parent_instance;

  /* borrowed */
  NtVarlinkServerInfo info;
  NtVarlinkMethodFunc gate;
  gpointer gate_data;

  /* owned */
  GPtrArray *interfaces;  /* of NtVarlinkInterface */
  GPtrArray *connections; /* of NtVarlinkConnection */
};

G_DEFINE_TYPE (NtVarlinkServer, nt_varlink_server, G_TYPE_OBJECT)

enum
{
  IDLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
interface_free (gpointer data)
{
  NtVarlinkInterface *interface = data;

  g_free (interface->name);
  g_free (interface->description);
  g_free (interface);
}

static const NtVarlinkMethod *
find_method (const NtVarlinkInterface *interface, const char *name)
{
  for (const NtVarlinkMethod *method = interface->methods; method->name != NULL; method++)
    if (g_str_equal (method->name, name))
      return method;
  return NULL;
}

/* Finds the interface and method of a call, or answers the call with an error. */
static const NtVarlinkInterface *
find_called_interface (NtVarlinkServer *self, NtVarlinkCall *call, const NtVarlinkMethod **method)
{
  const char *full_name = nt_varlink_call_get_method (call);
  const char *dot = strrchr (full_name, '.');
  g_autofree char *name = dot ? g_strndup (full_name, dot - full_name) : g_strdup (full_name);
  const NtVarlinkInterface *interface = nt_varlink_server_find_interface (self, name);

  if (interface == NULL)
    {
      nt_varlink_call_reply_error_string (call, NT_VARLINK_INTERFACE_NOT_FOUND, "interface", name);
      return NULL;
    }
  *method = find_method (interface, dot + 1);
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

/* Some connections are reserved for root, in case users have taken all others. */
static gboolean
has_room_for (NtVarlinkServer *self, NtVarlinkConnection *connection)
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
nt_varlink_server_dispose (GObject *object)
{
  NtVarlinkServer *self = NT_VARLINK_SERVER (object);

  nt_varlink_server_close (self);

  G_OBJECT_CLASS (nt_varlink_server_parent_class)->dispose (object);
}

static void
nt_varlink_server_finalize (GObject *object)
{
  NtVarlinkServer *self = NT_VARLINK_SERVER (object);

  g_clear_pointer (&self->interfaces, g_ptr_array_unref);
  g_clear_pointer (&self->connections, g_ptr_array_unref);

  G_OBJECT_CLASS (nt_varlink_server_parent_class)->finalize (object);
}

static void
nt_varlink_server_class_init (NtVarlinkServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = nt_varlink_server_dispose;
  object_class->finalize = nt_varlink_server_finalize;

  /**
   * NtVarlinkServer::idle:
   *
   * The last client has disconnected.
   */
  signals[IDLE] = g_signal_new ("idle",
                                NT_TYPE_VARLINK_SERVER,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);
}

static void
nt_varlink_server_init (NtVarlinkServer *self)
{
  self->interfaces = g_ptr_array_new_with_free_func (interface_free);
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * nt_varlink_server_new:
 * @info: information about the service; the strings must be static
 *
 * Returns: (transfer full): a server that provides org.varlink.service only
 */
NtVarlinkServer *
nt_varlink_server_new (const NtVarlinkServerInfo *info)
{
  NtVarlinkServer *self = g_object_new (NT_TYPE_VARLINK_SERVER, NULL);

  self->info = *info;
  nt_varlink_service_add_to (self);
  return self;
}

/**
 * nt_varlink_server_add_interface:
 * @name: the name of the interface
 * @description: its definition in the Varlink interface definition language
 * @methods: (array zero-terminated=1): its methods; must be static
 * @user_data: for the methods
 */
void
nt_varlink_server_add_interface (NtVarlinkServer *self,
                                 const char *name,
                                 const char *description,
                                 const NtVarlinkMethod *methods,
                                 gpointer user_data)
{
  NtVarlinkInterface *interface = g_new0 (NtVarlinkInterface, 1);

  interface->name = g_strdup (name);
  interface->description = g_strdup (description);
  interface->methods = methods;
  interface->user_data = user_data;
  g_ptr_array_add (self->interfaces, interface);
}

/**
 * nt_varlink_server_set_gate:
 * @gate: called first for every call, except those of org.varlink.service
 * @user_data: for @gate
 *
 * Sets the access check. The gate must eventually either answer the call or pass it to nt_varlink_call_admit().
 */
void
nt_varlink_server_set_gate (NtVarlinkServer *self, NtVarlinkMethodFunc gate, gpointer user_data)
{
  self->gate = gate;
  self->gate_data = user_data;
}

/**
 * nt_varlink_server_serve:
 * @stream: a connection to a client; closed at the end
 *
 * Answers the calls that arrive on @stream; closes it immediately if there are too many connections, see
 * server-limits.h.
 */
void
nt_varlink_server_serve (NtVarlinkServer *self, GIOStream *stream)
{
  g_autoptr (NtVarlinkConnection) connection = nt_varlink_connection_new (self, stream);

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
 * nt_varlink_server_get_n_connections:
 *
 * Returns: the number of connected clients
 */
guint
nt_varlink_server_get_n_connections (NtVarlinkServer *self)
{
  return self->connections->len;
}

/**
 * nt_varlink_server_close:
 *
 * Disconnects all clients.
 */
void
nt_varlink_server_close (NtVarlinkServer *self)
{
  while (self->connections->len > 0)
    nt_varlink_connection_close (g_ptr_array_index (self->connections, 0));
}

/**
 * nt_varlink_server_get_info:
 *
 * Returns: (transfer none): the information that GetInfo returns
 */
const NtVarlinkServerInfo *
nt_varlink_server_get_info (NtVarlinkServer *self)
{
  return &self->info;
}

/**
 * nt_varlink_server_get_interfaces:
 *
 * Returns: (transfer none) (element-type NtVarlinkInterface): all interfaces
 */
GPtrArray *
nt_varlink_server_get_interfaces (NtVarlinkServer *self)
{
  return self->interfaces;
}

/**
 * nt_varlink_server_find_interface:
 *
 * Returns: (transfer none) (nullable): the interface
 */
const NtVarlinkInterface *
nt_varlink_server_find_interface (NtVarlinkServer *self, const char *name)
{
  for (guint i = 0; i < self->interfaces->len; i++)
    {
      const NtVarlinkInterface *interface = g_ptr_array_index (self->interfaces, i);

      if (g_str_equal (interface->name, name))
        return interface;
    }
  return NULL;
}

/**
 * nt_varlink_server_dispatch:
 *
 * Passes a call to the gate, and then to its method.
 */
void
nt_varlink_server_dispatch (NtVarlinkServer *self, NtVarlinkCall *call)
{
  const NtVarlinkMethod *method = NULL;
  const NtVarlinkInterface *interface = find_called_interface (self, call, &method);

  if (interface == NULL || refuse_call (call, method))
    return;

  nt_varlink_call_set_handler (call, method, interface->user_data);
  if (self->gate != NULL && interface != g_ptr_array_index (self->interfaces, 0))
    self->gate (call, self->gate_data);
  else
    nt_varlink_call_admit (call);
}

/**
 * nt_varlink_server_forget:
 * @connection: a connection that has ended
 */
void
nt_varlink_server_forget (NtVarlinkServer *self, gpointer connection)
{
  g_ptr_array_remove_fast (self->connections, connection);
  if (self->connections->len == 0)
    g_signal_emit (self, signals[IDLE], 0);
}
