/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/bond-actions.h"

#include <glib/gi18n.h>

#include "backend/model/request/adopt.h"
#include "ui/parts/error-dialog.h"

static gboolean
can_adopt (const NtTeam *team)
{
  return team != NULL && !team->managed && nt_adopt_is_possible (team);
}

static char *
describe_adoption (NtServer *server, const NtTeam *bond)
{
  g_autofree char *owner = bond->owner ? nt_owner_describe (bond->owner) : NULL;

  if (owner == NULL)
    return g_strdup_printf (_("The bond “%s” on %s becomes a team without an interruption, and is managed here from "
                              "then on."),
                            bond->name, nt_server_get_name (server));
  return g_strdup_printf (_("The bond “%s” on %s becomes a team. It is taken over from %s and managed here from then "
                            "on."),
                          bond->name, nt_server_get_name (server), owner);
}

/* Explains why a bond cannot be adopted. */
static char *
describe_obstacle (NtServer *server, const NtTeam *bond)
{
  g_autofree char *owner = bond->owner ? nt_owner_describe (bond->owner) : NULL;
  g_autofree char *made_by =
    owner ? g_strdup_printf (_("“%s” is configured by %s."), bond->name, owner)
          : g_strdup_printf (_("“%s” was created manually or by an unknown program."), bond->name);
  g_autofree char *obstacle = NULL;

  if (nt_adopt_is_possible (bond))
    obstacle = g_strdup (_("You have read-only access to this server."));
  else if (bond->members->len == 0)
    obstacle = g_strdup (_("It cannot be adopted because it has no members."));
  else
    obstacle = g_strdup_printf (_("It cannot be adopted because teams do not support the mode “%s”."), bond->bond_mode);
  return g_strdup_printf ("%s %s", made_by, obstacle);
}

static void
ask_to_adopt (NtActionContext *self, NtServer *server, const NtTeam *bond)
{
  g_autoptr (NtRequest) request = nt_request_new ();
  g_autofree char *body = describe_adoption (server, bond);
  NtAction *action;

  g_ptr_array_add (request->adopt, g_strdup (bond->device));
  g_ptr_array_add (request->set, nt_adopt_make_spec (bond, NULL));
  request->take_over = bond->owner != NULL;
  action = nt_action_new (server, request);
  action->done = g_strdup_printf (_("Adopted bond “%s”"), bond->name);
  action->failed = g_strdup_printf (_("Adopting Bond “%s” Failed"), bond->name);
  nt_change_runner_ask_and_run (self->runner, &(NtQuestion) { _("Adopt Bond?"), body, _("_Adopt"), .is_harmless = TRUE }, action);
}

static void
adopt_team (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtActionContext *self = nt_action_context_get (widget);
  const NtTeam *bond = nt_selection_get_team (self->selection);

  if (can_adopt (bond))
    ask_to_adopt (self, nt_selection_get_server (self->selection), bond);
}

/**
 * nt_bond_actions_open:
 * @server: an online server
 * @bond: a team that is not managed
 *
 * Offers to adopt the bond, or explains why that is not possible.
 */
void
nt_bond_actions_open (NtActionContext *self, NtServer *server, const NtTeam *bond)
{
  g_autofree char *body = NULL;

  if (can_adopt (bond) && !nt_server_is_read_only (server))
    {
      ask_to_adopt (self, server, bond);
      return;
    }
  body = describe_obstacle (server, bond);
  nt_error_dialog_show_text (self->window, _("Read-Only"), body);
}

/**
 * nt_bond_actions_update:
 *
 * Enables adopting if a bond of another tool is selected.
 */
void
nt_bond_actions_update (NtActionContext *self)
{
  nt_action_context_set_enabled (self, "win.adopt-team", can_adopt (nt_selection_get_team (self->selection)));
}

/**
 * nt_bond_actions_install:
 *
 * Installs the action that adopts bonds.
 */
void
nt_bond_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.adopt-team", NULL, adopt_team);
}
