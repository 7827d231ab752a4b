/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/dialogs/host-row.h"

#include <glib/gi18n.h>

struct _NtHostRow
{
  AdwActionRow parent_instance;

  GtkCheckButton *check; /* a child */
  NtHostEntry *entry;
};

G_DEFINE_FINAL_TYPE (NtHostRow, nt_host_row, ADW_TYPE_ACTION_ROW)

enum
{
  TOGGLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
toggled_cb (NtHostRow *self)
{
  g_signal_emit (self, signals[TOGGLED], 0);
}

static void
append_part (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* Lists the address, unless it is the name, and the groups. */
static char *
describe (const NtHostEntry *entry)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) groups = g_ptr_array_copy (entry->groups, NULL, NULL);
  g_autofree char *joined = NULL;

  if (g_str_equal (entry->address, "local"))
    append_part (text, _("Local machine"));
  else if (!g_str_equal (entry->address, entry->name))
    append_part (text, entry->address);
  g_ptr_array_set_free_func (groups, NULL);
  g_ptr_array_add (groups, NULL);
  joined = g_strjoinv (", ", (char **) groups->pdata);
  if (*joined != '\0')
    append_part (text, joined);
  return g_string_free (text, FALSE);
}

static void
nt_host_row_finalize (GObject *object)
{
  nt_host_entry_free (NT_HOST_ROW (object)->entry);

  G_OBJECT_CLASS (nt_host_row_parent_class)->finalize (object);
}

static void
nt_host_row_class_init (NtHostRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_host_row_finalize;

  /**
   * NtHostRow::toggled:
   *
   * The host was selected or deselected.
   */
  signals[TOGGLED] = g_signal_new ("toggled", NT_TYPE_HOST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_host_row_init (NtHostRow *self)
{
  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->check), GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->check));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->check));
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE); /* the check box has the focus */
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

/**
 * nt_host_row_new:
 * @entry: (transfer full):
 * @problem: (nullable): the reason why the host cannot be added
 * @ticked: the initial state
 *
 * Returns: (transfer floating): a row with a check box
 */
NtHostRow *
nt_host_row_new (NtHostEntry *entry, const char *problem, gboolean ticked)
{
  NtHostRow *self = g_object_new (NT_TYPE_HOST_ROW, NULL);
  g_autofree char *description = describe (entry);

  self->entry = entry;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), entry->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), problem ? problem : description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, entry->name, -1);
  gtk_check_button_set_active (self->check, ticked && problem == NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self), problem == NULL);
  return self;
}

/**
 * nt_host_row_get_entry:
 *
 * Returns: (transfer none):
 */
const NtHostEntry *
nt_host_row_get_entry (NtHostRow *self)
{
  return self->entry;
}

gboolean
nt_host_row_is_ticked (NtHostRow *self)
{
  return gtk_check_button_get_active (self->check);
}
