/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/operation.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/*
 * Filters let a team in switch independent mode send each source address on one member. Such a team is a balance-xor
 * bond, for which the switches would have to know that its members belong together. The filters make up for that:
 * broadcasts enter on the first member only, and frames that the team itself has sent are dropped. The filters of a
 * team are written as the names of its members, separated by spaces: the first member, then the others in sorted order.
 */

gboolean nt_packet_filter_is_needed (const NtTeamSpec *spec);
char *nt_packet_filter_choose (const NtTeamSpec *spec, const NtSnapshot *snapshot, const GPtrArray *in_bond);
char *nt_packet_filter_leave_out (const char *members, const GPtrArray *names);
NtOperation *nt_packet_filter_make_operation (const char *bond, const char *members);
GPtrArray *nt_packet_filter_plan (const NtTeamSpec *spec, const NtSnapshot *snapshot);

G_END_DECLS
