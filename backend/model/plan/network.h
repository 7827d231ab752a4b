/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/target.h"

G_BEGIN_DECLS

/* Addresses and routes of links, and how they move when a link is recreated, joins a team or leaves it. */

void nt_network_keep (NtTargetLink *link, const NtSnapshot *snapshot, const char *device);
void nt_network_move (NtTargetLink *to, NtTargetLink *from, const NtSnapshot *snapshot, const char *device);
void nt_network_define (NtTargetLink *link, const NtInterfaceSpec *interface, const NtInterfaceSpec *before);
void nt_network_adopt_link (NtInterfaceSpec *interface, const NtSnapshot *snapshot, const char *adapter);
void nt_network_adopt (NtTeamSpec *spec, const NtTeamSpec *before, const NtSnapshot *snapshot);
gboolean nt_network_joins (const NtSnapshot *snapshot, const NtTeamSpec *before, const char *adapter);

G_END_DECLS
