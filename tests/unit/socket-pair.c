/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "socket-pair.h"

#include <sys/socket.h>

static GSocketConnection *
wrap_fd (int fd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, &error);

  g_assert_no_error (error);
  return g_socket_connection_factory_create_connection (socket);
}

/* Makes two connections that are each other's peer. */
void
make_socket_pair (GSocketConnection **left, GSocketConnection **right)
{
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  *left = wrap_fd (fds[0]);
  *right = wrap_fd (fds[1]);
}

/* Runs the main loop until *condition is TRUE; the time limit of the test is the bound. */
void
run_until_true (gboolean *condition)
{
  while (!*condition)
    g_main_context_iteration (NULL, TRUE);
}
