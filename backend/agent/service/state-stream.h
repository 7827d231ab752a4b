/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/engine.h"
#include "backend/varlink/service/call.h"

G_BEGIN_DECLS

/* Seconds between keep-alives of a subscription. */
#define NT_HEARTBEAT_DEFAULT_S 30
#define NT_HEARTBEAT_MAX_S 3600

void nt_state_stream_start (NtEngine *engine, NtVarlinkCall *call, guint heartbeat_s);

G_END_DECLS
