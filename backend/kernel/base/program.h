/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a program has printed, and how it ended. */
typedef struct
{
  gboolean is_successful; /* it exited with status 0 */
  char *output;
  char *errors;
} NtProgramResult;

void nt_program_result_free (NtProgramResult *self);

void nt_program_run_async (const char *const *argv,
                           const char *input,
                           guint timeout_ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
NtProgramResult *nt_program_run_finish (GAsyncResult *result, GError **error);
NtProgramResult *nt_program_run (const char *const *argv, const char *input, guint timeout_ms, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtProgramResult, nt_program_result_free)

G_END_DECLS
