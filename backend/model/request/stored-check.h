/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/target.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/* Validates records that were read from files, as the rest of the code relies on their consistency. */

gboolean nt_definitions_check_stored (const NtDefinitions *self);
gboolean nt_target_check_stored (const NtTarget *self);

G_END_DECLS
