/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/service/service.h"

#include <string.h>

#include "backend/varlink/service/call-private.h"
#include "backend/varlink/service/connection.h"
#include "backend/varlink/wire/error.h"
#include "backend/varlink/wire/limits.h"

struct _NtVarlinkServer
{
  GObject parent_instance;

  /* borrowed */
  NtVarlinkMethodFunc gate;
  gpointer gate_data;

  /* owned */
  NtVarlinkIntrospection introspection; /* the interfaces are in it */
  GPtrArray *connections; /* of NtVarlinkConnection */
};

G_DEFINE_TYPE (NtVarlinkServer, nt_varlink_server, G_TYPE_OBJECT)

enum
{
  IDLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Finds whose method is called, or answers that there is none. */
static const NtVarlinkInterface *
find_called_interface (NtVarlinkServer *self, NtVarlinkCall *call, const NtVarlinkMethod **method)
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

/* Answers what no method has to look at. */
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

/* Leads a call through the gate to its method. */
static void
dispatch (NtVarlinkCall *call, gpointer user_data)
{
  NtVarlinkServer *self = user_data;
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
  NtVarlinkServer *self = user_data;

  g_ptr_array_remove_fast (self->connections, connection);
  if (self->connections->len == 0)
    g_signal_emit (self, signals[IDLE], 0);
}

static const NtVarlinkConnectionFuncs connection_funcs = { dispatch, connection_closed };

/* Root's connections are there for when users have taken all of theirs. */
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

  g_clear_pointer (&self->introspection.interfaces, g_ptr_array_unref);
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
   * The last client has gone.
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
  self->introspection.interfaces = g_ptr_array_new_with_free_func ((GDestroyNotify) nt_varlink_interface_free);
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * nt_varlink_server_new:
 * @info: what to tell of the service; the strings must be static
 *
 * Returns: (transfer full): a server with org.varlink.service only
 */
NtVarlinkServer *
nt_varlink_server_new (const NtVarlinkServerInfo *info)
{
  NtVarlinkServer *self = g_object_new (NT_TYPE_VARLINK_SERVER, NULL);

  self->introspection.info = *info;
  g_ptr_array_add (self->introspection.interfaces, nt_varlink_introspection_new_interface (&self->introspection));
  return self;
}

/**
 * nt_varlink_server_add_interface:
 * @self: a server
 * @name: the name of the interface
 * @description: its definition in the language of Varlink
 * @methods: (array zero-terminated=1): its methods; must be static
 * @user_data: for the methods
 *
 * Adds an interface.
 */
void
nt_varlink_server_add_interface (NtVarlinkServer *self,
                                 const char *name,
                                 const char *description,
                                 const NtVarlinkMethod *methods,
                                 gpointer user_data)
{
  g_ptr_array_add (self->introspection.interfaces,
                   nt_varlink_interface_new (name, description, methods, user_data));
}

/**
 * nt_varlink_server_set_gate:
 * @self: a server
 * @gate: what every call passes first, except those of org.varlink.service
 * @user_data: for @gate
 *
 * Sets who may call what. The gate ends, now or later, in either
 * nt_varlink_call_admit() or an answer to the call.
 */
void
nt_varlink_server_set_gate (NtVarlinkServer *self, NtVarlinkMethodFunc gate, gpointer user_data)
{
  self->gate = gate;
  self->gate_data = user_data;
}

/**
 * nt_varlink_server_serve:
 * @self: a server
 * @stream: a connection to a client; it is closed at the end
 *
 * Answers the calls that come in on @stream until it ends; closes it at once if
 * there are too many already, see server-limits.h.
 */
void
nt_varlink_server_serve (NtVarlinkServer *self, GIOStream *stream)
{
  g_autoptr (NtVarlinkConnection) connection = nt_varlink_connection_new (stream, &connection_funcs, self);

  if (!has_room_for (self, connection))
    {
      g_info ("There are too many connections, and a new one is closed");
      nt_varlink_connection_close (connection);
      return;
    }
  g_ptr_array_add (self->connections, g_object_ref (connection));
  nt_varlink_connection_start (connection);
}

/**
 * nt_varlink_server_get_n_connections:
 * @self: a server
 *
 * Returns: how many clients are connected
 */
guint
nt_varlink_server_get_n_connections (NtVarlinkServer *self)
{
  return self->connections->len;
}

/**
 * nt_varlink_server_close:
 * @self: a server
 *
 * Drops all clients.
 */
void
nt_varlink_server_close (NtVarlinkServer *self)
{
  while (self->connections->len > 0)
    nt_varlink_connection_close (g_ptr_array_index (self->connections, 0));
}
