/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/change/action.h"

G_BEGIN_DECLS

/* Makes changes that have no dialog of their own: asks, shows the progress, and reports the result. */
#define NT_TYPE_CHANGE_RUNNER (nt_change_runner_get_type ())
G_DECLARE_FINAL_TYPE (NtChangeRunner, nt_change_runner, NT, CHANGE_RUNNER, GObject)

/* Called if the answer to a question is yes. */
typedef void (*NtAnswerFunc) (NtChangeRunner *runner, gpointer data);

NtChangeRunner *nt_change_runner_new (GtkWidget *parent, AdwToastOverlay *toasts);
GtkWidget *nt_change_runner_get_parent (NtChangeRunner *self);

void nt_change_runner_run (NtChangeRunner *self, NtAction *action);
void nt_change_runner_undo (NtChangeRunner *self, NtServer *server, const char *id);
void nt_change_runner_ask (NtChangeRunner *self,
                           const NtQuestion *question,
                           NtAnswerFunc func,
                           gpointer data,
                           GDestroyNotify destroy);
void nt_change_runner_ask_and_run (NtChangeRunner *self, const NtQuestion *question, NtAction *action);
void nt_change_runner_toast_done (NtChangeRunner *self, NtServer *server, const char *text);

G_END_DECLS
