/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/*
 * The standby member. In a team of two, active-backup is all there is to it. In a larger one the bond has no such thing,
 * so the spare stays outside of the bond, up and silent, and the agent lets it in while another member is failed.
 */

gboolean nt_standby_is_needed (const NtTeamSpec *spec, const NtSnapshot *snapshot);
GPtrArray *nt_standby_plan (const NtTeamSpec *spec, const NtSnapshot *snapshot);

G_END_DECLS
