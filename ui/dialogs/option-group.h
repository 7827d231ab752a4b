/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/change/team-draft.h"

G_BEGIN_DECLS

/* A row for each bonding option that has an effect in the mode of a team: see NT_BOND_OPTION_TABLE. */
#define NT_TYPE_OPTION_GROUP (nt_option_group_get_type ())
G_DECLARE_FINAL_TYPE (NtOptionGroup, nt_option_group, NT, OPTION_GROUP, AdwPreferencesGroup)

void nt_option_group_fill (NtOptionGroup *self, NtTeamDraft *draft);
void nt_option_group_update (NtOptionGroup *self);

G_END_DECLS
