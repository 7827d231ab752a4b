/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

/* With read-only access, actions that show something stay enabled. */
static void
disable_changes (NtWindow *self)
{
  static const char *const changes[] = {
    "win.new-team",         "win.new-team-of-adapters", "win.team-properties",    "win.delete-team",
    "win.add-to-team",      "win.remove-from-team",     "win.disable-adapters",   "win.enable-adapters",
    "win.add-interface",    "win.interface-properties", "win.disable-interface",  "win.enable-interface",
    "win.delete-interface", "win.undo",                 "win.repair-team",        "win.adopt-team",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), changes[i], FALSE);
}

/**
 * nt_window_update_actions:
 *
 * Enables the actions that apply to the selection.
 */
void
nt_window_update_actions (NtWindow *self)
{
  NtServer *server = nt_window_get_server (self);

  nt_window_update_server_actions (self);
  nt_window_update_team_actions (self);
  nt_window_update_batch_actions (self);
  nt_window_update_adopt_actions (self);
  nt_window_update_adapter_actions (self);
  nt_window_update_interface_actions (self);
  nt_window_update_undo_actions (self);
  if (server != NULL && nt_server_is_read_only (server))
    disable_changes (self);
}

/**
 * nt_window_class_add_actions:
 *
 * Installs actions and shortcuts.
 */
void
nt_window_class_add_actions (GtkWidgetClass *klass)
{
  nt_window_class_add_server_actions (klass);
  nt_window_class_add_team_actions (klass);
  nt_window_class_add_batch_actions (klass);
  nt_window_class_add_adopt_actions (klass);
  nt_window_class_add_adapter_actions (klass);
  nt_window_class_add_interface_actions (klass);
  nt_window_class_add_undo_actions (klass);
}
