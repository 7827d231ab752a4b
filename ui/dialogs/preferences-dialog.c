/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/dialogs/preferences-dialog.h"

#include <glib/gi18n.h>

#include "ui/parts/settings.h"

struct _NtPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  /* template children */
  AdwSwitchRow *show_all_row;
  AdwComboRow *interval_row;
  AdwComboRow *units_row;
  AdwSpinRow *confirm_row;
  AdwSwitchRow *notify_row;
};

G_DEFINE_FINAL_TYPE (NtPreferencesDialog, nt_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

/* Choices for the interval, in milliseconds */
static const int intervals[] = { 250, 500, 1000, 2000, 5000, 10000 };

static void
fill_intervals (NtPreferencesDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    {
      g_autofree char *name = NULL;

      if (intervals[i] < 1000)
        name = g_strdup_printf (_("Every %d ms"), intervals[i]);
      else
        name = g_strdup_printf (g_dngettext (NULL, "Every second", "Every %d seconds", intervals[i] / 1000),
                                intervals[i] / 1000);
      gtk_string_list_append (names, name);
    }
  adw_combo_row_set_model (self->interval_row, G_LIST_MODEL (names));
}

/* A value that is not among the choices is shown as the next longer one. */
static gboolean
get_interval (GValue *value, GVariant *variant, gpointer user_data)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (intervals) && intervals[i] < g_variant_get_int32 (variant))
    i++;
  g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
set_interval (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint i = g_value_get_uint (value);

  return i < G_N_ELEMENTS (intervals) ? g_variant_new_int32 (intervals[i]) : NULL;
}

static const char *const units[] = { "bits", "bytes" };

static gboolean
get_units (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_uint (value, g_str_equal (g_variant_get_string (variant, NULL), units[1]) ? 1 : 0);
  return TRUE;
}

static GVariant *
set_units (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint i = g_value_get_uint (value);

  return i < G_N_ELEMENTS (units) ? g_variant_new_string (units[i]) : NULL;
}

static void
nt_preferences_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_PREFERENCES_DIALOG);

  G_OBJECT_CLASS (nt_preferences_dialog_parent_class)->dispose (object);
}

static void
nt_preferences_dialog_class_init (NtPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_preferences_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NtPreferencesDialog, show_all_row);
  gtk_widget_class_bind_template_child (widget_class, NtPreferencesDialog, interval_row);
  gtk_widget_class_bind_template_child (widget_class, NtPreferencesDialog, units_row);
  gtk_widget_class_bind_template_child (widget_class, NtPreferencesDialog, confirm_row);
  gtk_widget_class_bind_template_child (widget_class, NtPreferencesDialog, notify_row);
}

static void
nt_preferences_dialog_init (NtPreferencesDialog *self)
{
  GSettings *settings = nt_settings_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));
  fill_intervals (self);
  g_settings_bind (settings, NT_SETTINGS_SHOW_ALL, self->show_all_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, NT_SETTINGS_CONFIRM, self->confirm_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, NT_SETTINGS_NOTIFY, self->notify_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, NT_SETTINGS_INTERVAL, self->interval_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_interval, set_interval, NULL, NULL);
  g_settings_bind_with_mapping (settings, NT_SETTINGS_UNITS, self->units_row, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_units, set_units, NULL, NULL);
}

/**
 * nt_preferences_dialog_new:
 *
 * Returns: (transfer floating): a dialog that applies changes immediately
 */
AdwDialog *
nt_preferences_dialog_new (void)
{
  return g_object_new (NT_TYPE_PREFERENCES_DIALOG, NULL);
}
