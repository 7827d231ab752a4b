/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backend/varlink/client/client.h"
#include "backend/varlink/service/listener.h"

typedef struct
{
  char *folder;
  char *path;
  NtVarlinkService *server;
  NtVarlinkListener *listener;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const NtVarlinkServiceInfo info = { "Vendor", "Product", "1", "" };

  fixture->folder = g_dir_make_tmp ("nicteam-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "agent.sock", NULL);
  fixture->server = nt_varlink_service_new (&info);
  fixture->listener = nt_varlink_listener_new (fixture->server);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->listener);
  nt_varlink_service_close (fixture->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->server);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Calls the service as a client at @path. */
static void
assert_answers (const char *path)
{
  g_autoptr (GSocketClient) socket_client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect (socket_client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  g_autoptr (NtVarlinkClient) client = nt_varlink_client_new (G_IO_STREAM (connection));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) reply = NULL;

  nt_varlink_client_call_async (client, "org.varlink.service.GetInfo", NULL, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  reply = nt_varlink_client_call_finish (client, result, NULL);
  g_assert_cmpstr (json_object_get_string_member (reply, "product"), ==, "Product");
}

static void
test_path (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (nt_varlink_listener_listen_path (fixture->listener, fixture->path, 0660, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0660);
  assert_answers (fixture->path);
}

static void
test_stale (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (fixture->path);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);

  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));
  g_socket_close (socket, NULL);
  g_assert_true (nt_varlink_listener_listen_path (fixture->listener, fixture->path, 0600, NULL));
  assert_answers (fixture->path);
}

static void
test_in_use (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtVarlinkListener) other = nt_varlink_listener_new (fixture->server);
  g_autoptr (GError) error = NULL;

  g_assert_true (nt_varlink_listener_listen_path (fixture->listener, fixture->path, 0600, NULL));
  g_assert_false (nt_varlink_listener_listen_path (other, fixture->path, 0600, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
}

static void
test_no_socket (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "precious", -1, NULL));
  g_assert_false (nt_varlink_listener_listen_path (fixture->listener, fixture->path, 0600, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
}

static void
test_no_fds (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (nt_varlink_listener_adopt_fds (fixture->listener, NULL), ==, 0);

  g_setenv ("LISTEN_PID", "1", TRUE);
  g_setenv ("LISTEN_FDS", "1", TRUE);
  g_assert_cmpint (nt_varlink_listener_adopt_fds (fixture->listener, NULL), ==, 0);
}

/* Variables that are not numbers pass no descriptors. */
static void
test_wrong_numbers (Fixture *fixture, gconstpointer data)
{
  static const char *const counts[] = { "1x", "", "-1", "65" };
  g_autofree char *pid = g_strdup_printf ("%d", getpid ());
  g_autofree char *wrong_pid = g_strconcat (pid, "x", NULL);

  for (guint i = 0; i <= G_N_ELEMENTS (counts); i++)
    {
      gboolean is_count = i < G_N_ELEMENTS (counts);

      g_setenv ("LISTEN_PID", is_count ? pid : wrong_pid, TRUE);
      g_setenv ("LISTEN_FDS", is_count ? counts[i] : "1", TRUE);
      g_assert_cmpint (nt_varlink_listener_adopt_fds (fixture->listener, NULL), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/listener/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("path", test_path);
  ADD ("stale", test_stale);
  ADD ("in-use", test_in_use);
  ADD ("no-socket", test_no_socket);
  ADD ("no-fds", test_no_fds);
  ADD ("wrong-numbers", test_wrong_numbers);
#undef ADD
  return g_test_run ();
}
