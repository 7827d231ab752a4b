/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/change/drift-group.h"

#include <glib/gi18n.h>

#include "app/text/format.h"
#include "ui/parts/fact-row.h"

/* Since when, and by whom where the kernel says so. */
static char *
describe_origin (const NtDrift *drift)
{
  g_autofree char *time = nt_format_time (drift->since);

  if (time != NULL && drift->by != NULL)
    return g_strdup_printf (_("Since %s, by %s"), time, drift->by);
  if (time != NULL)
    return g_strdup_printf (_("Since %s"), time);
  return drift->by != NULL ? g_strdup_printf (_("By %s"), drift->by) : NULL;
}

/**
 * nt_drift_group_fill:
 * @group: an empty group
 * @team: a team
 *
 * Tells in what the team differs from its definition; where it does not, the group does not show.
 */
void
nt_drift_group_fill (AdwPreferencesGroup *group, const NtTeam *team)
{
  adw_preferences_group_set_title (group, _("Differs from Its Definition"));
  adw_preferences_group_set_description (group, _("“Repair…” in the menu of the teams makes it as it is defined again."));
  gtk_widget_set_visible (GTK_WIDGET (group), team->drift->len > 0);
  for (guint i = 0; i < team->drift->len; i++)
    {
      const NtDrift *drift = team->drift->pdata[i];
      g_autofree char *sentence = nt_drift_describe (drift);
      g_autofree char *origin = describe_origin (drift);
      GtkWidget *row = nt_fact_row_new_sentence ("dialog-warning-symbolic", "warning", sentence);

      if (origin != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), origin);
      adw_preferences_group_add (group, row);
    }
}
