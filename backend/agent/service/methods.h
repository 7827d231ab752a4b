/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/engine.h"
#include "backend/varlink/service/service.h"

G_BEGIN_DECLS

NtVarlinkService *nt_methods_new (NtEngine *engine);

G_END_DECLS
