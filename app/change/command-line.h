/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/request/rules.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

char *nt_command_line_new (const char *server, const NtState *state, const NtRequest *request);

G_END_DECLS
