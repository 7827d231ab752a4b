/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/tiles/team-menu.h"

#include <glib/gi18n.h>

/* Maximum number of teams without a submenu */
#define TEAMS_IN_MENU 2

#define SUMMARY_KEY "nt-summary"

/* In menus, an underscore marks the mnemonic, unless it is doubled. */
static char *
escape (const char *name)
{
  g_autoptr (GString) text = g_string_new (name);

  g_string_replace (text, "_", "__", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GMenu *
make_additions (const NtState *state, gboolean in_submenu)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; state != NULL && i < state->teams->len; i++)
    {
      const NtTeam *team = g_ptr_array_index (state->teams, i);
      g_autofree char *name = escape (team->name);
      g_autofree char *label =
        in_submenu ? g_strdup (name) : g_strdup_printf (_("_Add to Team “%s”"), name);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      if (!team->managed)
        continue;
      g_menu_item_set_action_and_target (item, "win.add-to-team", "s", team->id);
      g_menu_append_item (menu, item);
    }
  return menu;
}

static guint
count_managed (const NtState *state)
{
  guint count = 0;

  for (guint i = 0; state != NULL && i < state->teams->len; i++)
    count += ((const NtTeam *) g_ptr_array_index (state->teams, i))->managed;
  return count;
}

/* A string of everything that the menu depends on */
static char *
summarize (const NtState *state, const NtTeam *own)
{
  g_autoptr (GString) text = g_string_new (own ? own->name : "");

  for (guint i = 0; state != NULL && i < state->teams->len; i++)
    {
      const NtTeam *team = g_ptr_array_index (state->teams, i);

      if (team->managed)
        g_string_append_printf (text, "\n%s/%s", team->id, team->name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
fill (GMenu *menu, const NtState *state, const NtTeam *own)
{
  g_autofree char *name = own ? escape (own->name) : NULL;
  g_autofree char *removal = own ? g_strdup_printf (_("_Remove from Team “%s”"), name) : g_strdup (_("_Remove from Team"));
  g_autoptr (GMenu) additions = NULL;

  g_menu_remove_all (menu);
  if (count_managed (state) > TEAMS_IN_MENU)
    {
      additions = make_additions (state, TRUE);
      g_menu_append_submenu (menu, _("_Add to Team"), G_MENU_MODEL (additions));
    }
  else
    {
      additions = make_additions (state, FALSE);
      g_menu_append_section (menu, NULL, G_MENU_MODEL (additions));
    }
  g_menu_append (menu, removal, "win.remove-from-team");
}

/**
 * nt_team_menu_update:
 * @menu: a section of the menu of adapters
 * @state: (nullable): the state of their server
 * @own: (nullable): the team to which all selected adapters belong
 *
 * Adds an item for each team to which adapters can be added, and one that removes them. A menu that is up to date is
 * not touched, as it may be open.
 */
void
nt_team_menu_update (GMenu *menu, const NtState *state, const NtTeam *own)
{
  g_autofree char *summary = summarize (state, own);
  const char *present = g_object_get_data (G_OBJECT (menu), SUMMARY_KEY);

  if (g_strcmp0 (summary, present) == 0)
    return;
  fill (menu, state, own);
  g_object_set_data_full (G_OBJECT (menu), SUMMARY_KEY, g_steal_pointer (&summary), g_free);
}
