/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/window-private.h"

/* Where this user may only look: what is shown stays, what changes something is grey. */
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
 * @self: a window
 *
 * Lets be done what can be done with what is selected.
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
 * @klass: the class of the window
 *
 * Adds what the menus and the keyboard can do.
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
