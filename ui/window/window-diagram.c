/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/diagram/diagram.h"
#include "ui/dialogs/adapter-dialog.h"
#include "ui/window/window-private.h"

/**
 * nt_window_open_box:
 * @kind: an NtDiagramKind
 * @key: identifies the adapter, team or interface on the current server
 *
 * Opens the properties of an object in the diagram. Interfaces of teams that are not managed have no properties.
 */
void
nt_window_open_box (NtWindow *self, int kind, const char *key)
{
  NtServer *server = nt_window_get_server (self);
  const NtState *state = server ? nt_server_get_state (server) : NULL;

  if (state == NULL)
    return;
  if (kind == NT_DIAGRAM_ADAPTER && nt_state_find_adapter (state, key) != NULL)
    adw_dialog_present (ADW_DIALOG (nt_adapter_dialog_new (server, key)), GTK_WIDGET (self));
  else if (kind == NT_DIAGRAM_TEAM)
    nt_window_open_team (self, server, nt_state_find_team (state, key));
  else if (kind == NT_DIAGRAM_INTERFACE && !nt_server_is_read_only (server))
    nt_window_open_interface (self, server, key);
}
