/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/kernel/base/kernel.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/* Selects the teams to restore. */
typedef enum
{
  NT_RESTORE_MISSING, /* teams that are completely absent */
  NT_RESTORE_ALL,
} NtRestoreScope;

void nt_restore_teams (NtKernel *kernel, const NtDefinitions *definitions, NtRestoreScope scope);
gboolean nt_restore_team (NtKernel *kernel, const NtTeamSpec *spec, GError **error);
void nt_restore_reappeared (NtKernel *kernel, const NtDefinitions *definitions, const NtSnapshot *before, const NtSnapshot *now);

G_END_DECLS
