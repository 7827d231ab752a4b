/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/bridge.h"

#include <errno.h>
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

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

/* Moves what is there from one to the other; FALSE at the end of it. */
static gboolean
move_some (int from, int to)
{
  char buffer[64 * 1024];
  gssize size = read (from, buffer, sizeof buffer);

  if (size < 0 && errno == EINTR)
    return TRUE;
  return size > 0 && write_all (to, buffer, (gsize) size);
}

/* The client's end of file is passed on, and the answers that are still to come are waited for. */
static void
join_both (int socket)
{
  struct pollfd fds[] = { { STDIN_FILENO, POLLIN, 0 }, { socket, POLLIN, 0 } };

  while (poll (fds, G_N_ELEMENTS (fds), -1) >= 0 || errno == EINTR)
    {
      if (fds[0].revents != 0 && !move_some (STDIN_FILENO, socket))
        {
          shutdown (socket, SHUT_WR);
          fds[0].fd = -1;
        }
      if (fds[1].revents != 0 && !move_some (socket, STDOUT_FILENO))
        return;
    }
}

/**
 * nt_bridge_run:
 * @socket_path: where the agent listens
 * @error: G_IO_ERROR: nobody listens there, or this user may not connect
 *
 * Joins stdin and stdout to the agent until one side ends, so that a login by ssh talks to the agent as its user.
 *
 * Returns: whether the agent could be reached
 */
gboolean
nt_bridge_run (const char *socket_path, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (socket_path);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);

  if (socket == NULL)
    return FALSE;
  if (!g_socket_connect (socket, address, NULL, error))
    {
      g_prefix_error (error, _ ("The agent does not answer at %s: "), socket_path);
      return FALSE;
    }
  g_socket_set_blocking (socket, TRUE);
  join_both (g_socket_get_fd (socket));
  return TRUE;
}
