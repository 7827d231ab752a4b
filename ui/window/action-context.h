/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/servers/server-list.h"
#include "ui/window/change-runner.h"
#include "ui/window/selection.h"

G_BEGIN_DECLS

#define NT_TYPE_ACTION_CONTEXT (nt_action_context_get_type ())
G_DECLARE_FINAL_TYPE (NtActionContext, nt_action_context, NT, ACTION_CONTEXT, GObject)

/**
 * NtActionContext:
 * @window: where the actions are installed, and dialogs presented
 * @selection: what the actions apply to
 * @runner: makes changes
 * @servers: all servers
 *
 * All that the actions of a window know of it. Owned by the window.
 */
struct _NtActionContext
{
  GObject parent_instance;

  GtkWidget *window; /* borrowed */
  NtSelection *selection;
  NtChangeRunner *runner;
  NtServerList *servers;
};

NtActionContext *nt_action_context_new (GtkWidget *window,
                                        NtSelection *selection,
                                        NtChangeRunner *runner,
                                        NtServerList *servers);
NtActionContext *nt_action_context_get (GtkWidget *window);
void nt_action_context_drop (GtkWidget *window);
void nt_action_context_set_enabled (NtActionContext *self, const char *action, gboolean enabled);

G_END_DECLS
