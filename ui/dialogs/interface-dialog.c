/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/dialogs/interface-dialog.h"

#include <glib/gi18n.h>

#include "ui/parts/problem-label.h"

/* Stands for input that is not a number; the rules reject this value too. */
#define NO_VLAN -2
#define NO_MTU 0

enum
{
  TRAFFIC_DEFAULT,
  TRAFFIC_VLAN,
};

struct _NtInterfaceDialog
{
  NtDraftDialog parent_instance;

  /* template children */
  AdwWindowTitle *window_title;
  GtkWidget *cancel_button;
  GtkWidget *apply_button;
  GtkWidget *page;
  AdwBanner *banner;
  NtSameChangeGroup *same_change_group;
  AdwComboRow *traffic_row;
  AdwEntryRow *vlan_row;
  AdwEntryRow *name_row;
  AdwEntryRow *addresses_row;
  AdwEntryRow *gateways_row;
  AdwEntryRow *mtu_row;
  NtProblemLabel *vlan_problem;
  NtProblemLabel *name_problem;
  NtProblemLabel *network_problem;

  /* borrowed */
  NtTeamDraft *draft; /* of the parent; NULL until set up */
  guint index; /* of the interface in the draft */
  gboolean vlan_was_touched;
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (NtInterfaceDialog, nt_interface_dialog, NT_TYPE_DRAFT_DIALOG)

static const NtInterfaceSpec *
get_interface (NtInterfaceDialog *self)
{
  return g_ptr_array_index (nt_team_draft_get_spec (self->draft)->interfaces, self->index);
}

static gint64
parse_vlan (NtInterfaceDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->vlan_row));
  gint64 vlan;

  if (self->index == 0 && adw_combo_row_get_selected (self->traffic_row) == TRAFFIC_DEFAULT)
    return 0;
  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &vlan, NULL) ? vlan : NO_VLAN;
}

static void
show_vlan_problem (NtInterfaceDialog *self)
{
  g_autofree char *field = g_strdup_printf ("interfaces[%u].vlan", self->index);
  const char *const fields[] = { field, NULL };

  if (get_interface (self)->vlan == NO_VLAN && self->vlan_was_touched)
    nt_problem_label_set (self->vlan_problem, _("The VLAN ID must be a number from 1 to 4094."), TRUE);
  else
    nt_problem_label_show (self->vlan_problem, self->draft, fields, self->vlan_was_touched);
}

static gboolean
has_problem (NtInterfaceDialog *self, const char *field)
{
  g_autofree char *path = g_strdup_printf ("interfaces[%u].%s", self->index, field);
  g_autofree char *problem = nt_team_draft_get_problem (self->draft, path, NT_SEVERITY_ERROR);

  return problem != NULL;
}

/* Also shows problems of other interfaces that the change would cause, once the fields of this one are valid. */
static void
show_name_problem (NtInterfaceDialog *self)
{
  static const char *const others[] = { "vlan", "addresses", "gateways", "mtu" };
  g_autofree char *name_field = g_strdup_printf ("interfaces[%u].name", self->index);
  const char *fields[] = { name_field, "interfaces", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (has_problem (self, others[i]))
      fields[1] = NULL;

  nt_problem_label_show (self->name_problem, self->draft, fields, TRUE);
}

static void
show_network_problem (NtInterfaceDialog *self)
{
  g_autofree char *addresses = g_strdup_printf ("interfaces[%u].addresses", self->index);
  g_autofree char *gateways = g_strdup_printf ("interfaces[%u].gateways", self->index);
  g_autofree char *mtu = g_strdup_printf ("interfaces[%u].mtu", self->index);
  const char *const fields[] = { addresses, gateways, mtu, NULL };

  if (get_interface (self)->mtu == NO_MTU)
    nt_problem_label_set (self->network_problem, _("The MTU must be a number of bytes from 68 to 65535."), TRUE);
  else
    nt_problem_label_show (self->network_problem, self->draft, fields, TRUE);
}

static void
update (NtInterfaceDialog *self)
{
  show_vlan_problem (self);
  show_name_problem (self);
  show_network_problem (self);
  gtk_widget_set_sensitive (self->apply_button, nt_team_draft_is_valid (self->draft));
}

static char *
generate_name (NtInterfaceDialog *self)
{
  g_autoptr (NtInterfaceSpec) interface = nt_interface_spec_copy (get_interface (self));

  if (interface->vlan == NO_VLAN)
    return g_strdup ("");
  g_clear_pointer (&interface->name, g_free);
  return nt_interface_spec_get_display_name (interface, nt_team_draft_get_spec (self->draft)->name);
}

static void
suggest_name (NtInterfaceDialog *self)
{
  g_autofree char *name = generate_name (self);

  self->is_updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  self->is_updating = FALSE;
}

/* The name follows the VLAN until the user enters another one. */
static void
vlan_changed_cb (NtInterfaceDialog *self)
{
  if (self->draft == NULL || self->is_updating)
    return;
  self->vlan_was_touched = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->vlan_row),
                          self->index > 0 || adw_combo_row_get_selected (self->traffic_row) == TRAFFIC_VLAN);
  nt_team_draft_set_vlan (self->draft, self->index, parse_vlan (self));
  if (get_interface (self)->name == NULL)
    suggest_name (self);
}

static void
name_changed_cb (NtInterfaceDialog *self)
{
  g_autofree char *name = NULL;
  g_autofree char *proposal = NULL;
  gboolean is_own;

  if (self->draft == NULL || self->is_updating)
    return;
  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  proposal = generate_name (self);
  is_own = *name != '\0' && !g_str_equal (name, proposal);
  nt_team_draft_set_interface_name (self->draft, self->index, is_own ? name : NULL);
}

static void
addresses_changed_cb (NtInterfaceDialog *self)
{
  if (self->draft != NULL)
    nt_team_draft_set_addresses (self->draft, self->index, gtk_editable_get_text (GTK_EDITABLE (self->addresses_row)));
}

static void
gateways_changed_cb (NtInterfaceDialog *self)
{
  if (self->draft != NULL)
    nt_team_draft_set_gateways (self->draft, self->index, gtk_editable_get_text (GTK_EDITABLE (self->gateways_row)));
}

static void
mtu_changed_cb (NtInterfaceDialog *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->mtu_row))));
  gint64 mtu = -1;

  if (self->draft == NULL)
    return;
  if (*text != '\0' && !g_ascii_string_to_signed (text, 10, 1, G_MAXINT, &mtu, NULL))
    mtu = NO_MTU;
  nt_team_draft_set_interface_mtu (self->draft, self->index, mtu);
}

static void
preview_cb (NtInterfaceDialog *self)
{
  nt_draft_dialog_preview (NT_DRAFT_DIALOG (self));
}

static void
apply_cb (NtInterfaceDialog *self)
{
  nt_draft_dialog_apply (NT_DRAFT_DIALOG (self));
}

static void
nt_interface_dialog_dispose (GObject *object)
{
  NT_INTERFACE_DIALOG (object)->draft = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_INTERFACE_DIALOG);

  G_OBJECT_CLASS (nt_interface_dialog_parent_class)->dispose (object);
}

static void
nt_interface_dialog_class_init (NtInterfaceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_interface_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/interface-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, apply_button);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, page);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, same_change_group);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, traffic_row);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, vlan_row);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, vlan_problem);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, name_problem);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, addresses_row);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, gateways_row);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, mtu_row);
  gtk_widget_class_bind_template_child (widget_class, NtInterfaceDialog, network_problem);
  gtk_widget_class_bind_template_callback (widget_class, vlan_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, addresses_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, gateways_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, mtu_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, preview_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
nt_interface_dialog_init (NtInterfaceDialog *self)
{
  g_type_ensure (NT_TYPE_SAME_CHANGE_GROUP);
  g_type_ensure (NT_TYPE_PROBLEM_LABEL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static NtInterfaceDialog *
make_dialog (NtServer *server, const NtTeam *team)
{
  NtInterfaceDialog *self = g_object_new (NT_TYPE_INTERFACE_DIALOG, NULL);
  NtTeamDraft *draft = nt_team_draft_new_for_team (nt_server_get_state (server), team);
  g_autofree char *subtitle = g_strdup_printf (_("%s on %s"), team->name, nt_server_get_name (server));

  adw_window_title_set_subtitle (self->window_title, subtitle);
  nt_draft_dialog_set_up (NT_DRAFT_DIALOG (self), server, draft,
                          &(NtDraftDialogParts) { self->page, self->banner, self->same_change_group,
                                                  GTK_BUTTON (self->cancel_button), GTK_BUTTON (self->apply_button) });
  return self;
}

/* Connects the signals after the initial values are set, which are not input. */
static void
begin (NtInterfaceDialog *self, NtTeamDraft *draft)
{
  self->draft = draft;
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
show_words (AdwEntryRow *row, const GPtrArray *words)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (line, "%s%s", i > 0 ? " " : "", (const char *) words->pdata[i]);
  gtk_editable_set_text (GTK_EDITABLE (row), line->str);
  g_string_free (line, TRUE);
}

static void
show_interface (NtInterfaceDialog *self, NtTeamDraft *draft)
{
  const NtTeamSpec *spec = nt_team_draft_get_spec (draft);
  const NtInterfaceSpec *interface = g_ptr_array_index (spec->interfaces, self->index);
  gint64 vlan = nt_interface_spec_get_vlan (interface);
  g_autofree char *name = nt_interface_spec_get_display_name (interface, spec->name);
  g_autofree char *id = vlan > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, vlan) : g_strdup ("");

  gtk_widget_set_visible (GTK_WIDGET (self->traffic_row), self->index == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->vlan_row), self->index > 0 || vlan > 0);
  adw_combo_row_set_selected (self->traffic_row, vlan > 0 ? TRAFFIC_VLAN : TRAFFIC_DEFAULT);
  gtk_editable_set_text (GTK_EDITABLE (self->vlan_row), id);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  show_words (self->addresses_row, interface->addresses);
  show_words (self->gateways_row, interface->gateways);
  if (interface->mtu != -1)
    {
      g_autofree char *mtu = g_strdup_printf ("%" G_GINT64_FORMAT, interface->mtu);

      gtk_editable_set_text (GTK_EDITABLE (self->mtu_row), mtu);
    }
}

/**
 * nt_interface_dialog_new:
 * @server: an online server
 * @team: a managed team
 *
 * Returns: (transfer floating): a dialog that adds an interface to @team
 */
NtInterfaceDialog *
nt_interface_dialog_new (NtServer *server, const NtTeam *team)
{
  NtInterfaceDialog *self = make_dialog (server, team);
  NtTeamDraft *draft = nt_draft_dialog_get_draft (NT_DRAFT_DIALOG (self));

  self->index = nt_team_draft_add_interface (draft);
  nt_team_draft_set_vlan (draft, self->index, NO_VLAN);
  begin (self, draft);
  return self;
}

/**
 * nt_interface_dialog_new_for_interface:
 * @server: an online server
 * @team: a managed team
 * @device: of one of its interfaces
 *
 * Returns: (transfer floating) (nullable): a dialog that changes the interface
 */
NtInterfaceDialog *
nt_interface_dialog_new_for_interface (NtServer *server, const NtTeam *team, const char *device)
{
  NtInterfaceDialog *self = make_dialog (server, team);
  NtTeamDraft *draft = nt_draft_dialog_get_draft (NT_DRAFT_DIALOG (self));

  if (!nt_team_draft_find_interface (draft, device, &self->index))
    {
      g_object_ref_sink (self);
      g_object_unref (self);
      return NULL;
    }
  adw_dialog_set_title (ADW_DIALOG (self), _("Team Interface Properties"));
  adw_window_title_set_title (self->window_title, _("Team Interface Properties"));
  gtk_button_set_label (GTK_BUTTON (self->apply_button), _("_Apply"));
  show_interface (self, draft);
  self->vlan_was_touched = TRUE;
  begin (self, draft);
  return self;
}

/**
 * nt_interface_dialog_get_name:
 *
 * Returns: (transfer full): the name of the interface in the draft
 */
char *
nt_interface_dialog_get_name (NtInterfaceDialog *self)
{
  return nt_interface_spec_get_display_name (get_interface (self), nt_team_draft_get_spec (self->draft)->name);
}
