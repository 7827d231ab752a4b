/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/engine.h"
#include "backend/varlink/service/call.h"

G_BEGIN_DECLS

void nt_state_stream_start (NtEngine *engine, NtVarlinkCall *call);

G_END_DECLS
