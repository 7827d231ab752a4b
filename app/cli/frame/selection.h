/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/option.h"
#include "app/cli/frame/session.h"

G_BEGIN_DECLS

/* Selects teams by name or pattern ("Lab*", "?"), by a member or by an interface. */

extern char *nt_selection_member;
extern char *nt_selection_interface;

#define NT_SELECTION_OPTIONS \
  { "member", 0, 0, NT_OPTION_TEXT, &nt_selection_member, N_("The team that has this adapter"), N_("ADAPTER") }, \
  { "interface", 0, 0, NT_OPTION_TEXT, &nt_selection_interface, \
    N_("The team that has this interface (name or device)"), N_("INTERFACE") }

gboolean nt_selection_is_pattern (const char *text);
gboolean nt_selection_matches (const char *pattern, const char *name);
gboolean nt_selection_check (NtInvocation *invocation);
const NtTeam *nt_selection_find_team (NtSession *session, const char *name, NtExit *code);
NtTeamSpec *nt_selection_copy_spec (NtSession *session, const char *team, NtExit *code);
GPtrArray *nt_selection_find_teams (NtSession *session, char **patterns, NtExit *code);
GPtrArray *nt_selection_copy_specs (NtSession *session, char **patterns, NtExit *code);
char *nt_selection_join_names (const GPtrArray *specs);

G_END_DECLS
