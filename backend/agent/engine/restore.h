/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/kernel/base/kernel.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/* Which teams are made what their definitions say. */
typedef enum
{
  NT_RESTORE_MISSING, /* those of which there is nothing */
  NT_RESTORE_ALL,
} NtRestoreScope;

void nt_restore_teams (NtKernel *kernel, const NtWanted *wanted, NtRestoreScope scope);
gboolean nt_restore_team (NtKernel *kernel, const NtTeamSpec *spec, GError **error);
void nt_restore_arrivals (NtKernel *kernel, const NtWanted *wanted, const NtSnapshot *before, const NtSnapshot *now);

G_END_DECLS
