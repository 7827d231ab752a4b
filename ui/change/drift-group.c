/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/change/drift-group.h"

#include <glib/gi18n.h>

#include "app/text/format.h"
#include "ui/parts/fact-row.h"

/* The time, and the author if the kernel reports it */
static char *
describe_origin (const NtDrift *drift)
{
  g_autofree char *time = nt_format_time (drift->since_s);

  if (time != NULL && drift->by != NULL)
    return g_strdup_printf (_("Since %s, by %s"), time, drift->by);
  if (time != NULL)
    return g_strdup_printf (_("Since %s"), time);
  return drift->by != NULL ? g_strdup_printf (_("By %s"), drift->by) : NULL;
}

/**
 * nt_drift_group_fill:
 * @group: an empty group
 *
 * Lists the differences between the team and its definition. Without differences, the group is hidden.
 */
void
nt_drift_group_fill (AdwPreferencesGroup *group, const NtTeam *team)
{
  adw_preferences_group_set_title (group, _("Drift"));
  adw_preferences_group_set_description (group, _("The team differs from its definition; “Repair…” restores it."));
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
