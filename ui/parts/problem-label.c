/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/parts/problem-label.h"

struct _NtProblemLabel
{
  AdwBin parent_instance;

  GtkLabel *label; /* a child */
};

G_DEFINE_FINAL_TYPE (NtProblemLabel, nt_problem_label, ADW_TYPE_BIN)

static void
nt_problem_label_class_init (NtProblemLabelClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
nt_problem_label_init (NtProblemLabel *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_margin_top (GTK_WIDGET (self->label), 6);
  gtk_widget_set_margin_start (GTK_WIDGET (self->label), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->label), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * nt_problem_label_set:
 * @text: (nullable): %NULL hides the label
 * @is_error: %FALSE for a warning
 */
void
nt_problem_label_set (NtProblemLabel *self, const char *text, gboolean is_error)
{
  GtkWidget *label = GTK_WIDGET (self->label);

  gtk_label_set_label (self->label, text ? text : "");
  gtk_widget_remove_css_class (label, is_error ? "warning" : "error");
  gtk_widget_add_css_class (label, is_error ? "error" : "warning");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

/**
 * nt_problem_label_show:
 * @draft: the draft with the field
 * @fields: the fields of the definition that the label belongs to
 * @was_touched: %FALSE hides errors of a field that has not been edited yet
 *
 * Shows the first error of the fields, or else their first warning.
 */
void
nt_problem_label_show (NtProblemLabel *self, NtTeamDraft *draft, const char *const *fields, gboolean was_touched)
{
  g_autofree char *text = NULL;
  gboolean is_error = TRUE;

  for (int severity = NT_SEVERITY_ERROR; severity <= NT_SEVERITY_WARNING && text == NULL; severity++)
    for (guint i = 0; fields[i] != NULL && text == NULL; i++)
      {
        text = nt_team_draft_get_problem (draft, fields[i], severity);
        is_error = severity == NT_SEVERITY_ERROR;
      }
  nt_problem_label_set (self, was_touched ? text : NULL, is_error);
}
