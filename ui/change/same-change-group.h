/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/change/team-draft.h"
#include "ui/change/batch-page.h"

G_BEGIN_DECLS

/* Offers to make the same change on other selected servers. */
#define NT_TYPE_ALIKE_GROUP (nt_alike_group_get_type ())
G_DECLARE_FINAL_TYPE (NtAlikeGroup, nt_alike_group, NT, ALIKE_GROUP, AdwPreferencesGroup)

void nt_alike_group_offer (NtAlikeGroup *self, GPtrArray *others, const NtTeamSpec *original);
gboolean nt_alike_group_is_on (NtAlikeGroup *self);
NtBatchPage *nt_alike_group_review (NtAlikeGroup *self, NtServer *server, NtTeamDraft *draft);

G_END_DECLS
