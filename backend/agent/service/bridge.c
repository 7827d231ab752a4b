/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/service/bridge.h"

#include "backend/varlink/service/listener.h"

#include <errno.h>
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/* SD_LISTEN_FDS_START */
#define FIRST_PASSED_FD 3

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      gssize written = write (fd, data, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      size -= (gsize) written;
    }
  return TRUE;
}

/* Copies available data; returns FALSE at the end of the input. */
static gboolean
copy_available (int from, int to)
{
  char buffer[64 * 1024];
  gssize size = read (from, buffer, sizeof buffer);

  if (size < 0 && errno == EINTR)
    return TRUE;
  return size > 0 && write_all (to, buffer, (gsize) size);
}

/* Passes on the end of the client's input, and then waits for the remaining replies. */
static void
copy_both_ways (int input, int output, int socket)
{
  struct pollfd fds[] = { { input, POLLIN, 0 }, { socket, POLLIN, 0 } };

  while (poll (fds, G_N_ELEMENTS (fds), -1) >= 0 || errno == EINTR)
    {
      if (fds[0].revents != 0 && !copy_available (input, socket))
        {
          shutdown (socket, SHUT_WR);
          fds[0].fd = -1;
        }
      if (fds[1].revents != 0 && !copy_available (socket, output))
        return;
    }
}

/**
 * nt_bridge_find_client:
 *
 * A client may start its own agent ("varlinkctl call exec:…") and pass it a connected socket, see sd_listen_fds(3). As
 * there is only one agent per machine, such a client is connected to that one.
 *
 * Returns: the socket; -1 if this process was not started in this way
 */
int
nt_bridge_find_client (void)
{
  const char *pid = g_getenv ("LISTEN_PID");
  int listens = 0;
  socklen_t size = sizeof listens;

  if (g_strcmp0 (g_getenv ("LISTEN_FDS"), "1") != 0 || pid == NULL || !nt_varlink_listener_is_own_pid (pid))
    return -1;
  if (getsockopt (FIRST_PASSED_FD, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || listens)
    return -1;
  return FIRST_PASSED_FD;
}

/**
 * nt_bridge_run:
 * @input: file descriptor for the calls of the client
 * @output: file descriptor for the replies
 * @socket_path: the socket of the agent
 * @error: G_IO_ERROR if the agent is not reachable, or the user may not connect
 *
 * Connects a client to the agent until either side ends. This is how clients on other machines connect: they log in by
 * ssh, and the agent sees them as the user of that login.
 *
 * Returns: %TRUE if the agent was reachable
 */
gboolean
nt_bridge_run (int input, int output, const char *socket_path, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (socket_path);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);

  if (socket == NULL)
    return FALSE;
  if (!g_socket_connect (socket, address, NULL, error))
    {
      g_prefix_error (error, _("The agent is not reachable at %s: "), socket_path);
      return FALSE;
    }
  g_socket_set_blocking (socket, TRUE);
  copy_both_ways (input, output, g_socket_get_fd (socket));
  return TRUE;
}
