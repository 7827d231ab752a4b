/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/change/same-change-group.h"

#include <glib/gi18n.h>

#include "app/change/same-change.h"

struct _NtSameChangeGroup
{
  AdwPreferencesGroup parent_instance;

  AdwSwitchRow *row; /* a child */

  /* owned */
  GPtrArray *others;    /* of NtServer */
  NtTeamSpec *original; /* the present definition; NULL for a new team */
};

G_DEFINE_FINAL_TYPE (NtSameChangeGroup, nt_same_change_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  TOGGLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The names of the servers in one line */
static char *
join_names (GPtrArray *servers)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < servers->len; i++)
    g_strv_builder_add (builder, nt_server_get_name (servers->pdata[i]));
  names = g_strv_builder_end (builder);
  return g_strjoinv (", ", names);
}

static void
toggled_cb (NtSameChangeGroup *self)
{
  g_signal_emit (self, signals[TOGGLED], 0);
}

static void
nt_same_change_group_finalize (GObject *object)
{
  NtSameChangeGroup *self = NT_SAME_CHANGE_GROUP (object);

  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->original, nt_team_spec_unref);

  G_OBJECT_CLASS (nt_same_change_group_parent_class)->finalize (object);
}

static void
nt_same_change_group_class_init (NtSameChangeGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_same_change_group_finalize;

  /**
   * NtSameChangeGroup::toggled:
   *
   * The change was extended to the other servers, or restricted to one.
   */
  signals[TOGGLED] =
    g_signal_new ("toggled", NT_TYPE_SAME_CHANGE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_same_change_group_init (NtSameChangeGroup *self)
{
  self->row = ADW_SWITCH_ROW (adw_switch_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->row), 2);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->row));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->row, "notify::active", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

/**
 * nt_same_change_group_offer:
 * @self: a hidden group
 * @others: (element-type NtServer): the other servers; if empty, the group stays hidden
 * @original: (nullable): the complete definition of the team to change; %NULL for a new team
 *
 * Offers to create the team on the other servers too (on by default), or to change teams of the same name there (off by
 * default).
 */
void
nt_same_change_group_offer (NtSameChangeGroup *self, GPtrArray *others, const NtTeamSpec *original)
{
  g_autofree char *names = join_names (others);

  self->others = g_ptr_array_ref (others);
  self->original = original ? nt_team_spec_ref (original) : NULL;
  if (others->len == 0)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row),
                                 original ? _("Change on Other Selected Servers")
                                          : _("Create on Other Selected Servers"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), names);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  adw_switch_row_set_active (self->row, original == NULL);
}

/**
 * nt_same_change_group_is_on:
 *
 * Returns: %TRUE if the change includes the other servers
 */
gboolean
nt_same_change_group_is_on (NtSameChangeGroup *self)
{
  return adw_switch_row_get_active (self->row);
}

/**
 * nt_same_change_group_review:
 * @server: the server of the dialog
 * @draft: the change of @server
 *
 * Returns: (transfer floating): a page that shows the plan of each server and can apply it
 */
NtBatchPage *
nt_same_change_group_review (NtSameChangeGroup *self, NtServer *server, NtTeamDraft *draft)
{
  g_autoptr (NtBatch) batch = nt_batch_new ();
  g_autoptr (NtRequest) request = nt_team_draft_get_request (draft);
  guint n_servers = self->others->len + 1;
  g_autofree char *title =
    self->original ? g_strdup_printf (_("Change “%s” on %u Servers"), self->original->name, n_servers)
                   : g_strdup_printf (_("Create “%s” on %u Servers"), nt_team_draft_get_spec (draft)->name, n_servers);

  nt_batch_add (batch, server, request, NULL);
  for (guint i = 0; i < self->others->len; i++)
    if (self->original != NULL)
      nt_same_change_add_change (batch, self->others->pdata[i], self->original, request);
    else
      nt_same_change_add_creation (batch, self->others->pdata[i], request);
  return nt_batch_page_new (batch, title, self->original ? _("_Apply") : _("C_reate"));
}
