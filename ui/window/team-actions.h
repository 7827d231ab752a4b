/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/window/action-context.h"

G_BEGIN_DECLS

void nt_team_actions_install (GtkWidgetClass *klass);
void nt_team_actions_update (NtActionContext *self);
void nt_team_actions_open (NtActionContext *self, NtServer *server, const NtTeam *team);

G_END_DECLS
