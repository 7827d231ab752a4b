/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/request/request.h"

G_BEGIN_DECLS

/* Adopting a foreign bond: making it a managed team without changing it. */

gboolean nt_adopt_is_possible (const NtTeam *bond);
NtTeamSpec *nt_adopt_make_spec (const NtTeam *bond, const char *name);
const NtTeam *nt_adopt_find (const NtState *state, const NtRequest *request, const NtTeamSpec *spec);
void nt_adopt_complete (NtTeamSpec *spec, const NtTeamSpec *requested, const NtSnapshot *snapshot);

G_END_DECLS
