/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/change/team-draft.h"

G_BEGIN_DECLS

#define NT_TYPE_MEMBER_GROUP (nt_member_group_get_type ())
G_DECLARE_FINAL_TYPE (NtMemberGroup, nt_member_group, NT, MEMBER_GROUP, AdwPreferencesGroup)

void nt_member_group_fill (NtMemberGroup *self, NtTeamDraft *draft);

G_END_DECLS
