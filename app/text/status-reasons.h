/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/state/state.h"

G_BEGIN_DECLS

char *nt_status_reasons_of_team (const NtTeam *team);
char *nt_status_reasons_of_state (const NtState *state);

G_END_DECLS
