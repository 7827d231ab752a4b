/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/access/polkit.h"
#include "socket-pair.h"

#include <gio/gunixfdlist.h>
#include <unistd.h>

/* A polkit of our own at the other end of a socket: D-Bus without a bus. */
typedef struct
{
  GDBusConnection *ours;
  GDBusConnection *theirs;
  NtPolkit *polkit;
  NtCaller *caller;
  GSocketConnection *sockets[2];

  gboolean answer;
  gboolean is_silent;
  char *action;
  char *question;
  char *cancelled;
  GVariant *details;
  guint32 flags;

  gboolean is_done;
  gboolean result;
} Fixture;

static const char interface_xml[] =
  "<node><interface name='org.freedesktop.PolicyKit1.Authority'>"
  "<method name='CheckAuthorization'>"
  "<arg type='(sa{sv})' direction='in'/><arg type='s' direction='in'/><arg type='a{ss}' direction='in'/>"
  "<arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='(bba{ss})' direction='out'/>"
  "</method>"
  "<method name='CancelCheckAuthorization'><arg type='s' direction='in'/></method>"
  "</interface></node>";

static void
take_question (Fixture *fixture, GVariant *parameters)
{
  g_autofree char *kind = NULL;

  g_variant_get (parameters, "((s@a{sv})sa{ss}us)", &kind, &fixture->details, &fixture->action, NULL, &fixture->flags,
                 &fixture->question);
  g_assert_cmpstr (kind, ==, "unix-process");
}

static void
method_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  Fixture *fixture = user_data;

  if (g_str_equal (method, "CancelCheckAuthorization"))
    {
      g_variant_get (parameters, "(s)", &fixture->cancelled);
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }
  take_question (fixture, parameters);
  if (fixture->is_silent)
    g_object_unref (invocation);
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("((bba{ss}))", fixture->answer, FALSE, NULL));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusConnection **connection = user_data;
  g_autoptr (GError) error = NULL;

  *connection = g_dbus_connection_new_finish (result, &error);
  g_assert_no_error (error);
}

static void
connect_both (Fixture *fixture)
{
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autoptr (GSocketConnection) left = NULL;
  g_autoptr (GSocketConnection) right = NULL;

  make_socket_pair (&left, &right);
  g_dbus_connection_new (G_IO_STREAM (left), guid, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER, NULL, NULL,
                         connected_cb, &fixture->theirs);
  g_dbus_connection_new (G_IO_STREAM (right), NULL, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL, NULL,
                         connected_cb, &fixture->ours);
  while (fixture->ours == NULL || fixture->theirs == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const GDBusInterfaceVTable vtable = { method_cb, NULL, NULL, { 0 } };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autoptr (GError) error = NULL;

  connect_both (fixture);
  g_dbus_connection_register_object (fixture->theirs, "/org/freedesktop/PolicyKit1/Authority", info->interfaces[0],
                                     &vtable, fixture, NULL, &error);
  g_assert_no_error (error);
  fixture->polkit = nt_polkit_new (fixture->ours);
  make_socket_pair (&fixture->sockets[0], &fixture->sockets[1]);
  fixture->caller = nt_caller_new (g_socket_connection_get_socket (fixture->sockets[0]));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  nt_polkit_free (fixture->polkit);
  nt_caller_free (fixture->caller);
  g_dbus_connection_close_sync (fixture->theirs, NULL, NULL);
  g_clear_object (&fixture->ours);
  g_clear_object (&fixture->theirs);
  g_clear_object (&fixture->sockets[0]);
  g_clear_object (&fixture->sockets[1]);
  g_free (fixture->action);
  g_free (fixture->question);
  g_free (fixture->cancelled);
  g_clear_pointer (&fixture->details, g_variant_unref);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = nt_polkit_check_finish (result);
  fixture->is_done = TRUE;
}

static void
check (Fixture *fixture, gboolean may_ask, GCancellable *cancellable)
{
  nt_polkit_check_async (fixture->polkit, fixture->caller, "io.github.nicteam.agent.read", may_ask, cancellable,
                         checked_cb, fixture);
}

static void
test_yes (Fixture *fixture, gconstpointer data)
{
  guint32 pid;
  guint64 start;
  gint32 uid;

  fixture->answer = TRUE;
  check (fixture, TRUE, NULL);
  run_until_true (&fixture->is_done);
  g_assert_true (fixture->result);
  g_assert_cmpstr (fixture->action, ==, "io.github.nicteam.agent.read");
  g_assert_cmpuint (fixture->flags, ==, 1);
  g_assert_true (g_variant_lookup (fixture->details, "pid", "u", &pid));
  g_assert_true (g_variant_lookup (fixture->details, "start-time", "t", &start));
  g_assert_true (g_variant_lookup (fixture->details, "uid", "i", &uid));
  g_assert_cmpuint (pid, ==, getpid ());
  g_assert_cmpuint (start, >, 0);
  g_assert_cmpint (uid, ==, getuid ());
}

static void
test_no (Fixture *fixture, gconstpointer data)
{
  check (fixture, FALSE, NULL);
  run_until_true (&fixture->is_done);
  g_assert_false (fixture->result);
  g_assert_cmpuint (fixture->flags, ==, 0);
}

/* If a caller disconnects while it waits for a password, the dialog is closed. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fixture->is_silent = TRUE;
  check (fixture, TRUE, cancellable);
  while (fixture->question == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  while (fixture->cancelled == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->cancelled, ==, fixture->question);
  g_dbus_connection_close_sync (fixture->theirs, NULL, NULL);
  run_until_true (&fixture->is_done);
  g_assert_false (fixture->result);
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  fixture->is_silent = TRUE;
  check (fixture, TRUE, NULL);
  while (fixture->question == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_dbus_connection_close_sync (fixture->theirs, NULL, NULL);
  run_until_true (&fixture->is_done);
  g_assert_false (fixture->result);
}

/* Without a system bus access is denied at once. */
static void
test_no_bus (Fixture *fixture, gconstpointer data)
{
  nt_polkit_free (fixture->polkit);
  fixture->polkit = nt_polkit_new (NULL);
  check (fixture, TRUE, NULL);
  run_until_true (&fixture->is_done);
  g_assert_false (fixture->result);
}

int
main (int argc, char **argv)
{
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/system_bus_socket", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/polkit/yes", Fixture, NULL, set_up, test_yes, tear_down);
  g_test_add ("/polkit/no", Fixture, NULL, set_up, test_no, tear_down);
  g_test_add ("/polkit/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/polkit/gone", Fixture, NULL, set_up, test_gone, tear_down);
  g_test_add ("/polkit/no-bus", Fixture, NULL, set_up, test_no_bus, tear_down);
  return g_test_run ();
}
