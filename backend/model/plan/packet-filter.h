/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/*
 * A team in switch independent mode that sends each source address by one member is balance-xor, for which the switches
 * would have to know that its members belong together. Filters make up for that: broadcasts enter by the first member
 * only, and what the team has sent itself does not enter at all. They are told by the names of the members with a
 * space between, the first one in front and the others sorted.
 */

gboolean nt_filter_is_needed (const NtTeamSpec *spec);
char *nt_filter_choose (const NtTeamSpec *spec, const NtSnapshot *snapshot, const GPtrArray *in_bond);
char *nt_filter_leave_out (const char *members, const GPtrArray *names);
GPtrArray *nt_filter_plan (const NtTeamSpec *spec, const NtSnapshot *snapshot);

G_END_DECLS
