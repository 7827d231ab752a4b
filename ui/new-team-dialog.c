/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "new-team-dialog.h"

#include <glib/gi18n.h>

#include "apply.h"
#include "format.h"
#include "problem-label.h"
#include "team-draft.h"

struct _NtNewTeamDialog
{
  AdwDialog parent_instance;

  /* template children */
  AdwWindowTitle *window_title;
  GtkWidget *create_button;
  AdwBanner *banner;
  AdwEntryRow *name_row;
  AdwPreferencesGroup *members_group;
  AdwComboRow *mode_row;
  AdwComboRow *balance_row;
  AdwComboRow *standby_row;
  AdwComboRow *vlan_mode_row;
  AdwSpinRow *vlan_row;
  AdwActionRow *interface_row;
  NtProblemLabel *name_problem;
  NtProblemLabel *members_problem;
  NtProblemLabel *properties_problem;

  /* owned */
  NtServer *server;
  NtTeamDraft *draft;
  GtkStringList *standby_names;
  gboolean name_was_touched;
  gboolean members_were_touched;
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (NtNewTeamDialog, nt_new_team_dialog, ADW_TYPE_DIALOG)

enum
{
  CREATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Shows the first error of some fields, or else their first warning. */
static void
show_problem (NtNewTeamDialog *self, NtProblemLabel *label, const char *const *fields, gboolean was_touched)
{
  g_autofree char *text = NULL;
  gboolean is_error = TRUE;

  for (int severity = NT_SEVERITY_ERROR; severity <= NT_SEVERITY_WARNING && text == NULL; severity++)
    for (guint i = 0; fields[i] != NULL && text == NULL; i++)
      {
        text = nt_team_draft_get_problem (self->draft, fields[i], severity);
        is_error = severity == NT_SEVERITY_ERROR;
      }
  nt_problem_label_set (label, was_touched ? text : NULL, is_error);
}

static gint64
get_vlan (NtNewTeamDialog *self)
{
  if (adw_combo_row_get_selected (self->vlan_mode_row) == 0)
    return 0;
  return (gint64) adw_spin_row_get_value (self->vlan_row);
}

static void
show_interface_name (NtNewTeamDialog *self)
{
  g_autoptr (NtInterfaceSpec) interface = nt_interface_spec_new ();
  const char *team = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  g_autofree char *name = NULL;

  interface->vlan = get_vlan (self);
  name = *team != '\0' ? nt_interface_spec_get_display_name (interface, team) : g_strdup ("–");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->interface_row), FALSE);
  adw_action_row_set_subtitle (self->interface_row, name);
}

/* A field that nobody has been at yet is not reproached. */
static void
update (NtNewTeamDialog *self)
{
  static const char *const name_fields[] = { "name", "device", NULL };
  static const char *const members_fields[] = { "members", NULL };
  static const char *const other_fields[] = { "mode", "balance", "standby", "mtu", "interfaces", NULL };

  show_problem (self, self->name_problem, name_fields, self->name_was_touched);
  show_problem (self, self->members_problem, members_fields, self->members_were_touched);
  show_problem (self, self->properties_problem, other_fields, TRUE);
  show_interface_name (self);
  gtk_widget_set_sensitive (self->create_button, nt_team_draft_is_valid (self->draft));
}

/* The standby adapter is one of the members, so the choice follows them. */
static void
update_standby_names (NtNewTeamDialog *self)
{
  const NtState *state = nt_server_get_state (self->server);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint position = adw_combo_row_get_selected (self->standby_row);
  const char *chosen = gtk_string_list_get_string (self->standby_names, position);
  guint selected = 0;

  gtk_string_list_append (names, _("None (All Active)"));
  for (guint i = 0; state != NULL && i < state->adapters->len; i++)
    {
      const NtAdapter *adapter = g_ptr_array_index (state->adapters, i);

      if (!nt_team_draft_has_member (self->draft, adapter->name))
        continue;
      gtk_string_list_append (names, adapter->name);
      if (g_strcmp0 (adapter->name, chosen) == 0)
        selected = g_list_model_get_n_items (G_LIST_MODEL (names)) - 1;
    }

  self->is_updating = TRUE;
  g_set_object (&self->standby_names, names);
  adw_combo_row_set_model (self->standby_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->standby_row, selected);
  self->is_updating = FALSE;
}

static void
member_toggled_cb (GtkCheckButton *check, NtNewTeamDialog *self)
{
  const char *adapter = gtk_widget_get_name (GTK_WIDGET (check));

  self->members_were_touched = TRUE;
  nt_team_draft_set_member (self->draft, adapter, gtk_check_button_get_active (check));
  update_standby_names (self);
}

static char *
describe_adapter (const NtAdapter *adapter)
{
  g_autofree char *speed = nt_format_speed (adapter->speed);
  const char *link = adapter->carrier ? speed : adapter->enabled ? _("Disconnected") : _("Disabled");

  if (adapter->description == NULL)
    return g_strdup (link);
  return g_strdup_printf ("%s · %s", adapter->description, link);
}

static void
add_member_row (NtNewTeamDialog *self, const NtAdapter *adapter, gboolean is_ticked)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *subtitle = describe_adapter (adapter);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), adapter->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_set_focusable (row, FALSE); /* the check box is enough */
  adw_preferences_group_add (self->members_group, row);

  gtk_widget_set_name (check, adapter->name);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, adapter->name, -1);
  g_signal_connect (check, "toggled", G_CALLBACK (member_toggled_cb), self);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_ticked);
}

static void
add_no_adapters_row (NtNewTeamDialog *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("No adapter of this server is available"));
  gtk_widget_set_sensitive (row, FALSE);
  adw_preferences_group_add (self->members_group, row);
}

static void
add_member_rows (NtNewTeamDialog *self, const char *const *members)
{
  const NtState *state = nt_server_get_state (self->server);
  guint count = 0;

  for (guint i = 0; i < state->adapters->len; i++)
    {
      const NtAdapter *adapter = g_ptr_array_index (state->adapters, i);

      if (adapter->team != NULL || adapter->obstacles->len > 0)
        continue;
      add_member_row (self, adapter, members != NULL && g_strv_contains (members, adapter->name));
      count++;
    }
  if (count == 0)
    add_no_adapters_row (self);
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
name_changed_cb (NtNewTeamDialog *self)
{
  self->name_was_touched = TRUE;
  nt_team_draft_set_name (self->draft, gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
}

static void
mode_changed_cb (NtNewTeamDialog *self)
{
  guint mode = adw_combo_row_get_selected (self->mode_row);

  if (self->draft == NULL || mode == GTK_INVALID_LIST_POSITION)
    return;
  nt_team_draft_set_mode (self->draft, mode);
  gtk_widget_set_sensitive (GTK_WIDGET (self->standby_row), mode == NT_MODE_SWITCH_INDEPENDENT);
  if (mode != NT_MODE_SWITCH_INDEPENDENT)
    adw_combo_row_set_selected (self->standby_row, 0);
}

static void
balance_changed_cb (NtNewTeamDialog *self)
{
  guint balance = adw_combo_row_get_selected (self->balance_row);

  if (self->draft != NULL && balance != GTK_INVALID_LIST_POSITION)
    nt_team_draft_set_balance (self->draft, balance);
}

static void
standby_changed_cb (NtNewTeamDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->standby_row);

  if (self->draft == NULL || self->is_updating)
    return;
  nt_team_draft_set_standby (self->draft,
                             selected > 0 ? gtk_string_list_get_string (self->standby_names, selected) : NULL);
}

static void
vlan_changed_cb (NtNewTeamDialog *self)
{
  if (self->draft == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->vlan_row), adw_combo_row_get_selected (self->vlan_mode_row) == 1);
  nt_team_draft_set_vlan (self->draft, get_vlan (self));
}

static void
banner_clicked_cb (NtNewTeamDialog *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
}

/* On a failure all that was typed stays, so that it can be put right. */
static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtNewTeamDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (nt_apply_finish (NT_SERVER (source), result, &error))
    {
      g_signal_emit (self, signals[CREATED], 0, gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  gtk_widget_set_sensitive (adw_dialog_get_child (ADW_DIALOG (self)), TRUE);
  adw_banner_set_use_markup (self->banner, FALSE);
  adw_banner_set_title (self->banner, error->message);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
create_cb (NtNewTeamDialog *self)
{
  g_autoptr (NtRequest) request = nt_team_draft_get_request (self->draft);

  adw_banner_set_revealed (self->banner, FALSE);
  gtk_widget_set_sensitive (adw_dialog_get_child (ADW_DIALOG (self)), FALSE);
  nt_apply_async (self->server, request, NULL, applied_cb, g_object_ref (self));
}

static void
nt_new_team_dialog_dispose (GObject *object)
{
  NtNewTeamDialog *self = NT_NEW_TEAM_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_NEW_TEAM_DIALOG);
  g_clear_object (&self->draft);
  g_clear_object (&self->server);
  g_clear_object (&self->standby_names);

  G_OBJECT_CLASS (nt_new_team_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, window_title);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, create_button);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, banner);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, name_row);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, members_group);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, mode_row);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, balance_row);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, standby_row);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, vlan_mode_row);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, vlan_row);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, interface_row);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, name_problem);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, members_problem);
  gtk_widget_class_bind_template_child (klass, NtNewTeamDialog, properties_problem);
  gtk_widget_class_bind_template_callback (klass, name_changed_cb);
  gtk_widget_class_bind_template_callback (klass, mode_changed_cb);
  gtk_widget_class_bind_template_callback (klass, balance_changed_cb);
  gtk_widget_class_bind_template_callback (klass, standby_changed_cb);
  gtk_widget_class_bind_template_callback (klass, vlan_changed_cb);
  gtk_widget_class_bind_template_callback (klass, banner_clicked_cb);
  gtk_widget_class_bind_template_callback (klass, create_cb);
}

static void
nt_new_team_dialog_class_init (NtNewTeamDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_new_team_dialog_dispose;

  /**
   * NtNewTeamDialog::created:
   * @name: the name of the team
   *
   * The agent has made the team.
   */
  signals[CREATED] = g_signal_new ("created",
                                   NT_TYPE_NEW_TEAM_DIALOG,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/new-team-dialog.ui");
  bind_children (widget_class);
}

static void
nt_new_team_dialog_init (NtNewTeamDialog *self)
{
  g_type_ensure (NT_TYPE_PROBLEM_LABEL);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->standby_names = gtk_string_list_new (NULL);
}

/**
 * nt_new_team_dialog_new:
 * @server: a server that is online
 * @members: (nullable): the adapters that are ticked from the start
 *
 * Returns: (transfer floating): a dialog that makes a team
 */
NtNewTeamDialog *
nt_new_team_dialog_new (NtServer *server, const char *const *members)
{
  NtNewTeamDialog *self = g_object_new (NT_TYPE_NEW_TEAM_DIALOG, NULL);
  g_autofree char *subtitle = g_strdup_printf (_("On %s"), nt_server_get_name (server));

  self->server = g_object_ref (server);
  fill_combo_row (self->mode_row, &nt_team_mode_enum);
  fill_combo_row (self->balance_row, &nt_balance_enum);
  adw_window_title_set_subtitle (self->window_title, subtitle);

  self->draft = nt_team_draft_new (nt_server_get_state (server));
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  add_member_rows (self, members);
  update_standby_names (self);
  update (self);
  return self;
}
