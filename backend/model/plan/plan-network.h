/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/plan.h"

G_BEGIN_DECLS

void nt_plan_routes (NtPlan *plan, const NtTargetLink *want);
void nt_plan_addresses (NtPlan *plan, const NtLink *link, const NtTargetLink *want);
void nt_plan_former_addresses (NtPlan *plan, const NtTargetLink *want);
void nt_plan_former_routes (NtPlan *plan, const NtTargetLink *want);

G_END_DECLS
