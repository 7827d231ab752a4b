/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/adopt.h"
#include "window-private.h"

/* The selected team as the server has just told it: its row may not know yet. */
static const NtTeam *
get_team (NtWindow *self)
{
  NtRow *row = nt_team_tile_get_selected (self->team_tile);
  const NtState *state = row ? nt_server_get_state (nt_row_get_server (row)) : NULL;

  return state ? nt_state_find_team (state, nt_row_get_key (row)) : NULL;
}

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
    return g_strdup_printf (_("The bond “%s” on %s becomes a team as it is, without an interruption. "
                              "From then on it is changed here."),
                            bond->name, nt_server_get_name (server));
  return g_strdup_printf (_("The bond “%s” on %s becomes a team as it is. From then on it is changed here, and not by %s, "
                            "which is told to leave it alone."),
                          bond->name, nt_server_get_name (server), owner);
}

static void
adopt_team (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NtWindow *self = NT_WINDOW (widget);
  NtServer *server = nt_window_get_server (self);
  const NtTeam *bond = get_team (self);
  g_autoptr (NtRequest) request = nt_request_new ();
  g_autofree char *body = NULL;
  NtDeed *deed;

  if (!can_adopt (bond))
    return;
  body = describe_adoption (server, bond);
  g_ptr_array_add (request->adopt, g_strdup (bond->device));
  g_ptr_array_add (request->set, nt_adopt_make_spec (bond, NULL));
  request->take_over = bond->owner != NULL;
  deed = nt_deed_new (server, request);
  deed->done = g_strdup_printf (_("The bond “%s” is a team now"), bond->name);
  deed->failed = g_strdup_printf (_("The Bond “%s” Was Not Adopted"), bond->name);
  nt_window_ask_and_do (self, &(NtQuestion) { _("Adopt Bond?"), body, _("_Adopt"), .is_harmless = TRUE }, deed);
}

/**
 * nt_window_update_adopt_actions:
 * @self: a window
 *
 * Lets the selected bond be adopted, if it is one of somebody else.
 */
void
nt_window_update_adopt_actions (NtWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.adopt-team", can_adopt (get_team (self)));
}

/**
 * nt_window_class_add_adopt_actions:
 * @klass: the class of the window
 *
 * Adds what can be done with bonds that others have made.
 */
void
nt_window_class_add_adopt_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.adopt-team", NULL, adopt_team);
}
