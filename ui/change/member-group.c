/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/change/member-group.h"

#include <glib/gi18n.h>

#include "app/text/format.h"

struct _NtMemberGroup
{
  AdwPreferencesGroup parent_instance;

  /* owned */
  NtTeamDraft *draft;
};

G_DEFINE_FINAL_TYPE (NtMemberGroup, nt_member_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  TOGGLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
toggled_cb (GtkCheckButton *check, NtMemberGroup *self)
{
  const char *adapter = gtk_widget_get_name (GTK_WIDGET (check));

  nt_team_draft_set_member (self->draft, adapter, gtk_check_button_get_active (check));
  g_signal_emit (self, signals[TOGGLED], 0);
}

static char *
describe_adapter (const NtAdapter *adapter)
{
  g_autofree char *speed = nt_format_speed (adapter->speed_mbps);
  const char *link = adapter->carrier ? speed : adapter->enabled ? _("Disconnected") : _("Disabled");
  g_autofree char *owner = adapter->owner ? nt_owner_describe (adapter->owner) : NULL;
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  if (adapter->description != NULL)
    g_strv_builder_add (words, adapter->description);
  g_strv_builder_add (words, link);
  if (owner != NULL)
    g_strv_builder_add (words, owner);
  parts = g_strv_builder_end (words);
  return g_strjoinv (" · ", parts);
}

/* An adapter that is only configured by another tool can be taken over from it. */
static gboolean
is_free (const NtAdapter *adapter)
{
  for (guint i = 0; i < adapter->obstacles->len; i++)
    if (!nt_owner_is_obstacle (adapter->obstacles->pdata[i]))
      return FALSE;
  return adapter->team == NULL &&
         (adapter->obstacles->len == 0 || (adapter->owner != NULL && nt_owner_can_be_taken_over (adapter->owner)));
}

static void
add_row (NtMemberGroup *self, const char *adapter, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), adapter);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_set_focusable (row, FALSE); /* the check box has the focus */
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  gtk_widget_set_name (check, adapter);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, adapter, -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), nt_team_draft_has_member (self->draft, adapter));
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
}

static void
add_no_adapters_row (NtMemberGroup *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("No adapter of this server is available"));
  gtk_widget_set_sensitive (row, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
nt_member_group_dispose (GObject *object)
{
  g_clear_object (&NT_MEMBER_GROUP (object)->draft);

  G_OBJECT_CLASS (nt_member_group_parent_class)->dispose (object);
}

static void
nt_member_group_class_init (NtMemberGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_member_group_dispose;

  /**
   * NtMemberGroup::toggled:
   *
   * An adapter was added to the draft or removed from it.
   */
  signals[TOGGLED] =
    g_signal_new ("toggled", NT_TYPE_MEMBER_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_member_group_init (NtMemberGroup *self)
{
}

/**
 * nt_member_group_fill:
 * @self: an empty group
 * @draft: the team whose members are selected
 *
 * Lists the adapters that can be teamed or taken over from another tool, and all members, even if they are not present
 * any more, so that they can be removed.
 */
void
nt_member_group_fill (NtMemberGroup *self, NtTeamDraft *draft)
{
  const NtState *state = nt_team_draft_get_state (draft);
  const GPtrArray *members = nt_team_draft_get_spec (draft)->members;
  guint count = 0;

  self->draft = g_object_ref (draft);
  for (guint i = 0; i < state->adapters->len; i++)
    {
      const NtAdapter *adapter = g_ptr_array_index (state->adapters, i);
      g_autofree char *subtitle = describe_adapter (adapter);

      if (!is_free (adapter) && !nt_strings_contain (members, adapter->name))
        continue;
      add_row (self, adapter->name, subtitle);
      count++;
    }
  for (guint i = 0; i < members->len; i++)
    if (nt_state_find_adapter (state, g_ptr_array_index (members, i)) == NULL)
      add_row (self, g_ptr_array_index (members, i), _("Not present"));
  if (count + members->len == 0)
    add_no_adapters_row (self);
}
