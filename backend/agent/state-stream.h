/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"
#include "varlink/call.h"

G_BEGIN_DECLS

void nt_state_stream_start (NtEngine *engine, NtVarlinkCall *call);

G_END_DECLS
