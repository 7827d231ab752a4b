/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/*
 * Recognizes the adapters of a team. The kernel assigns names anew at each boot, depending on what is plugged in where;
 * by name alone, a team would take the wrong adapter after a card was moved. Therefore a definition also records the
 * MAC and bus addresses of its members.
 */

gboolean nt_identity_is_replaced (const NtTeamSpec *spec, const char *member, const NtSnapshot *snapshot);
gboolean nt_identity_is_present (const NtTeamSpec *spec, const char *member, const NtSnapshot *snapshot);
void nt_identity_note (NtTeamSpec *spec, const NtTeamSpec *before, const NtSnapshot *snapshot);
NtTeamSpec *nt_identity_follow (const NtTeamSpec *spec, const NtSnapshot *snapshot);
NtTeamSpec *nt_identity_leave_out_replaced (const NtTeamSpec *spec, const NtSnapshot *snapshot);

G_END_DECLS
