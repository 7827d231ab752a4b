/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/plan.h"

G_BEGIN_DECLS

void nt_plan_bond (NtPlan *plan, const NtTargetLink *want);
void nt_plan_member (NtPlan *plan, const NtTargetLink *want);
void nt_plan_wait_for_others (NtPlan *plan, const NtTargetLink *want);
void nt_plan_late_members (NtPlan *plan, const NtTargetLink *want);

G_END_DECLS
