/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/change/batch.h"

G_BEGIN_DECLS

/* Repeats a change of one server on others. */

const NtTeam *nt_same_change_find_team (NtServer *server, const char *name);
void nt_same_change_add_creation (NtBatch *batch, NtServer *server, const NtRequest *request);
void nt_same_change_add_change (NtBatch *batch, NtServer *server, const NtTeamSpec *before, const NtRequest *original);
void nt_same_change_add_removal (NtBatch *batch, NtServer *server, const char *name);

G_END_DECLS
