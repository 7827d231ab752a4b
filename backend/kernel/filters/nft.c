/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/filters/nft.h"

#include "backend/kernel/base/child.h"
#include "backend/kernel/base/kernel.h"
#include "backend/kernel/filters/nftables.h"

#include <errno.h>
#include <string.h>

#define TIMEOUT_MS 2000

static const char *const check_argv[] = { "nft", "-f", "-", "-c", NULL };
static const char *const load_argv[] = { "nft", "-f", "-", NULL };
/* --terse omits the elements of sets, which can be many and are not needed. */
static const char *const list_argv[] = { "nft", "--terse", "list", "ruleset", "netdev", NULL };

/* Only the first line of nft's output is the error; the lines below quote the input. */
static gboolean
fail (const char *words, GError **error)
{
  g_autofree char *line = g_strndup (words, strcspn (words, "\n"));

  g_set_error (error, NT_KERNEL_ERROR, EOPNOTSUPP, "nft: %s", g_strstrip (line));
  return FALSE;
}

/* Checks the end of an nft: @result is NULL if there is a @problem (transfer full). */
static gboolean
check_result (const NtChildResult *result, GError *problem, GError **error)
{
  g_autoptr (GError) cause = problem;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (cause != NULL)
    return fail (cause->message, error);
  return result->is_successful || fail (result->errors, error);
}

/* @text is NULL, or the input. */
static NtChildResult *
run (const char *const *argv, const char *text, GError **error)
{
  GError *problem = NULL;
  g_autoptr (NtChildResult) result = nt_child_run (argv, text, TIMEOUT_MS, &problem);

  return check_result (result, problem, error) ? g_steal_pointer (&result) : NULL;
}

static NtChildResult *
run_finish (GAsyncResult *result, GError **error)
{
  GError *problem = NULL;
  g_autoptr (NtChildResult) done = nt_child_run_finish (result, &problem);

  return check_result (done, problem, error) ? g_steal_pointer (&done) : NULL;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtChildResult) list = run_finish (result, &error);

  if (list == NULL)
    g_message ("filters are not supported: %s", error->message);
  g_task_return_boolean (task, list != NULL);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtChildResult) check = run_finish (result, &error);

  if (check != NULL)
    {
      nt_child_run_async (list_argv, NULL, TIMEOUT_MS, NULL, listed_cb, g_steal_pointer (&task));
      return;
    }
  g_message ("filters are not supported: %s", error->message);
  g_task_return_boolean (task, FALSE);
}

/**
 * nt_nft_check_async:
 *
 * Makes nft and the kernel check filters for the loopback device, without creating them, and list those that there are.
 */
void
nt_nft_check_async (GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *text = nt_nftables_format ("lo", "lo lo", NULL);

  nt_child_run_async (check_argv, text, TIMEOUT_MS, NULL, checked_cb, g_task_new (NULL, NULL, callback, user_data));
}

/**
 * nt_nft_check_finish:
 *
 * Returns: %TRUE if filters are supported, which requires the program nft and the egress hook of Linux 5.16
 */
gboolean
nt_nft_check_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * nt_nft_load:
 * @text: commands for nft, which are one transaction
 *
 * Blocks.
 *
 * Returns: %TRUE on success; otherwise nothing has changed
 */
gboolean
nt_nft_load (const char *text, GError **error)
{
  g_autoptr (NtChildResult) result = run (load_argv, text, error);

  return result != NULL;
}

void
nt_nft_load_async (const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  nt_child_run_async (load_argv, text, TIMEOUT_MS, cancellable, callback, user_data);
}

gboolean
nt_nft_load_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (NtChildResult) done = run_finish (result, error);

  return done != NULL;
}

/**
 * nt_nft_list:
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type NtPacketFilter): the filters of this agent
 */
GPtrArray *
nt_nft_list (GError **error)
{
  g_autoptr (NtChildResult) result = run (list_argv, NULL, error);

  return result != NULL ? nt_nftables_parse (result->output) : NULL;
}

void
nt_nft_list_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  nt_child_run_async (list_argv, NULL, TIMEOUT_MS, cancellable, callback, user_data);
}

GPtrArray *
nt_nft_list_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (NtChildResult) done = run_finish (result, error);

  return done != NULL ? nt_nftables_parse (done->output) : NULL;
}
