/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/change/batch-page.h"

#include <glib/gi18n.h>

#include "ui/parts/settings.h"
#include "ui/parts/status-cell.h"

struct _NtBatchPage
{
  AdwNavigationPage parent_instance;

  /* template children */
  GtkWidget *cancel_button;
  GtkWidget *undo_button;
  GtkButton *apply_button;
  AdwPreferencesGroup *group;
  GtkListBox *list;

  /* owned */
  NtBatch *batch;
  gboolean was_applied;
  gboolean was_undone;
};

G_DEFINE_FINAL_TYPE (NtBatchPage, nt_batch_page, ADW_TYPE_NAVIGATION_PAGE)

static char *
describe_plan (NtBatch *batch)
{
  guint n_ready = nt_batch_count (batch, NT_JOB_READY);
  guint n_jobs = g_list_model_get_n_items (nt_batch_get_jobs (batch));

  if (nt_batch_is_busy (batch))
    return g_strdup (_("The servers are planning the change. Nothing has been changed yet."));
  if (n_ready == 0)
    return g_strdup (_("All servers are already up to date."));
  return g_strdup_printf (g_dngettext (NULL, "Possible on %u of %u server. Nothing has been changed yet.",
                                       "Possible on %u of %u servers. Nothing has been changed yet.", n_jobs),
                          n_ready, n_jobs);
}

static char *
describe_result (NtBatch *batch)
{
  guint n_done = nt_batch_count (batch, NT_JOB_DONE);
  guint n_failed = nt_batch_count (batch, NT_JOB_FAILED);

  if (nt_batch_is_busy (batch))
    return g_strdup_printf (g_dngettext (NULL, "Done on %u server so far.", "Done on %u servers so far.", n_done), n_done);
  if (n_failed == 0)
    return g_strdup_printf (g_dngettext (NULL, "Done on %u server.", "Done on %u servers.", n_done), n_done);
  return g_strdup_printf (_("Done: %u. Failed: %u; see the reasons below."), n_done, n_failed);
}

static char *
describe_undoing (NtBatch *batch)
{
  guint n_undone = nt_batch_count (batch, NT_JOB_UNDONE);
  guint n_failed = nt_batch_count (batch, NT_JOB_FAILED);

  if (nt_batch_is_busy (batch) || n_failed == 0)
    return g_strdup_printf (g_dngettext (NULL, "Undone on %u server.", "Undone on %u servers.", n_undone), n_undone);
  return g_strdup_printf (_("Undone: %u. Failed: %u; see the reasons below."), n_undone, n_failed);
}

static char *
describe (NtBatchPage *self)
{
  if (self->was_undone)
    return describe_undoing (self->batch);
  return self->was_applied ? describe_result (self->batch) : describe_plan (self->batch);
}

/* When there is nothing left to cancel, the remaining button closes the dialog. */
static void
update (NtBatchPage *self)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG);
  gboolean is_busy = nt_batch_is_busy (self->batch);
  g_autofree char *text = describe (self);

  if (self->list == NULL)
    return;
  adw_preferences_group_set_description (self->group, text);
  /* Closing the dialog now would hide the results. */
  if (dialog != NULL)
    adw_dialog_set_can_close (ADW_DIALOG (dialog), !self->was_applied || !is_busy);
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), !self->was_applied);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button),
                            !is_busy && (self->was_applied || nt_batch_count (self->batch, NT_JOB_READY) > 0));
  if (!self->was_applied)
    return;
  gtk_widget_set_visible (self->cancel_button, FALSE);
  gtk_widget_set_visible (self->undo_button, !is_busy && nt_batch_count (self->batch, NT_JOB_DONE) > 0);
  gtk_button_set_label (self->apply_button, _("_Close"));
  gtk_widget_remove_css_class (GTK_WIDGET (self->apply_button), "destructive-action");
}

static void
apply_cb (NtBatchPage *self)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG);

  if (self->was_applied)
    {
      adw_dialog_force_close (ADW_DIALOG (dialog));
      return;
    }
  self->was_applied = TRUE;
  nt_batch_apply (self->batch, nt_settings_get_confirm ());
  update (self);
}

static void
undo_cb (NtBatchPage *self)
{
  self->was_undone = TRUE;
  nt_batch_undo (self->batch);
  update (self);
}

/* The status is a column of its own, so that it can be scanned from top to bottom. */
static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *status = g_object_new (NT_TYPE_STATUS_CELL, "valign", GTK_ALIGN_CENTER, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), status);
  g_object_bind_property (item, "server-name", row, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property (item, "text", row, "subtitle", G_BINDING_SYNC_CREATE);
  g_object_bind_property (item, "health", status, "health", G_BINDING_SYNC_CREATE);
  g_object_bind_property (item, "state-text", status, "text", G_BINDING_SYNC_CREATE);
  return row;
}

static void
nt_batch_page_dispose (GObject *object)
{
  NtBatchPage *self = NT_BATCH_PAGE (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_BATCH_PAGE);
  g_clear_object (&self->batch);

  G_OBJECT_CLASS (nt_batch_page_parent_class)->dispose (object);
}

static void
nt_batch_page_class_init (NtBatchPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_batch_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/batch-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NtBatchPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, NtBatchPage, undo_button);
  gtk_widget_class_bind_template_child (widget_class, NtBatchPage, apply_button);
  gtk_widget_class_bind_template_child (widget_class, NtBatchPage, group);
  gtk_widget_class_bind_template_child (widget_class, NtBatchPage, list);
  gtk_widget_class_bind_template_callback (widget_class, undo_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
nt_batch_page_init (NtBatchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * nt_batch_page_new:
 * @batch: the changes; the page requests their plans
 * @title: of the page
 * @answer: the label of the button that applies the changes
 *
 * Returns: (transfer floating): a page for a dialog
 */
NtBatchPage *
nt_batch_page_new (NtBatch *batch, const char *title, const char *answer)
{
  NtBatchPage *self = g_object_new (NT_TYPE_BATCH_PAGE, "title", title, NULL);

  self->batch = g_object_ref (batch);
  gtk_button_set_label (self->apply_button, answer);
  gtk_list_box_bind_model (self->list, nt_batch_get_jobs (batch), make_row, NULL, NULL);
  g_signal_connect_object (batch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  nt_batch_plan (batch);
  update (self);
  return self;
}

/**
 * nt_batch_page_set_destructive:
 * @self: the first page of a dialog
 *
 * Styles the button as destructive and adds a Cancel button.
 */
void
nt_batch_page_set_destructive (NtBatchPage *self)
{
  gtk_widget_set_visible (self->cancel_button, TRUE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->apply_button), "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->apply_button), "destructive-action");
}
