/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/*
 * The standby member. A team of two uses active-backup. In larger teams, whose bonds have no standby member, the agent
 * holds it outside of the bond, up but silent, and adds it to the bond while another member has failed.
 */

gboolean nt_standby_is_needed (const NtTeamSpec *spec, const NtSnapshot *snapshot);
GPtrArray *nt_standby_plan (const NtTeamSpec *spec, const NtSnapshot *snapshot);

G_END_DECLS
