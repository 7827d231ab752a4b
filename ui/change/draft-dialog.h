/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/change/same-change-group.h"

G_BEGIN_DECLS

#define NT_TYPE_DRAFT_DIALOG (nt_draft_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (NtDraftDialog, nt_draft_dialog, NT, DRAFT_DIALOG, AdwDialog)

struct _NtDraftDialogClass
{
  AdwDialogClass parent_class;
};

/**
 * NtDraftDialogParts:
 * @page: the fields
 * @banner: shows errors and progress
 * @same_change_group: offers to make the same change on other servers
 * @cancel_button: closes the dialog
 * @apply_button: applies the change
 *
 * The common children of dialogs that change a team.
 */
typedef struct
{
  GtkWidget *page;
  AdwBanner *banner;
  NtSameChangeGroup *same_change_group;
  GtkButton *cancel_button;
  GtkButton *apply_button;
} NtDraftDialogParts;

void nt_draft_dialog_set_up (NtDraftDialog *self, NtServer *server, NtTeamDraft *draft, const NtDraftDialogParts *parts);
void nt_draft_dialog_set_others (NtDraftDialog *self, GPtrArray *others);
NtServer *nt_draft_dialog_get_server (NtDraftDialog *self);
NtTeamDraft *nt_draft_dialog_get_draft (NtDraftDialog *self);
void nt_draft_dialog_apply (NtDraftDialog *self);
void nt_draft_dialog_preview (NtDraftDialog *self);

G_END_DECLS
