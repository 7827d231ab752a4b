/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/access/polkit.h"

#include <gio/gunixfdlist.h>

#include "backend/agent/base/limits.h"

#define NAME "org.freedesktop.PolicyKit1"
#define PATH "/org/freedesktop/PolicyKit1/Authority"
#define INTERFACE "org.freedesktop.PolicyKit1.Authority"

/* CheckAuthorizationFlags of polkit */
#define ALLOW_USER_INTERACTION 1

struct _NtPolkit
{
  GDBusConnection *bus; /* NULL = not connected yet */
  guint n_checks;
};

/* A pending authorization check. */
typedef struct
{
  NtPolkit *polkit;
  GVariant *parameters;
  GUnixFDList *fds;
  char *id; /* for cancelling it */
  gulong cancelled_handler;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_variant_unref (check->parameters);
  g_object_unref (check->fds);
  g_free (check->id);
  g_free (check);
}

/* Closes the password dialog. */
static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Check *check = user_data;

  if (check->polkit->bus != NULL)
    g_dbus_connection_call (check->polkit->bus, NAME, PATH, INTERFACE, "CancelCheckAuthorization",
                            g_variant_new ("(s)", check->id), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), NULL, result, &error);
  gboolean is_authorized = FALSE;

  if (g_task_get_cancellable (task) != NULL)
    g_signal_handler_disconnect (g_task_get_cancellable (task), check->cancelled_handler);
  if (answer != NULL)
    g_variant_get (answer, "((bba{ss}))", &is_authorized, NULL, NULL);
  else
    g_info ("Denied access because polkit does not respond: %s", error->message);
  g_task_return_boolean (task, is_authorized);
}

static void
ask (NtPolkit *self, GTask *task)
{
  Check *check = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  if (cancellable != NULL)
    check->cancelled_handler = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), check);
  g_dbus_connection_call_with_unix_fd_list (self->bus, NAME, PATH, INTERFACE, "CheckAuthorization", check->parameters,
                                            G_VARIANT_TYPE ("((bba{ss}))"), G_DBUS_CALL_FLAGS_NONE,
                                            NT_LIMIT_PASSWORD_MS, check->fds, NULL, answered_cb, g_object_ref (task));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    {
      g_info ("Denied access because there is no system bus for polkit: %s", error->message);
      g_task_return_boolean (task, FALSE);
      return;
    }
  /* The bus may be restarted without affecting this agent. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_set_object (&check->polkit->bus, bus);
  ask (check->polkit, task);
}

/* A pidfd identifies the process even if its pid is reused; for an older polkit or kernel the start time serves the
 * same purpose. Each version of polkit uses what it supports. */
static GVariant *
build_subject (const NtCaller *caller, GUnixFDList *fds)
{
  g_auto (GVariantBuilder) details = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_variant_builder_add (&details, "{sv}", "pid", g_variant_new_uint32 ((guint32) caller->pid));
  g_variant_builder_add (&details, "{sv}", "start-time", g_variant_new_uint64 (nt_caller_get_start_time (caller)));
  g_variant_builder_add (&details, "{sv}", "uid", g_variant_new_int32 ((gint32) caller->uid));
  if (caller->pidfd >= 0)
    {
      int handle = g_unix_fd_list_append (fds, caller->pidfd, NULL);

      if (handle >= 0)
        g_variant_builder_add (&details, "{sv}", "pidfd", g_variant_new_handle (handle));
    }
  return g_variant_new ("(s@a{sv})", "unix-process", g_variant_builder_end (&details));
}

/**
 * nt_polkit_new:
 * @bus: (nullable): the bus of polkit; %NULL = the system bus, connected on first use
 *
 * Returns: (transfer full): a client of polkit
 */
NtPolkit *
nt_polkit_new (GDBusConnection *bus)
{
  NtPolkit *self = g_new0 (NtPolkit, 1);

  g_set_object (&self->bus, bus);
  return self;
}

void
nt_polkit_free (NtPolkit *self)
{
  g_clear_object (&self->bus);
  g_free (self);
}

/**
 * nt_polkit_check_async:
 * @self: must outlive the check
 * @action: the id of a polkit action
 * @may_ask: %TRUE if polkit may ask the user for a password
 * @cancellable: (nullable): stops waiting; the result is then negative
 *
 * Asks polkit, version 0.105 or later, if @caller is authorized for @action.
 */
void
nt_polkit_check_async (NtPolkit *self,
                       const NtCaller *caller,
                       const char *action,
                       gboolean may_ask,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Check *check = g_new0 (Check, 1);

  check->polkit = self;
  check->fds = g_unix_fd_list_new ();
  check->id = g_strdup_printf ("nicteam-%u", ++self->n_checks);
  check->parameters = g_variant_ref_sink (
    g_variant_new ("(@(sa{sv})sa{ss}us)", build_subject (caller, check->fds), action, NULL,
                   may_ask ? ALLOW_USER_INTERACTION : 0, check->id));
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, check, check_free);

  if (self->bus != NULL && g_dbus_connection_is_closed (self->bus))
    g_clear_object (&self->bus);
  if (self->bus == NULL)
    g_bus_get (G_BUS_TYPE_SYSTEM, NULL, connected_cb, g_steal_pointer (&task));
  else
    ask (self, task);
}

/**
 * nt_polkit_check_finish:
 *
 * Returns: %TRUE if the caller is authorized; %FALSE if not, or if polkit is not available
 */
gboolean
nt_polkit_check_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
