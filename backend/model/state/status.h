/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/state/state.h"

G_BEGIN_DECLS

/* Derives state and status from the kernel's state, upwards from member to team to server. */

void nt_status_of_link (const NtLink *link, int *state, int *reason);
void nt_status_of_member (const NtLink *adapter, const NtLink *bond, int *state, int *reason);
void nt_status_of_interface (const NtLink *link, const NtLink *bond, const NtTeam *team, int *state, int *reason);
NtStatus nt_status_of_team (const GPtrArray *members, const NtLink *bond);
NtStatus nt_status_of_host (const GPtrArray *teams);

G_END_DECLS
