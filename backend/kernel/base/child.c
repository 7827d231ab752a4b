/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/base/child.h"

#include <glib/gi18n-lib.h>

/* A program that is running. */
typedef struct
{
  GSubprocess *process;
  GCancellable *stop; /* ends the communication, also where a child of the program still has its pipes open */
  GSource *timeout;
  gulong cancelled_handler;
  gboolean is_late;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->process);
  g_object_unref (run->stop);
  g_free (run);
}

void
nt_child_result_free (NtChildResult *self)
{
  g_free (self->output);
  g_free (self->errors);
  g_free (self);
}

static void
free_result (gpointer result)
{
  nt_child_result_free (result);
}

static void
stop (Run *run)
{
  g_subprocess_force_exit (run->process);
  g_cancellable_cancel (run->stop);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  stop (user_data);
}

static gboolean
late_cb (gpointer user_data)
{
  Run *run = user_data;

  run->is_late = TRUE;
  stop (run);
  return G_SOURCE_REMOVE;
}

static void
communicated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (NtChildResult) done = g_new0 (NtChildResult, 1);
  g_autoptr (GError) error = NULL;

  g_source_destroy (run->timeout);
  g_clear_pointer (&run->timeout, g_source_unref);
  g_clear_signal_handler (&run->cancelled_handler, g_task_get_cancellable (task));
  g_subprocess_communicate_utf8_finish (run->process, result, &done->output, &done->errors, &error);
  if (run->is_late)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("it did not respond and was stopped"));
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      done->is_successful = g_subprocess_get_successful (run->process);
      g_task_return_pointer (task, g_steal_pointer (&done), free_result);
    }
}

static GSubprocess *
spawn (const char *const *argv, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  /* Otherwise a program of systemd would notify the service manager of its own exit. */
  g_subprocess_launcher_unsetenv (launcher, "NOTIFY_SOCKET");
  return g_subprocess_launcher_spawnv (launcher, argv, error);
}

/**
 * nt_child_run_async:
 * @argv: the program, found by PATH, and its arguments
 * @input: (nullable): its standard input
 * @timeout_ms: the time after which it is killed, in milliseconds
 * @cancellable: (nullable): kills it
 *
 * Runs a program.
 */
void
nt_child_run_async (const char *const *argv,
                    const char *input,
                    guint timeout_ms,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);
  GError *error = NULL;

  run->stop = g_cancellable_new ();
  g_task_set_task_data (task, run, run_free);
  run->process = spawn (argv, &error);
  if (run->process == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  run->timeout = g_timeout_source_new (timeout_ms);
  g_source_set_callback (run->timeout, late_cb, run, NULL);
  g_source_attach (run->timeout, g_task_get_context (task));
  if (cancellable != NULL)
    run->cancelled_handler = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), run);
  g_subprocess_communicate_utf8_async (run->process, input, run->stop, communicated_cb, g_steal_pointer (&task));
}

/**
 * nt_child_run_finish:
 * @error: G_SPAWN_ERROR if the program could not be started; G_IO_ERROR_TIMED_OUT, G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): its result, also where it was not successful
 */
NtChildResult *
nt_child_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

/**
 * nt_child_run:
 * @argv: the program, found by PATH, and its arguments
 * @input: (nullable): its standard input
 * @timeout_ms: the time after which it is killed, in milliseconds
 * @error: as for nt_child_run_finish()
 *
 * Runs a program and waits for it; meanwhile nothing else happens in this thread.
 *
 * Returns: (transfer full) (nullable): its result, also where it was not successful
 */
NtChildResult *
nt_child_run (const char *const *argv, const char *input, guint timeout_ms, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  nt_child_run_async (argv, input, timeout_ms, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  return nt_child_run_finish (result, error);
}
