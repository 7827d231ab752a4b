/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/service/notify.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* The socket of a service manager. */
typedef struct
{
  GSocket *socket;
  char *folder;
  char *path;
} Fixture;

static void
listen_at (Fixture *fixture, GSocketAddress *address, const char *name)
{
  g_autoptr (GError) error = NULL;

  g_socket_bind (fixture->socket, address, FALSE, &error);
  g_assert_no_error (error);
  g_setenv ("NOTIFY_SOCKET", name, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("nicteam-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "notify", NULL);
  fixture->socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_clear_object (&fixture->socket);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_unsetenv ("NOTIFY_SOCKET");
  g_unsetenv ("WATCHDOG_USEC");
  g_unsetenv ("WATCHDOG_PID");
}

static void
assert_received (Fixture *fixture, const char *expected)
{
  char text[100] = "";

  g_assert_cmpint (g_socket_receive (fixture->socket, text, sizeof text - 1, NULL, NULL), >, 0);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_path (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (fixture->path);

  listen_at (fixture, address, fixture->path);
  nt_notify ("READY=1");
  assert_received (fixture, "READY=1");
}

static void
test_abstract (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strconcat ("@", fixture->path, NULL);
  g_autoptr (GSocketAddress) address =
    g_unix_socket_address_new_with_type (fixture->path, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT);

  listen_at (fixture, address, name);
  nt_notify ("STOPPING=1");
  assert_received (fixture, "STOPPING=1");
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  nt_notify ("READY=1");
  g_assert_cmpuint (nt_notify_start_watchdog (), ==, 0);
}

static void
test_watchdog (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (fixture->path);
  g_autofree char *pid = g_strdup_printf ("%d", getpid ());
  guint source;

  listen_at (fixture, address, fixture->path);
  g_setenv ("WATCHDOG_USEC", "20000", TRUE);
  g_setenv ("WATCHDOG_PID", "1", TRUE);
  g_assert_cmpuint (nt_notify_start_watchdog (), ==, 0);

  g_setenv ("WATCHDOG_PID", pid, TRUE);
  g_setenv ("WATCHDOG_USEC", "20000x", TRUE);
  g_assert_cmpuint (nt_notify_start_watchdog (), ==, 0);
  g_setenv ("WATCHDOG_USEC", "20000", TRUE);
  source = nt_notify_start_watchdog ();
  while (!g_socket_condition_check (fixture->socket, G_IO_IN))
    g_main_context_iteration (NULL, TRUE);
  assert_received (fixture, "WATCHDOG=1");
  g_source_remove (source);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/notify/path", Fixture, NULL, set_up, test_path, tear_down);
  g_test_add ("/notify/abstract", Fixture, NULL, set_up, test_abstract, tear_down);
  g_test_add ("/notify/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  g_test_add ("/notify/watchdog", Fixture, NULL, set_up, test_watchdog, tear_down);
  return g_test_run ();
}
