/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/dialogs/team-dialog.h"

#include <glib/gi18n.h>

#include "app/text/facts.h"
#include "app/text/team-offers.h"
#include "backend/model/base/record-json.h"
#include "ui/change/drift-group.h"
#include "ui/change/member-group.h"
#include "ui/dialogs/option-group.h"
#include "ui/parts/fact-row.h"
#include "ui/parts/problem-label.h"

struct _NtTeamDialog
{
  NtDraftDialog parent_instance;

  /* template children */
  AdwWindowTitle *window_title;
  GtkWidget *cancel_button;
  GtkWidget *apply_button;
  GtkWidget *page;
  AdwBanner *banner;
  AdwEntryRow *name_row;
  AdwPreferencesGroup *drift_group;
  NtMemberGroup *members_group;
  AdwSwitchRow *take_over_row;
  NtSameChangeGroup *same_change_group;
  AdwExpanderRow *expander;
  AdwComboRow *mode_row;
  AdwComboRow *balance_row;
  AdwComboRow *lacp_timer_row;
  AdwComboRow *standby_row;
  NtOptionGroup *option_group;
  AdwComboRow *vlan_mode_row;
  AdwSpinRow *vlan_row;
  AdwActionRow *interface_row;
  AdwExpanderRow *features_row;
  NtProblemLabel *name_problem;
  NtProblemLabel *members_problem;
  NtProblemLabel *properties_problem;

  /* borrowed */
  NtTeamDraft *draft; /* of the parent; NULL until set up */

  /* owned */
  GtkStringList *standby_names;
  gboolean is_of_team; /* FALSE for a new team */
  gboolean name_was_touched;
  gboolean members_were_touched;
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (NtTeamDialog, nt_team_dialog, NT_TYPE_DRAFT_DIALOG)

static gint64
get_vlan (NtTeamDialog *self)
{
  if (adw_combo_row_get_selected (self->vlan_mode_row) == 0)
    return 0;
  return (gint64) adw_spin_row_get_value (self->vlan_row);
}

static void
show_interface_name (NtTeamDialog *self)
{
  g_autoptr (NtInterfaceSpec) interface = nt_interface_spec_new ();
  const char *team = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  g_autofree char *name = NULL;

  interface->vlan = get_vlan (self);
  name = *team != '\0' ? nt_interface_spec_get_display_name (interface, team) : g_strdup ("–");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->interface_row), FALSE);
  adw_action_row_set_subtitle (self->interface_row, name);
}

/* Shown if another tool configures a member. */
static void
show_take_over (NtTeamDialog *self)
{
  const NtOwner *owner = nt_team_draft_find_owner (self->draft);
  g_autofree char *title =
    owner ? g_strdup_printf (_("Take Over from %s"), nt_enum_label (&nt_tool_enum, owner->tool)) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->take_over_row), owner != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->take_over_row), title ? title : "");
}

/* Errors of fields that have not been edited yet are hidden. */
static void
update (NtTeamDialog *self)
{
  static const char *const name_fields[] = { "name", "device", NULL };
  static const char *const members_fields[] = { "members", NULL };
  static const char *const other_fields[] = { "mode", "balance", "standby", "mtu", "options", "interfaces", NULL };

  nt_problem_label_show (self->name_problem, self->draft, name_fields, self->name_was_touched);
  nt_problem_label_show (self->members_problem, self->draft, members_fields, self->members_were_touched);
  nt_problem_label_show (self->properties_problem, self->draft, other_fields, TRUE);
  show_interface_name (self);
  show_take_over (self);
  gtk_widget_set_sensitive (self->apply_button, nt_team_draft_is_valid (self->draft));
}

/* The choices are the members, so they follow them. */
static void
update_standby_names (NtTeamDialog *self)
{
  const NtTeamSpec *spec = nt_team_draft_get_spec (self->draft);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _("None (All Active)"));
  for (guint i = 0; i < spec->members->len; i++)
    {
      const char *adapter = g_ptr_array_index (spec->members, i);

      gtk_string_list_append (names, adapter);
      if (g_strcmp0 (adapter, spec->standby) == 0)
        selected = i + 1;
    }

  self->is_updating = TRUE;
  g_set_object (&self->standby_names, names);
  adw_combo_row_set_model (self->standby_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->standby_row, selected);
  self->is_updating = FALSE;
}

static void
member_toggled_cb (NtTeamDialog *self)
{
  self->members_were_touched = TRUE;
  update_standby_names (self);
  update (self);
}

static void
fill_combo_row (AdwComboRow *row, const NtEnum *words)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (int i = 0; i < words->n_values; i++)
    gtk_string_list_append (names, nt_enum_label (words, i));
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
}

static void
name_changed_cb (NtTeamDialog *self)
{
  self->name_was_touched = TRUE;
  nt_team_draft_set_name (self->draft, gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
}

static void
show_fields_of_mode (NtTeamDialog *self, int mode)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->standby_row), mode == NT_MODE_SWITCH_INDEPENDENT);
  gtk_widget_set_visible (GTK_WIDGET (self->lacp_timer_row), mode == NT_MODE_LACP);
  nt_option_group_update (self->option_group);
}

static void
mode_changed_cb (NtTeamDialog *self)
{
  guint mode = adw_combo_row_get_selected (self->mode_row);

  if (self->draft == NULL || mode == GTK_INVALID_LIST_POSITION)
    return;
  nt_team_draft_set_mode (self->draft, mode);
  show_fields_of_mode (self, mode);
  if (mode != NT_MODE_SWITCH_INDEPENDENT)
    adw_combo_row_set_selected (self->standby_row, 0);
}

static void
balance_changed_cb (NtTeamDialog *self)
{
  guint balance = adw_combo_row_get_selected (self->balance_row);

  if (self->draft != NULL && balance != GTK_INVALID_LIST_POSITION)
    nt_team_draft_set_balance (self->draft, balance);
}

static void
lacp_timer_changed_cb (NtTeamDialog *self)
{
  guint timer = adw_combo_row_get_selected (self->lacp_timer_row);

  if (self->draft != NULL && timer != GTK_INVALID_LIST_POSITION)
    nt_team_draft_set_lacp_timer (self->draft, timer);
}

static void
standby_changed_cb (NtTeamDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->standby_row);

  if (self->draft == NULL || self->is_updating)
    return;
  nt_team_draft_set_standby (self->draft,
                             selected > 0 ? gtk_string_list_get_string (self->standby_names, selected) : NULL);
}

static void
vlan_changed_cb (NtTeamDialog *self)
{
  if (self->draft == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->vlan_row), adw_combo_row_get_selected (self->vlan_mode_row) == 1);
  nt_team_draft_set_vlan (self->draft, 0, get_vlan (self));
}

static void
take_over_changed_cb (NtTeamDialog *self)
{
  if (self->draft != NULL)
    nt_team_draft_set_take_over (self->draft, adw_switch_row_get_active (self->take_over_row));
}

static void
preview_cb (NtTeamDialog *self)
{
  nt_draft_dialog_preview (NT_DRAFT_DIALOG (self));
}

static void
apply_cb (NtTeamDialog *self)
{
  nt_draft_dialog_apply (NT_DRAFT_DIALOG (self));
}

static void
nt_team_dialog_dispose (GObject *object)
{
  NtTeamDialog *self = NT_TEAM_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_TEAM_DIALOG);
  self->draft = NULL;
  g_clear_object (&self->standby_names);

  G_OBJECT_CLASS (nt_team_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, window_title);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, cancel_button);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, apply_button);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, page);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, banner);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, name_row);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, drift_group);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, members_group);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, take_over_row);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, same_change_group);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, expander);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, mode_row);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, balance_row);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, lacp_timer_row);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, option_group);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, standby_row);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, vlan_mode_row);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, vlan_row);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, interface_row);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, features_row);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, name_problem);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, members_problem);
  gtk_widget_class_bind_template_child (klass, NtTeamDialog, properties_problem);
  gtk_widget_class_bind_template_callback (klass, name_changed_cb);
  gtk_widget_class_bind_template_callback (klass, mode_changed_cb);
  gtk_widget_class_bind_template_callback (klass, balance_changed_cb);
  gtk_widget_class_bind_template_callback (klass, lacp_timer_changed_cb);
  gtk_widget_class_bind_template_callback (klass, member_toggled_cb);
  gtk_widget_class_bind_template_callback (klass, standby_changed_cb);
  gtk_widget_class_bind_template_callback (klass, vlan_changed_cb);
  gtk_widget_class_bind_template_callback (klass, take_over_changed_cb);
  gtk_widget_class_bind_template_callback (klass, preview_cb);
  gtk_widget_class_bind_template_callback (klass, apply_cb);
}

static void
nt_team_dialog_class_init (NtTeamDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_team_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/team-dialog.ui");
  bind_children (widget_class);
}

static void
nt_team_dialog_init (NtTeamDialog *self)
{
  g_type_ensure (NT_TYPE_SAME_CHANGE_GROUP);
  g_type_ensure (NT_TYPE_MEMBER_GROUP);
  g_type_ensure (NT_TYPE_OPTION_GROUP);
  g_type_ensure (NT_TYPE_PROBLEM_LABEL);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->standby_names = gtk_string_list_new (NULL);
}

/* Shows the draft in all fields; setting a field writes the same value back to the draft. */
static void
show_draft (NtTeamDialog *self)
{
  g_autoptr (NtTeamSpec) spec = nt_team_spec_ref (nt_team_draft_get_spec (self->draft));
  int mode = MAX (spec->mode, 0);

  nt_option_group_fill (self->option_group, self->draft);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), spec->name);
  adw_combo_row_set_selected (self->mode_row, mode);
  adw_combo_row_set_selected (self->balance_row, MAX (spec->balance, 0));
  adw_combo_row_set_selected (self->lacp_timer_row, MAX (spec->lacp_timer, 0));
  show_fields_of_mode (self, mode);
  nt_member_group_fill (self->members_group, self->draft);
  update_standby_names (self);
}

/* @draft: (transfer full) */
static NtTeamDialog *
make_dialog (NtServer *server, NtTeamDraft *draft)
{
  NtTeamDialog *self = g_object_new (NT_TYPE_TEAM_DIALOG, NULL);
  g_autofree char *subtitle = g_strdup_printf (_("On %s"), nt_server_get_name (server));

  adw_window_title_set_subtitle (self->window_title, subtitle);
  fill_combo_row (self->mode_row, &nt_team_mode_enum);
  fill_combo_row (self->balance_row, &nt_balance_enum);
  fill_combo_row (self->lacp_timer_row, &nt_lacp_timer_enum);

  nt_draft_dialog_set_up (NT_DRAFT_DIALOG (self), server, draft,
                          &(NtDraftDialogParts) { self->page, self->banner, self->same_change_group,
                                                  GTK_BUTTON (self->cancel_button), GTK_BUTTON (self->apply_button) });
  self->draft = draft;
  show_draft (self);
  self->name_was_touched = FALSE;
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

static void
add_feature (NtFactSection section, const char *label, const char *value, gpointer user_data)
{
  NtTeamDialog *self = user_data;

  adw_expander_row_add_row (self->features_row, nt_fact_row_new (label, value));
}

/* Older agents lack GetTeamFeatures; the features are hidden then. */
static void
features_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtTeamDialog) self = user_data;
  g_autoptr (JsonObject) reply = nt_server_call_finish (NT_SERVER (source), result, NULL);
  g_autoptr (NtTeamFeaturesReply) answer =
    reply ? nt_record_from_json (&nt_team_features_reply_type, reply, NT_JSON_LENIENT, NULL) : NULL;
  const NtFactSink listener = { add_feature, self };

  if (answer == NULL || answer->features->len == 0 || self->features_row == NULL)
    return;
  nt_team_offers_list (&listener, answer->features->pdata[0]);
  gtk_widget_set_visible (GTK_WIDGET (self->features_row), TRUE);
}

static void
request_features (NtTeamDialog *self, NtServer *server, const NtTeam *team)
{
  g_autoptr (JsonObject) parameters = json_object_new ();
  JsonArray *ids = json_array_new ();

  json_array_add_string_element (ids, team->id);
  json_object_set_array_member (parameters, "teams", ids);
  nt_server_call_async (server, "GetTeamFeatures", parameters, NULL, features_cb, g_object_ref (self));
}

/* Interfaces have a list and dialogs of their own. */
static void
turn_into_properties (NtTeamDialog *self)
{
  adw_dialog_set_title (ADW_DIALOG (self), _("Team Properties"));
  adw_window_title_set_title (self->window_title, _("Team Properties"));
  gtk_button_set_label (GTK_BUTTON (self->apply_button), _("_Apply"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->members_group),
                                         _("Added or removed adapters briefly lose their connection."));
  adw_expander_row_set_expanded (self->expander, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->vlan_mode_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->interface_row), FALSE);
  self->name_was_touched = TRUE;
  self->members_were_touched = TRUE;
  update (self);
}

/**
 * nt_team_dialog_new:
 * @server: an online server
 * @members: (nullable): initial members
 *
 * Returns: (transfer floating): a dialog that creates a team
 */
NtTeamDialog *
nt_team_dialog_new (NtServer *server, const char *const *members)
{
  NtTeamDraft *draft = nt_team_draft_new (nt_server_get_state (server));

  for (guint i = 0; members != NULL && members[i] != NULL; i++)
    nt_team_draft_set_member (draft, members[i], TRUE);
  return make_dialog (server, draft);
}

/**
 * nt_team_dialog_new_for_team:
 * @server: an online server
 * @team: a managed team
 *
 * Returns: (transfer floating): a dialog that changes @team
 */
NtTeamDialog *
nt_team_dialog_new_for_team (NtServer *server, const NtTeam *team)
{
  NtTeamDialog *self = make_dialog (server, nt_team_draft_new_for_team (nt_server_get_state (server), team));

  self->is_of_team = TRUE;
  turn_into_properties (self);
  nt_drift_group_fill (self->drift_group, team);
  request_features (self, server, team);
  return self;
}

/**
 * nt_team_dialog_get_name:
 *
 * Returns: (transfer none): the name of the team in the draft
 */
const char *
nt_team_dialog_get_name (NtTeamDialog *self)
{
  return nt_team_draft_get_spec (self->draft)->name;
}
