/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/window/action-context.h"

G_BEGIN_DECLS

void nt_server_actions_install (GtkWidgetClass *klass);
void nt_server_actions_update (NtActionContext *self);

G_END_DECLS
