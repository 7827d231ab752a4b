/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/session.h"

G_BEGIN_DECLS

/* Have other tools leave alone what they configure. */
extern gboolean nt_session_take_over;

#define NT_TAKE_OVER_OPTION \
  { "take-over", 0, 0, G_OPTION_ARG_NONE, &nt_session_take_over, \
    N_("Have other tools leave alone what they configure so far"), NULL }

/* How a change is asked for; see session-apply.c. */
typedef struct
{
  char **paths;     /* (nullable): what each spec that is set is called where something is wrong with it */
  gboolean only_if_needed; /* do not send it where a dry run has nothing to do */
} NtApplyOptions;

NtExit nt_session_apply (NtSession *self, NtRequest *request, const char *done);
NtExit nt_session_apply_with (NtSession *self, NtRequest *request, const char *done, const NtApplyOptions *options);
void nt_session_undo (NtSession *self, const char *done);
NtExit nt_session_apply_spec (NtSession *self, NtTeamSpec *spec, const char *done);

G_END_DECLS
