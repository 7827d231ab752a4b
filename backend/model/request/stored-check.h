/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/target.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/* Whether what was read from a file is what was once written there: the rest of the code takes for granted that it is. */

gboolean nt_wanted_is_sound (const NtWanted *self);
gboolean nt_target_is_sound (const NtTarget *self);

G_END_DECLS
