/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/output.h"
#include "model/offload.h"

G_BEGIN_DECLS

void nt_team_features_print (NtOutput *output, const NtTeamFeatures *features);

G_END_DECLS
