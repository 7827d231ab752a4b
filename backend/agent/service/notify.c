/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/service/notify.h"

#include "backend/agent/base/clock.h"
#include "backend/varlink/service/listener.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <unistd.h>

/* Half of it, in milliseconds, is what a timer can hold. */
#define TIMEOUT_MAX_US (G_MAXUINT * G_GUINT64_CONSTANT (2000))

/* A path, or an abstract name with “@” as its first character. */
static GSocketAddress *
make_address (const char *text)
{
  if (*text == '@')
    return g_unix_socket_address_new_with_type (text + 1, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT);
  return g_unix_socket_address_new (text);
}

/**
 * nt_notify:
 * @state: assignments for sd_notify(3)
 *
 * Notifies the service manager, if there is one.
 */
void
nt_notify (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket) socket = NULL;

  if (path == NULL || *path == '\0')
    return;
  address = make_address (path);
  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT, &error);
  if (socket == NULL || g_socket_send_to (socket, address, state, strlen (state), NULL, &error) < 0)
    g_warning ("cannot notify the service manager of “%s”: %s", state, error->message);
}

static gboolean
ping_cb (gpointer user_data)
{
  nt_notify ("WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

/**
 * nt_notify_start_watchdog:
 *
 * If the service manager has enabled the watchdog, sends keep-alives from the main loop at twice the required rate: an
 * agent that hangs is restarted.
 *
 * Returns: the source id, or 0
 */
guint
nt_notify_start_watchdog (void)
{
  const char *time = g_getenv ("WATCHDOG_USEC");
  const char *pid = g_getenv ("WATCHDOG_PID");
  guint64 timeout_us;

  if (time == NULL || !g_ascii_string_to_unsigned (time, 10, 2000, TIMEOUT_MAX_US, &timeout_us, NULL) ||
      (pid != NULL && !nt_varlink_listener_is_own_pid (pid)))
    return 0;
  return nt_clock_add_timeout ((guint) (timeout_us / 2 / 1000), ping_cb, NULL);
}
