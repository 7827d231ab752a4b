/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/state/state.h"

/* Hosts to test with, as snapshots of the kernel. */

NtSnapshot *host_with_adapters (guint n_adapters);
NtLink *host_get_link (NtSnapshot *snapshot, const char *name);
NtLink *host_add_link (NtSnapshot *snapshot, const char *name, NtLinkKind kind);
void host_add_address (NtLink *link, const char *address);
NtLink *host_add_bond (NtSnapshot *snapshot, const char *name, NtBondMode mode, const char *members);
void host_add_filter (NtSnapshot *snapshot, const char *bond, const char *members);
NtTeamSpec *team_spec (const char *name, const char *members);
NtDefinitions *wanted_of (NtTeamSpec *spec);
NtState *state_of (const NtSnapshot *snapshot, const NtDefinitions *wanted);
