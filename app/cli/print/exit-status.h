/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Exit status, as documented in the help. With several servers, the highest one is returned. */
typedef enum
{
  NT_EXIT_OK = 0,
  NT_EXIT_FAILED = 1,
  NT_EXIT_USAGE = 2,
  NT_EXIT_UNREACHABLE = 3,
  NT_EXIT_REFUSED = 4,
  NT_EXIT_KERNEL = 5,
  NT_EXIT_TIMEOUT = 6,
  NT_EXIT_REVERTED = 7,
  N_NT_EXITS,
} NtExit;

NtExit nt_exit_of_error (const GError *error);
const char *nt_exit_get_text (NtExit code);

G_END_DECLS
