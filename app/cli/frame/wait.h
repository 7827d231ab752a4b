/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/session.h"

G_BEGIN_DECLS

/* --wait: waits until teams are up. */

#define NT_WAIT_SECONDS 60

gboolean nt_wait_parse (const char *name, const char *value, gpointer data, GError **error);

#define NT_WAIT_OPTION \
  { "wait", 0, G_OPTION_FLAG_OPTIONAL_ARG | G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, (gpointer) nt_wait_parse, \
    N_("Wait until the team is up, at most this long (default: 60)"), N_("SECONDS") }

gboolean nt_wait_is_wanted (void);
void nt_wait_start (NtSession *session, const GPtrArray *teams);

G_END_DECLS
