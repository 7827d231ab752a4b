/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/text/facts.h"
#include "backend/model/link/offload.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

void nt_adapter_facts_list (const NtFactSink *listener,
                            const NtState *state,
                            const NtAdapter *adapter,
                            const NtAdapterDetails *details);
GPtrArray *nt_adapter_facts_check (const NtState *state, const NtAdapter *adapter);

G_END_DECLS
