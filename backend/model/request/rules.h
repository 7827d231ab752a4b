/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/request/request.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

GPtrArray *nt_rules_check (const NtState *state, const NtRequest *request);

G_END_DECLS
