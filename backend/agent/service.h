/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/engine.h"
#include "varlink/server.h"

G_BEGIN_DECLS

NtVarlinkServer *nt_service_new (NtEngine *engine);

G_END_DECLS
