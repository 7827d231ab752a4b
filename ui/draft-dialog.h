/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "server.h"
#include "team-draft.h"

G_BEGIN_DECLS

#define NT_TYPE_DRAFT_DIALOG (nt_draft_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (NtDraftDialog, nt_draft_dialog, NT, DRAFT_DIALOG, AdwDialog)

struct _NtDraftDialogClass
{
  AdwDialogClass parent_class;
};

void nt_draft_dialog_set_up (NtDraftDialog *self, NtServer *server, NtTeamDraft *draft, AdwBanner *banner);
NtServer *nt_draft_dialog_get_server (NtDraftDialog *self);
NtTeamDraft *nt_draft_dialog_get_draft (NtDraftDialog *self);
void nt_draft_dialog_apply (NtDraftDialog *self);
void nt_draft_dialog_preview (NtDraftDialog *self);

G_END_DECLS
