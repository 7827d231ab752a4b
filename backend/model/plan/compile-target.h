/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/target.h"

G_BEGIN_DECLS

NtTarget *nt_target_compile (const NtSnapshot *snapshot, GPtrArray *before, GPtrArray *after);

G_END_DECLS
