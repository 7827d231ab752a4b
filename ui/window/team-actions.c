/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/team-actions.h"

#include <glib/gi18n.h>

#include "app/change/apply.h"
#include "app/text/status-reasons.h"
#include "ui/dialogs/team-dialog.h"
#include "ui/window/bond-actions.h"

/* Bonds that were created manually or by another tool are read-only. */
static gboolean
is_managed (const NtTeam *team)
{
  return team != NULL && team->managed && team->spec != NULL;
}

static const NtTeam *
get_managed_team (NtActionContext *self)
{
  const NtTeam *team = nt_selection_get_team (self->selection);

  return is_managed (team) ? team : NULL;
}

static gboolean
is_online (NtActionContext *self)
{
  NtServer *server = nt_selection_get_server (self->selection);

  return server != NULL && nt_server_get_state (server) != NULL;
}

static void
created_cb (NtActionContext *self, NtTeamDialog *dialog)
{
  g_autofree char *text = g_strdup_printf (_("Created team “%s”"), nt_team_dialog_get_name (dialog));

  nt_change_runner_toast_done (self->runner, nt_draft_dialog_get_server (NT_DRAFT_DIALOG (dialog)), text);
}

static void
changed_cb (NtActionContext *self, NtTeamDialog *dialog)
{
  g_autofree char *text = g_strdup_printf (_("Changed team “%s”"), nt_team_dialog_get_name (dialog));

  nt_change_runner_toast_done (self->runner, nt_draft_dialog_get_server (NT_DRAFT_DIALOG (dialog)), text);
}

static void
open_new_team_dialog (NtActionContext *self, const char *const *members)
{
  g_autoptr (GPtrArray) others = NULL;
  NtTeamDialog *dialog;

  if (!is_online (self))
    return;
  others = nt_selection_get_other_servers (self->selection, nt_selection_get_server (self->selection));
  dialog = nt_team_dialog_new (nt_selection_get_server (self->selection), members);
  nt_draft_dialog_set_others (NT_DRAFT_DIALOG (dialog), others);
  g_signal_connect_object (dialog, "applied", G_CALLBACK (created_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), self->window);
}

static void
new_team (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_new_team_dialog (nt_action_context_get (widget), NULL);
}

static void
new_team_of_adapters (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  g_autoptr (GPtrArray) rows = nt_selection_get_adapters (self->selection);
  g_autoptr (GStrvBuilder) members = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < rows->len; i++)
    g_strv_builder_add (members, nt_row_get_key (g_ptr_array_index (rows, i)));
  names = g_strv_builder_end (members);
  open_new_team_dialog (self, (const char *const *) names);
}

static void
team_properties (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);

  if (is_online (self))
    nt_team_actions_open (self, nt_selection_get_server (self->selection), get_managed_team (self));
}

/* Opens the selected team or bond. */
static void
open_team (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);

  nt_team_actions_open (self, nt_selection_get_server (self->selection), nt_selection_get_team (self->selection));
}

static void
delete_team (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  const NtTeam *team = get_managed_team (self);
  NtServer *server = nt_selection_get_server (self->selection);
  g_autoptr (NtRequest) request = NULL;
  g_autofree char *body = NULL;
  NtAction *action;

  if (team == NULL)
    return;
  body = g_strdup_printf (_("“%s” on %s is deleted with all of its interfaces. Connections that use them will be "
                            "lost."),
                          team->name,
                          nt_server_get_name (server));
  request = nt_apply_make_removal (team->id);
  action = nt_action_new (server, request);
  action->done = g_strdup_printf (_("Deleted team “%s”"), team->name);
  action->failed = g_strdup_printf (_("Deleting Team “%s” Failed"), team->name);
  nt_change_runner_ask_and_run (self->runner, &(NtQuestion) { _("Delete Team?"), body, _("_Delete") }, action);
}

/* Applying the definition again repairs drift. */
static void
repair_team (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  const NtTeam *team = get_managed_team (self);
  NtServer *server = nt_selection_get_server (self->selection);
  g_autoptr (NtRequest) request = nt_request_new ();
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  NtAction *action;

  if (team == NULL)
    return;
  heading = g_strdup_printf (_("Repair Team “%s”?"), team->name);
  body = nt_status_reasons_of_team (team);
  g_ptr_array_add (request->set, nt_team_spec_ref (team->spec));
  request->generation = nt_server_get_state (server)->generation;
  action = nt_action_new (server, request);
  action->done = g_strdup_printf (_("Repaired team “%s”"), team->name);
  action->failed = g_strdup_printf (_("Repairing Team “%s” Failed"), team->name);
  nt_change_runner_ask_and_run (self->runner, &(NtQuestion) { heading, body ? body : "", _("_Repair"), .is_harmless = TRUE }, action);
}

/**
 * nt_team_actions_open:
 * @server: an online server
 * @team: (nullable): one of its teams
 *
 * Opens the properties of a team, or offers to adopt a bond. With read-only access, there is no dialog.
 */
void
nt_team_actions_open (NtActionContext *self, NtServer *server, const NtTeam *team)
{
  g_autoptr (GPtrArray) others = NULL;
  NtTeamDialog *dialog;

  if (team != NULL && !is_managed (team))
    nt_bond_actions_open (self, server, team);
  if (!is_managed (team) || nt_server_is_read_only (server))
    return;
  dialog = nt_team_dialog_new_for_team (server, team);
  others = nt_selection_get_other_servers (self->selection, server);
  nt_draft_dialog_set_others (NT_DRAFT_DIALOG (dialog), others);
  g_signal_connect_object (dialog, "applied", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), self->window);
}

/**
 * nt_team_actions_update:
 *
 * Enables the actions that apply to the selected team.
 */
void
nt_team_actions_update (NtActionContext *self)
{
    gboolean has_team = get_managed_team (self) != NULL;

  nt_action_context_set_enabled (self, "win.new-team", is_online (self));
  nt_action_context_set_enabled (self, "win.team-properties", has_team);
  nt_action_context_set_enabled (self, "win.delete-team", has_team);
  nt_action_context_set_enabled (self, "win.repair-team", has_team && get_managed_team (self)->drift->len > 0);
}

/**
 * nt_team_actions_install:
 *
 * Installs the actions of teams.
 */
void
nt_team_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.new-team", NULL, new_team);
  gtk_widget_class_install_action (klass, "win.new-team-of-adapters", NULL, new_team_of_adapters);
  gtk_widget_class_install_action (klass, "win.open-team", NULL, open_team);
  gtk_widget_class_install_action (klass, "win.team-properties", NULL, team_properties);
  gtk_widget_class_install_action (klass, "win.delete-team", NULL, delete_team);
  gtk_widget_class_install_action (klass, "win.repair-team", NULL, repair_team);

  gtk_widget_class_add_binding_action (klass, GDK_KEY_n, GDK_CONTROL_MASK, "win.new-team", NULL);
}
