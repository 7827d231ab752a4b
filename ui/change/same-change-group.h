/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/change/team-draft.h"
#include "ui/change/batch-page.h"

G_BEGIN_DECLS

/* Offers to make the same change on other selected servers. */
#define NT_TYPE_SAME_CHANGE_GROUP (nt_same_change_group_get_type ())
G_DECLARE_FINAL_TYPE (NtSameChangeGroup, nt_same_change_group, NT, SAME_CHANGE_GROUP, AdwPreferencesGroup)

void nt_same_change_group_offer (NtSameChangeGroup *self, GPtrArray *others, const NtTeamSpec *original);
gboolean nt_same_change_group_is_on (NtSameChangeGroup *self);
NtBatchPage *nt_same_change_group_review (NtSameChangeGroup *self, NtServer *server, NtTeamDraft *draft);

G_END_DECLS
