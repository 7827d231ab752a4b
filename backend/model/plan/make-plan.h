/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/operation.h"
#include "backend/model/plan/target.h"

G_BEGIN_DECLS

GPtrArray *nt_make_plan (const NtSnapshot *snapshot, const NtTarget *target);

G_END_DECLS
