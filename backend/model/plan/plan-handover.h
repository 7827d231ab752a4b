/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/plan.h"

G_BEGIN_DECLS

void nt_plan_handover (NtPlan *plan, const NtTargetLink *want);

G_END_DECLS
