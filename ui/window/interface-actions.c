/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/interface-actions.h"

#include <glib/gi18n.h>

#include "ui/dialogs/interface-dialog.h"

static gboolean
has_interface (const NtTeam *team, const char *device)
{
  for (guint i = 0; i < team->interfaces->len; i++)
    if (g_strcmp0 (((const NtInterface *) g_ptr_array_index (team->interfaces, i))->device, device) == 0)
      return TRUE;
  return FALSE;
}

/* The team of an interface, if it is managed */
static const NtTeam *
find_team_of (NtServer *server, const char *device)
{
  const NtState *state = nt_server_get_state (server);

  for (guint i = 0; state != NULL && i < state->teams->len; i++)
    {
      const NtTeam *team = g_ptr_array_index (state->teams, i);

      if (team->managed && team->spec != NULL && has_interface (team, device))
        return team;
    }
  return NULL;
}

/* The team of the selected interface, if it is managed */
static const NtTeam *
find_team (NtRow *row)
{
  return row ? find_team_of (nt_row_get_server (row), nt_row_get_key (row)) : NULL;
}

/* The change can be extended to the other selected servers. */
static void
present (NtActionContext *self, NtInterfaceDialog *dialog, GCallback applied_cb)
{
  NtDraftDialog *draft_dialog = NT_DRAFT_DIALOG (dialog);
  g_autoptr (GPtrArray) others = nt_selection_get_other_servers (self->selection, nt_draft_dialog_get_server (draft_dialog));

  nt_draft_dialog_set_others (draft_dialog, others);
  g_signal_connect_object (dialog, "applied", applied_cb, self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), self->window);
}

static void
added_cb (NtActionContext *self, NtInterfaceDialog *dialog)
{
  g_autofree char *name = nt_interface_dialog_get_name (dialog);
  g_autofree char *text = g_strdup_printf (_("Added interface “%s”"), name);

  nt_change_runner_toast_done (self->runner, nt_draft_dialog_get_server (NT_DRAFT_DIALOG (dialog)), text);
}

static void
changed_cb (NtActionContext *self, NtInterfaceDialog *dialog)
{
  g_autofree char *name = nt_interface_dialog_get_name (dialog);
  g_autofree char *text = g_strdup_printf (_("Changed interface “%s”"), name);

  nt_change_runner_toast_done (self->runner, nt_draft_dialog_get_server (NT_DRAFT_DIALOG (dialog)), text);
}

static void
add_interface (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  NtRow *row = nt_selection_get_interface (self->selection);
  const NtTeam *team = find_team (row);

  if (team != NULL)
    present (self, nt_interface_dialog_new (nt_row_get_server (row), team), G_CALLBACK (added_cb));
}

static void
interface_properties (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  NtRow *row = nt_selection_get_interface (self->selection);

  if (row != NULL)
    nt_interface_actions_open (self, nt_row_get_server (row), nt_row_get_key (row));
}

static void
enable_interface (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  NtRow *row = nt_selection_get_interface (self->selection);
  const NtInterface *interface = row ? nt_row_get_record (row) : NULL;
  g_autoptr (NtRequest) request = nt_request_new ();
  NtAction *action;

  if (interface == NULL)
    return;
  g_ptr_array_add (request->enable, g_strdup (interface->device));
  action = nt_action_new (nt_row_get_server (row), request);
  action->done = g_strdup_printf (_("Enabled interface “%s”"), interface->name);
  action->failed = g_strdup_printf (_("Enabling Interface “%s” Failed"), interface->name);
  nt_change_runner_run (self->runner, action);
}

static void
disable_interface (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  NtRow *row = nt_selection_get_interface (self->selection);
  const NtInterface *interface = row ? nt_row_get_record (row) : NULL;
  g_autoptr (NtRequest) request = nt_request_new ();
  g_autofree char *body = NULL;
  NtAction *action;

  if (interface == NULL)
    return;
  g_ptr_array_add (request->disable, g_strdup (interface->device));
  body = g_strdup_printf (_("“%s” on %s carries no traffic until it is enabled again."),
                          interface->name,
                          nt_server_get_name (nt_row_get_server (row)));
  action = nt_action_new (nt_row_get_server (row), request);
  action->done = g_strdup_printf (_("Disabled interface “%s”"), interface->name);
  action->failed = g_strdup_printf (_("Disabling Interface “%s” Failed"), interface->name);
  nt_change_runner_ask_and_run (self->runner, &(NtQuestion) { _("Disable Team Interface?"), body, _("_Disable") }, action);
}

static void
delete_interface (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  NtRow *row = nt_selection_get_interface (self->selection);
  const NtTeam *team = find_team (row);
  g_autoptr (NtTeamDraft) draft = NULL;
  g_autoptr (NtRequest) request = NULL;
  g_autofree char *body = NULL;
  const NtInterface *interface;
  guint index;
  NtAction *action;

  if (team == NULL)
    return;
  draft = nt_team_draft_new_for_team (nt_server_get_state (nt_row_get_server (row)), team);
  if (!nt_team_draft_find_interface (draft, nt_row_get_key (row), &index))
    return;
  nt_team_draft_remove_interface (draft, index);
  request = nt_team_draft_get_request (draft);
  interface = nt_row_get_record (row);
  body = g_strdup_printf (_("Connections that use “%s” on %s will be lost."),
                          interface->name,
                          nt_server_get_name (nt_row_get_server (row)));
  action = nt_action_new (nt_row_get_server (row), request);
  action->done = g_strdup_printf (_("Deleted interface “%s”"), interface->name);
  action->failed = g_strdup_printf (_("Deleting Interface “%s” Failed"), interface->name);
  nt_change_runner_ask_and_run (self->runner, &(NtQuestion) { _("Delete Team Interface?"), body, _("_Delete") }, action);
}

/**
 * nt_interface_actions_open:
 * @server: an online server
 * @device: of a team interface
 *
 * Opens the properties of an interface, if its team is managed.
 */
void
nt_interface_actions_open (NtActionContext *self, NtServer *server, const char *device)
{
  const NtTeam *team = find_team_of (server, device);
  NtInterfaceDialog *dialog = team ? nt_interface_dialog_new_for_interface (server, team, device) : NULL;

  if (dialog != NULL)
    present (self, dialog, G_CALLBACK (changed_cb));
}

/**
 * nt_interface_actions_update:
 *
 * Enables the actions that apply to the selected team interface. The primary interface is deleted only with its team.
 */
void
nt_interface_actions_update (NtActionContext *self)
{
    NtRow *row = nt_selection_get_interface (self->selection);
  const NtInterface *interface = row ? nt_row_get_record (row) : NULL;
  gboolean has_team = find_team (row) != NULL;

  nt_action_context_set_enabled (self, "win.add-interface", has_team);
  nt_action_context_set_enabled (self, "win.interface-properties", has_team);
  nt_action_context_set_enabled (self, "win.disable-interface", has_team && interface->enabled);
  nt_action_context_set_enabled (self, "win.enable-interface", has_team && !interface->enabled);
  nt_action_context_set_enabled (self, "win.delete-interface", has_team && !interface->primary);
}

/**
 * nt_interface_actions_install:
 *
 * Installs the actions of team interfaces.
 */
void
nt_interface_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.add-interface", NULL, add_interface);
  gtk_widget_class_install_action (klass, "win.interface-properties", NULL, interface_properties);
  gtk_widget_class_install_action (klass, "win.disable-interface", NULL, disable_interface);
  gtk_widget_class_install_action (klass, "win.enable-interface", NULL, enable_interface);
  gtk_widget_class_install_action (klass, "win.delete-interface", NULL, delete_interface);
}
