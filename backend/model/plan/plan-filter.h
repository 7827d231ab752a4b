/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/plan.h"

G_BEGIN_DECLS

void nt_plan_filter (NtPlan *plan, const NtTargetLink *want);
void nt_plan_late_filter (NtPlan *plan, const NtTargetLink *want);
void nt_plan_former_filters (NtPlan *plan);

G_END_DECLS
