/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/adapter-actions.h"

#include <glib/gi18n.h>

#include "app/change/team-draft.h"
#include "app/rows/adapter-row.h"
#include "ui/dialogs/adapter-dialog.h"
#include "ui/tiles/team-menu.h"

static const NtState *
get_state (NtActionContext *self)
{
  NtServer *server = nt_selection_get_server (self->selection);

  return server ? nt_server_get_state (server) : NULL;
}

static const char *
get_team_of (GPtrArray *rows, guint index)
{
  return ((const NtAdapter *) nt_row_get_record (g_ptr_array_index (rows, index)))->team;
}

/* The managed team that has all of the adapters, or NULL */
static const NtTeam *
find_common_team (const NtState *state, GPtrArray *rows)
{
  const char *id = rows->len > 0 ? get_team_of (rows, 0) : NULL;
  const NtTeam *team = state != NULL && id != NULL ? nt_state_find_team (state, id) : NULL;

  for (guint i = 1; i < rows->len; i++)
    if (g_strcmp0 (get_team_of (rows, i), id) != 0)
      return NULL;
  return team != NULL && team->managed && team->spec != NULL ? team : NULL;
}

static gboolean
are_free (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (nt_row_get_group (g_ptr_array_index (rows, i)), NT_GROUP_AVAILABLE) != 0)
      return FALSE;
  return rows->len > 0;
}

static gboolean
is_any_enabled (GPtrArray *rows, gboolean enabled)
{
  for (guint i = 0; i < rows->len; i++)
    if (((const NtAdapter *) nt_row_get_record (g_ptr_array_index (rows, i)))->enabled == enabled)
      return TRUE;
  return FALSE;
}

static char *
join_names (GPtrArray *rows)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < rows->len; i++)
    g_strv_builder_add (builder, nt_row_get_key (g_ptr_array_index (rows, i)));
  names = g_strv_builder_end (builder);
  return g_strjoinv (", ", names);
}

static NtTeamDraft *
draft_members (const NtState *state, const NtTeam *team, GPtrArray *rows, gboolean are_members)
{
  NtTeamDraft *draft = nt_team_draft_new_for_team (state, team);

  for (guint i = 0; i < rows->len; i++)
    nt_team_draft_set_member (draft, nt_row_get_key (g_ptr_array_index (rows, i)), are_members);
  return draft;
}

static void
add_to_team (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  const NtState *state = get_state (self);
  const NtTeam *team = state ? nt_state_find_team (state, g_variant_get_string (parameter, NULL)) : NULL;
  g_autoptr (GPtrArray) rows = nt_selection_get_adapters (self->selection);
  g_autofree char *names = join_names (rows);
  g_autoptr (NtTeamDraft) draft = NULL;
  g_autoptr (NtRequest) request = NULL;
  NtAction *action;

  if (team == NULL || team->spec == NULL)
    return;
  draft = draft_members (state, team, rows, TRUE);
  request = nt_team_draft_get_request (draft);
  action = nt_action_new (nt_selection_get_server (self->selection), request);
  action->done = g_strdup_printf (_("Added %s to team “%s”"), names, team->name);
  action->failed = g_strdup_printf (_("Adding %s to Team “%s” Failed"), names, team->name);
  nt_change_runner_run (self->runner, action);
}

static void
remove_from_team (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  g_autoptr (GPtrArray) rows = nt_selection_get_adapters (self->selection);
  const NtTeam *team = find_common_team (get_state (self), rows);
  g_autofree char *names = join_names (rows);
  g_autoptr (NtTeamDraft) draft = NULL;
  g_autoptr (NtRequest) request = NULL;
  NtAction *action;

  if (team == NULL)
    return;
  draft = draft_members (get_state (self), team, rows, FALSE);
  request = nt_team_draft_get_request (draft);
  action = nt_action_new (nt_selection_get_server (self->selection), request);
  action->done = g_strdup_printf (_("Removed %s from team “%s”"), names, team->name);
  action->failed = g_strdup_printf (_("Removing %s from Team “%s” Failed"), names, team->name);
  nt_change_runner_run (self->runner, action);
}

static NtRequest *
make_request (GPtrArray *rows, gboolean enable)
{
  NtRequest *request = nt_request_new ();

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (enable ? request->enable : request->disable,
                     g_strdup (nt_row_get_key (g_ptr_array_index (rows, i))));
  return request;
}

static void
enable_adapters (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  g_autoptr (GPtrArray) rows = nt_selection_get_adapters (self->selection);
  g_autoptr (NtRequest) request = make_request (rows, TRUE);
  g_autofree char *names = join_names (rows);
  NtAction *action = nt_action_new (nt_selection_get_server (self->selection), request);

  action->done = g_strdup_printf (_("Enabled %s"), names);
  action->failed = g_strdup_printf (_("Enabling %s Failed"), names);
  nt_change_runner_run (self->runner, action);
}

static void
disable_adapters (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  NtServer *server = nt_selection_get_server (self->selection);
  g_autoptr (GPtrArray) rows = nt_selection_get_adapters (self->selection);
  g_autoptr (NtRequest) request = make_request (rows, FALSE);
  g_autofree char *names = join_names (rows);
  g_autofree char *heading = g_strdup_printf (_("Disable %s?"), names);
  g_autofree char *body =
    g_strdup_printf (g_dngettext (NULL,
                                  "The adapter on %s carries no traffic until it is enabled again. A team continues "
                                  "with its other members.",
                                  "The adapters on %s carry no traffic until they are enabled again. A team continues "
                                  "with its other members.",
                                  rows->len),
                     nt_server_get_name (server));
  NtAction *action = nt_action_new (server, request);

  action->done = g_strdup_printf (_("Disabled %s"), names);
  action->failed = g_strdup_printf (_("Disabling %s Failed"), names);
  nt_change_runner_ask_and_run (self->runner, &(NtQuestion) { heading, body, _("_Disable") }, action);
}

static void
adapter_properties (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  g_autoptr (GPtrArray) rows = nt_selection_get_adapters (self->selection);
  NtRow *row = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;

  if (row != NULL)
    adw_dialog_present (ADW_DIALOG (nt_adapter_dialog_new (nt_row_get_server (row), nt_row_get_key (row))), widget);
}

/* A team must keep at least one member. */
static gboolean
can_remove (const NtState *state, const NtTeam *team, GPtrArray *rows)
{
  g_autoptr (NtTeamDraft) draft = NULL;

  if (team == NULL)
    return FALSE;
  draft = draft_members (state, team, rows, FALSE);
  return nt_team_draft_is_valid (draft);
}

/**
 * nt_adapter_actions_update:
 *
 * Enables the actions that apply to the selected adapters.
 */
void
nt_adapter_actions_update (NtActionContext *self)
{
    const NtState *state = get_state (self);
  g_autoptr (GPtrArray) rows = nt_selection_get_adapters (self->selection);
  const NtTeam *team = find_common_team (state, rows);
  gboolean is_online = state != NULL;

  nt_team_menu_update (nt_selection_get_team_section (self->selection), state, team);
  nt_action_context_set_enabled (self, "win.new-team-of-adapters", is_online && are_free (rows));
  nt_action_context_set_enabled (self, "win.add-to-team", is_online && are_free (rows));
  nt_action_context_set_enabled (self, "win.remove-from-team", can_remove (state, team, rows));
  nt_action_context_set_enabled (self, "win.disable-adapters", is_online && is_any_enabled (rows, TRUE));
  nt_action_context_set_enabled (self, "win.adapter-properties", is_online && rows->len == 1);
  nt_action_context_set_enabled (self, "win.enable-adapters", is_online && is_any_enabled (rows, FALSE));
}

/**
 * nt_adapter_actions_install:
 *
 * Installs the actions of adapters.
 */
void
nt_adapter_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.add-to-team", "s", add_to_team);
  gtk_widget_class_install_action (klass, "win.remove-from-team", NULL, remove_from_team);
  gtk_widget_class_install_action (klass, "win.disable-adapters", NULL, disable_adapters);
  gtk_widget_class_install_action (klass, "win.enable-adapters", NULL, enable_adapters);
  gtk_widget_class_install_action (klass, "win.adapter-properties", NULL, adapter_properties);
}
