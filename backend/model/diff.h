/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/operation.h"
#include "model/target.h"

G_BEGIN_DECLS

GPtrArray *nt_diff (const NtSnapshot *snapshot, const NtTarget *target);

G_END_DECLS
