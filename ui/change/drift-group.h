/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "backend/model/state/state.h"

G_BEGIN_DECLS

void nt_drift_group_fill (AdwPreferencesGroup *group, const NtTeam *team);

G_END_DECLS
