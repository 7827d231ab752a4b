/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/print/exit-status.h"

G_BEGIN_DECLS

/* Everything that the program prints passes here, so that a write that fails is noticed. */
void nt_stdout_open (void);
void nt_stdout_write (const char *text);
gboolean nt_stdout_has_failed (void);
NtExit nt_stdout_close (NtExit code);

G_END_DECLS
