/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/change/team-draft.h"

G_BEGIN_DECLS

#define NT_TYPE_PROBLEM_LABEL (nt_problem_label_get_type ())
G_DECLARE_FINAL_TYPE (NtProblemLabel, nt_problem_label, NT, PROBLEM_LABEL, AdwBin)

void nt_problem_label_set (NtProblemLabel *self, const char *text, gboolean is_error);
void nt_problem_label_show (NtProblemLabel *self, NtTeamDraft *draft, const char *const *fields, gboolean was_touched);

G_END_DECLS
