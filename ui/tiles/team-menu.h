/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backend/model/state/state.h"

G_BEGIN_DECLS

void nt_team_menu_update (GMenu *menu, const NtState *state, const NtTeam *own);

G_END_DECLS
