/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/*
 * Which adapter a member of a team is. The kernel gives names anew at each boot, by what is plugged in where; a team that
 * went by names alone would take another adapter after a card was moved. So a definition also keeps by what else its
 * members are known.
 */

gboolean nt_identity_is_replaced (const NtTeamSpec *spec, const char *member, const NtSnapshot *snapshot);
gboolean nt_identity_is_there (const NtTeamSpec *spec, const char *member, const NtSnapshot *snapshot);
void nt_identity_note (NtTeamSpec *spec, const NtTeamSpec *before, const NtSnapshot *snapshot);
NtTeamSpec *nt_identity_follow (const NtTeamSpec *spec, const NtSnapshot *snapshot);
NtTeamSpec *nt_identity_leave_out_replaced (const NtTeamSpec *spec, const NtSnapshot *snapshot);

G_END_DECLS
