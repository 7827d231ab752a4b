/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/state/state.h"

G_BEGIN_DECLS

NtState *nt_make_state (const NtSnapshot *snapshot, const NtDefinitions *definitions, const NtHost *host);

G_END_DECLS
