/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/access/polkit.h"

#include <gio/gunixfdlist.h>

#include "backend/agent/access/limits.h"

#define NAME "org.freedesktop.PolicyKit1"
#define PATH "/org/freedesktop/PolicyKit1/Authority"
#define INTERFACE "org.freedesktop.PolicyKit1.Authority"

/* CheckAuthorizationFlags of polkit */
#define ALLOW_USER_INTERACTION 1

struct _NtPolkit
{
  GDBusConnection *bus; /* NULL until it is needed */
  guint n_questions;
};

/* A question on its way. */
typedef struct
{
  NtPolkit *polkit;
  GVariant *parameters;
  GUnixFDList *fds;
  char *id; /* by which it is cancelled */
  gulong cancelled_handler;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_variant_unref (question->parameters);
  g_object_unref (question->fds);
  g_free (question->id);
  g_free (question);
}

/* Takes the password dialog away from whom it is shown to. */
static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Question *question = user_data;

  if (question->polkit->bus != NULL)
    g_dbus_connection_call (question->polkit->bus, NAME, PATH, INTERFACE, "CancelCheckAuthorization",
                            g_variant_new ("(s)", question->id), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), NULL, result, &error);
  gboolean is_authorized = FALSE;

  if (g_task_get_cancellable (task) != NULL)
    g_signal_handler_disconnect (g_task_get_cancellable (task), question->cancelled_handler);
  if (answer != NULL)
    g_variant_get (answer, "((bba{ss}))", &is_authorized, NULL, NULL);
  else
    g_info ("polkit does not answer, so it is no: %s", error->message);
  g_task_return_boolean (task, is_authorized);
}

static void
ask (NtPolkit *self, GTask *task)
{
  Question *question = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  if (cancellable != NULL)
    question->cancelled_handler = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), question);
  g_dbus_connection_call_with_unix_fd_list (self->bus, NAME, PATH, INTERFACE, "CheckAuthorization", question->parameters,
                                            G_VARIANT_TYPE ("((bba{ss}))"), G_DBUS_CALL_FLAGS_NONE,
                                            NT_LIMIT_PASSWORD_MS, question->fds, NULL, answered_cb, g_object_ref (task));
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    {
      g_info ("There is no system bus to ask polkit by, so it is no: %s", error->message);
      g_task_return_boolean (task, FALSE);
      return;
    }
  /* The bus may be restarted; this agent goes on. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_set_object (&question->polkit->bus, bus);
  ask (question->polkit, task);
}

/* A pidfd is not taken for another process after the number was used again; the start time says the same to an older
 * polkit or kernel. Each polkit takes what it knows. */
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
 * @bus: (nullable): where polkit is; %NULL: the system bus, when it is needed
 *
 * Returns: (transfer full): a way to ask polkit
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
 * @self: polkit; must be there until the answer
 * @caller: who wants it
 * @action: what he wants, the id of an action
 * @may_ask: whether a person may be asked for a password
 * @cancellable: (nullable): gives up waiting; the answer is no then
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks polkit, version 0.105 or later, whether somebody may do something.
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
  Question *question = g_new0 (Question, 1);

  question->polkit = self;
  question->fds = g_unix_fd_list_new ();
  question->id = g_strdup_printf ("nicteam-%u", ++self->n_questions);
  question->parameters = g_variant_ref_sink (
    g_variant_new ("(@(sa{sv})sa{ss}us)", build_subject (caller, question->fds), action, NULL,
                   may_ask ? ALLOW_USER_INTERACTION : 0, question->id));
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, question, question_free);

  if (self->bus != NULL && g_dbus_connection_is_closed (self->bus))
    g_clear_object (&self->bus);
  if (self->bus == NULL)
    g_bus_get (G_BUS_TYPE_SYSTEM, NULL, connected_cb, g_steal_pointer (&task));
  else
    ask (self, task);
}

/**
 * nt_polkit_check_finish:
 * @result: what the callback was given
 *
 * Returns: whether it may be done; no, where polkit cannot be asked
 */
gboolean
nt_polkit_check_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
