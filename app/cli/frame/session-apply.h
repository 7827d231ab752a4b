/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/session.h"

G_BEGIN_DECLS

/* Take adapters over from other tools that configure them. */
extern gboolean nt_session_take_over;

#define NT_TAKE_OVER_OPTION \
  { "take-over", 0, 0, G_OPTION_ARG_NONE, &nt_session_take_over, \
    N_("Take the adapters over from other network tools"), NULL }

/* Options of nt_session_apply_with() */
typedef struct
{
  char **paths;     /* (nullable): names each definition in error messages */
  gboolean only_if_needed; /* make a dry run first, and apply nothing if it has no steps */
} NtApplyOptions;

NtExit nt_session_apply (NtSession *self, NtRequest *request, const char *done);
NtExit nt_session_apply_with (NtSession *self, NtRequest *request, const char *done, const NtApplyOptions *options);
void nt_session_undo (NtSession *self, const char *id, const char *done);
NtExit nt_session_apply_spec (NtSession *self, NtTeamSpec *spec, const char *done);

G_END_DECLS
