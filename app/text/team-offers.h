/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/text/facts.h"
#include "backend/model/link/offload.h"

G_BEGIN_DECLS

void nt_team_offers_list (const NtFactSink *listener, const NtTeamFeatures *features);

G_END_DECLS
