/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/dialogs/option-group.h"

#include <glib/gi18n.h>

#include "backend/model/team/spec-to-bond.h"

struct _NtOptionGroup
{
  AdwPreferencesGroup parent_instance;

  NtTeamDraft *draft; /* borrowed */
  GPtrArray *rows;    /* of AdwSpinRow, borrowed, in the order of the options */
};

G_DEFINE_FINAL_TYPE (NtOptionGroup, nt_option_group, ADW_TYPE_PREFERENCES_GROUP)

#define KEY "nt-team-option"

static void
value_changed_cb (AdwSpinRow *row, GParamSpec *pspec, NtOptionGroup *self)
{
  nt_team_draft_set_option (self->draft, g_object_get_data (G_OBJECT (row), KEY), (gint64) adw_spin_row_get_value (row));
}

static void
nt_option_group_finalize (GObject *object)
{
  g_ptr_array_unref (NT_OPTION_GROUP (object)->rows);
  G_OBJECT_CLASS (nt_option_group_parent_class)->finalize (object);
}

static void
nt_option_group_class_init (NtOptionGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_option_group_finalize;
}

static void
nt_option_group_init (NtOptionGroup *self)
{
  self->rows = g_ptr_array_new ();
}

/* Without a role, GTK hides an AdwSpinRow from assistive technologies, and all that is in it. */
static void
add_row (NtOptionGroup *self, const NtTeamOption *option)
{
  GtkAdjustment *range = gtk_adjustment_new (0, (double) option->min, (double) option->max, 1, 1, 0);
  GtkWidget *row = g_object_new (ADW_TYPE_SPIN_ROW, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, "adjustment", range, NULL);
  const char *text = nt_map_get (nt_team_draft_get_spec (self->draft)->options, option->name);
  gint64 value = option->value;

  if (text != NULL)
    nt_team_option_parse (option, text, &value);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(option->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(option->description));
  adw_spin_row_set_value (ADW_SPIN_ROW (row), (double) value);
  g_object_set_data (G_OBJECT (row), KEY, (gpointer) option);
  g_signal_connect (row, "notify::value", G_CALLBACK (value_changed_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

/**
 * nt_option_group_fill:
 * @draft: borrowed; what is set goes there
 *
 * Shows the options of @draft. Called once.
 */
void
nt_option_group_fill (NtOptionGroup *self, NtTeamDraft *draft)
{
  self->draft = draft;
  for (guint i = 0; i < nt_n_team_options; i++)
    add_row (self, &nt_team_options[i]);
  nt_option_group_update (self);
}

/* Shows the rows of the mode that the draft has now. */
void
nt_option_group_update (NtOptionGroup *self)
{
  g_autoptr (NtTeamSpec) spec = nt_team_spec_complete (nt_team_draft_get_spec (self->draft));
  g_autoptr (NtBondOptions) bond = nt_spec_to_bond_options (spec);
  gboolean is_any_visible = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      gboolean is_visible = (nt_team_options[i].modes & (1u << bond->mode)) != 0;

      gtk_widget_set_visible (self->rows->pdata[i], is_visible);
      is_any_visible |= is_visible;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), is_any_visible);
}
