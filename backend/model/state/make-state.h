/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/state/state.h"

G_BEGIN_DECLS

NtState *nt_join (const NtSnapshot *snapshot, const NtWanted *wanted, const NtHost *host);

G_END_DECLS
