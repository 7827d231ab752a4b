/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The output of a program, and its exit status. */
typedef struct
{
  gboolean is_successful; /* it exited with status 0 */
  char *output;
  char *errors;
} NtChildResult;

void nt_child_result_free (NtChildResult *self);

void nt_child_run_async (const char *const *argv,
                         const char *input,
                         guint timeout_ms,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
NtChildResult *nt_child_run_finish (GAsyncResult *result, GError **error);
NtChildResult *nt_child_run (const char *const *argv, const char *input, guint timeout_ms, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtChildResult, nt_child_result_free)

G_END_DECLS
