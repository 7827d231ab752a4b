/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/service/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* The first descriptor that is passed by a service manager, see sd_listen_fds(3). */
#define LISTEN_FDS_START 3

/* A service manager that passes more is not believed. */
#define PASSED_FDS_MAX 64

struct _NtVarlinkListener
{
  GObject parent_instance;

  NtVarlinkService *service;
  GSocketService *sockets;
  char *path; /* of a socket that was created here, and is removed with the listener */
};

G_DEFINE_TYPE (NtVarlinkListener, nt_varlink_listener, G_TYPE_OBJECT)

static gboolean
is_served (GSocketAddress *address)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);

  return connection != NULL;
}

/* A stale socket of an earlier run refuses connections. */
static gboolean
remove_stale_socket (GSocketAddress *address, const char *path, GError **error)
{
  struct stat info;

  if (lstat (path, &info) != 0)
    return TRUE;
  if (!S_ISSOCK (info.st_mode) || is_served (address))
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_ADDRESS_IN_USE,
                   S_ISSOCK (info.st_mode) ? _("Another agent already listens on %s") : _("%s is not a socket"),
                   path);
      return FALSE;
    }
  return g_unlink (path) == 0 || errno == ENOENT;
}

/* The access mode must be correct from the start, so bind() creates the socket without any permissions, which are added
 * afterwards. */
static GSocket *
bind_path (GSocketAddress *address, const char *path, guint mode, GError **error)
{
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  mode_t old_mask;
  gboolean ok;

  if (socket == NULL)
    return NULL;

  old_mask = umask (0777);
  ok = g_socket_bind (socket, address, FALSE, error);
  umask (old_mask);
  if (!ok)
    return NULL;

  if (g_chmod (path, mode) != 0)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   g_io_error_from_errno (errno),
                   _("Cannot set the mode of %s: %s"),
                   path,
                   g_strerror (errno));
      return NULL;
    }
  if (!g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

static gboolean
is_listening (GSocket *socket)
{
  int value = 0;

  return g_socket_get_option (socket, SOL_SOCKET, SO_ACCEPTCONN, &value, NULL) && value != 0;
}

/* systemd passes a listening socket, varlinkctl a connected one. */
static gboolean
adopt_fd (NtVarlinkListener *self, int fd, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, error);
  g_autoptr (GSocketConnection) connection = NULL;

  if (socket == NULL)
    return FALSE;
  fcntl (fd, F_SETFD, FD_CLOEXEC);
  if (is_listening (socket))
    return g_socket_listener_add_socket (G_SOCKET_LISTENER (self->sockets), socket, NULL, error);

  connection = g_socket_connection_factory_create_connection (socket);
  nt_varlink_service_serve (self->service, G_IO_STREAM (connection));
  return TRUE;
}

/* Returns the number of descriptors that were passed to this very process. */
static int
count_passed_fds (void)
{
  const char *pid = g_getenv ("LISTEN_PID");
  const char *text = g_getenv ("LISTEN_FDS");
  guint64 count;

  if (text == NULL || (pid != NULL && !nt_varlink_listener_is_own_pid (pid)) ||
      !g_ascii_string_to_unsigned (text, 10, 0, PASSED_FDS_MAX, &count, NULL))
    return 0;
  return (int) count;
}

static void
nt_varlink_listener_finalize (GObject *object)
{
  NtVarlinkListener *self = NT_VARLINK_LISTENER (object);

  g_socket_service_stop (self->sockets);
  g_socket_listener_close (G_SOCKET_LISTENER (self->sockets));
  if (self->path != NULL)
    g_unlink (self->path);
  g_clear_object (&self->service);
  g_clear_object (&self->sockets);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (nt_varlink_listener_parent_class)->finalize (object);
}

static gboolean
incoming_cb (NtVarlinkListener *self, GSocketConnection *connection)
{
  nt_varlink_service_serve (self->service, G_IO_STREAM (connection));
  return TRUE;
}

static void
nt_varlink_listener_class_init (NtVarlinkListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_varlink_listener_finalize;
}

static void
nt_varlink_listener_init (NtVarlinkListener *self)
{
  self->sockets = g_socket_service_new ();
  g_signal_connect_swapped (self->sockets, "incoming", G_CALLBACK (incoming_cb), self);
}

/**
 * nt_varlink_listener_new:
 * @service: answers the calls
 *
 * Returns: (transfer full): a listener without sockets
 */
NtVarlinkListener *
nt_varlink_listener_new (NtVarlinkService *service)
{
  NtVarlinkListener *self = g_object_new (NT_TYPE_VARLINK_LISTENER, NULL);

  self->service = g_object_ref (service);
  return self;
}

/**
 * nt_varlink_listener_listen_path:
 * @path: path of a unix socket; its directory must exist
 * @mode: access mode of the socket, such as 0660
 * @error: %G_IO_ERROR_ADDRESS_IN_USE if another process listens there
 *
 * Creates a unix socket, replacing a stale one, and accepts connections on it. The socket is removed with the listener.
 *
 * Returns: %TRUE on success
 */
gboolean
nt_varlink_listener_listen_path (NtVarlinkListener *self, const char *path, guint mode, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket = NULL;

  if (!remove_stale_socket (address, path, error))
    return FALSE;
  socket = bind_path (address, path, mode, error);
  if (socket == NULL ||
      !g_socket_listener_add_socket (G_SOCKET_LISTENER (self->sockets), socket, NULL, error))
    return FALSE;

  self->path = g_strdup (path);
  return TRUE;
}

/**
 * nt_varlink_listener_is_own_pid:
 * @pid: the value of a variable such as LISTEN_PID, which tells for which process a service manager has set the others
 *
 * Returns: %TRUE if @pid is this process
 */
gboolean
nt_varlink_listener_is_own_pid (const char *pid)
{
  guint64 number;

  return g_ascii_string_to_unsigned (pid, 10, 1, G_MAXINT32, &number, NULL) && (pid_t) number == getpid ();
}

/**
 * nt_varlink_listener_adopt_fds:
 * @error: the reason why a descriptor cannot be used
 *
 * Serves the sockets that a service manager or `varlinkctl exec:` passed to this process in `LISTEN_FDS`. Listening
 * sockets accept connections, connected ones are served. The variables are removed from the environment.
 *
 * Returns: the number of sockets; -1 with @error set
 */
int
nt_varlink_listener_adopt_fds (NtVarlinkListener *self, GError **error)
{
  int count = count_passed_fds ();

  for (int i = 0; i < count; i++)
    if (!adopt_fd (self, LISTEN_FDS_START + i, error))
      return -1;

  g_unsetenv ("LISTEN_PID");
  g_unsetenv ("LISTEN_FDS");
  g_unsetenv ("LISTEN_FDNAMES");
  return count;
}
