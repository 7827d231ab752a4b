/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/target.h"

G_BEGIN_DECLS

NtTarget *nt_target_capture (const NtSnapshot *snapshot, const NtTarget *target);

G_END_DECLS
