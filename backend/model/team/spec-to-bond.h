/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/bond-options.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

NtBondOptions *nt_spec_to_bond_options (const NtTeamSpec *spec);
void nt_spec_drop_options (NtTeamSpec *spec);
void nt_spec_recognise_bond (const NtBondOptions *options, int *mode, int *balance);

G_END_DECLS
