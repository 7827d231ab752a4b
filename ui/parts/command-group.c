/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/parts/command-group.h"

#include <glib/gi18n.h>

struct _NtCommandGroup
{
  AdwPreferencesGroup parent_instance;

  /* template children */
  GtkButton *copy_button;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (NtCommandGroup, nt_command_group, ADW_TYPE_PREFERENCES_GROUP)

static void
copy_cb (NtCommandGroup *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (self->label));
  gtk_button_set_icon_name (self->copy_button, "object-select-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->copy_button), _("Copied"));
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
nt_command_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_COMMAND_GROUP);

  G_OBJECT_CLASS (nt_command_group_parent_class)->dispose (object);
}

static void
nt_command_group_class_init (NtCommandGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_command_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/command-group.ui");
  gtk_widget_class_bind_template_child (widget_class, NtCommandGroup, copy_button);
  gtk_widget_class_bind_template_child (widget_class, NtCommandGroup, label);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
nt_command_group_init (NtCommandGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Commands are left-to-right in every language. */
  gtk_widget_set_direction (GTK_WIDGET (self->label), GTK_TEXT_DIR_LTR);
}

/**
 * nt_command_group_set_command:
 * @command: shell commands; "" hides the group
 */
void
nt_command_group_set_command (NtCommandGroup *self, const char *command)
{
  gtk_label_set_label (self->label, command);
  gtk_button_set_icon_name (self->copy_button, "edit-copy-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->copy_button), _("Copy"));
  gtk_widget_set_visible (GTK_WIDGET (self), *command != '\0');
}
