/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/change/plan-view.h"

#include <glib/gi18n.h>

#include "app/change/command-line.h"
#include "backend/model/plan/outage.h"
#include "ui/parts/command-group.h"
#include "ui/parts/fact-row.h"
#include "ui/parts/problem-label.h"

/* The height in a question, which does not depend on the plan: a button that moves away from under the pointer would be
 * missed, or another one be hit. */
#define SCROLLED_HEIGHT 260

struct _NtPlanView
{
  AdwBin parent_instance;

  /* template children */
  GtkWidget *busy_box;
  NtProblemLabel *problem;
  AdwPreferencesGroup *outage_group;
  AdwPreferencesGroup *step_group;
  NtCommandGroup *command_group;

  /* owned */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (NtPlanView, nt_plan_view, ADW_TYPE_BIN)

static void
add_row (AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
}

static GtkWidget *
make_number (guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_width_chars (GTK_LABEL (label), 2);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
show_outage (NtPlanView *self, const GPtrArray *operations)
{
  g_autofree char *text = nt_outage_describe (operations);
  gboolean is_harmless = nt_outage_sum (operations) == 0;

  add_row (self->outage_group, is_harmless
                                 ? nt_fact_row_new_sentence ("nt-status-ok-symbolic", "success", text)
                                 : nt_fact_row_new_sentence ("dialog-information-symbolic", "accent", text));
}

static void
show_warnings (NtPlanView *self, const GPtrArray *warnings)
{
  for (guint i = 0; i < warnings->len; i++)
    {
      g_autofree char *text = nt_problem_describe (warnings->pdata[i]);

      add_row (self->outage_group, nt_fact_row_new_sentence ("dialog-warning-symbolic", "warning", text));
    }
}

static void
add_step (NtPlanView *self, guint number, const NtOperation *operation)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = nt_operation_describe (operation);
  g_autofree char *subtitle = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_number (number));
  add_row (self->step_group, row);
  if (operation->outage_ms <= 0)
    return;
  subtitle = g_strdup_printf (_("Interrupts traffic for about %d ms"), (int) operation->outage_ms);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
}

static void
show_plan (NtPlanView *self, const NtApplyReply *reply)
{
  show_outage (self, reply->operations);
  show_warnings (self, reply->warnings);
  for (guint i = 0; i < reply->operations->len; i++)
    add_step (self, i + 1, reply->operations->pdata[i]);
  if (reply->operations->len == 0)
    add_row (self->step_group, nt_fact_row_new_sentence ("nt-status-ok-symbolic", "success", _("Already up to date")));
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtPlanView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtApplyReply) reply = nt_apply_plan_finish (NT_SERVER (source), result, &error);

  if (self->busy_box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_visible (self->busy_box, FALSE);
  if (reply != NULL)
    show_plan (self, reply);
  else
    nt_problem_label_set (self->problem, error->message, TRUE);
}

static void
nt_plan_view_dispose (GObject *object)
{
  NtPlanView *self = NT_PLAN_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), NT_TYPE_PLAN_VIEW);

  G_OBJECT_CLASS (nt_plan_view_parent_class)->dispose (object);
}

static void
nt_plan_view_class_init (NtPlanViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nt_plan_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nicteam/Console/plan-view.ui");
  gtk_widget_class_bind_template_child (widget_class, NtPlanView, busy_box);
  gtk_widget_class_bind_template_child (widget_class, NtPlanView, problem);
  gtk_widget_class_bind_template_child (widget_class, NtPlanView, outage_group);
  gtk_widget_class_bind_template_child (widget_class, NtPlanView, step_group);
  gtk_widget_class_bind_template_child (widget_class, NtPlanView, command_group);
}

static void
nt_plan_view_init (NtPlanView *self)
{
  g_type_ensure (NT_TYPE_COMMAND_GROUP);
  g_type_ensure (NT_TYPE_PROBLEM_LABEL);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

static char *
make_command (NtServer *server, const NtRequest *request)
{
  const NtState *state = nt_server_get_state (server);

  if (request == NULL || state == NULL)
    return g_strdup ("");
  return nt_command_line_new (nt_server_get_name (server), state, request);
}

/**
 * nt_plan_view_new:
 * @request: (nullable): %NULL for an undo of the last change
 *
 * Returns: (transfer floating): a list of the steps, shown as soon as they are known, and the equivalent command
 */
NtPlanView *
nt_plan_view_new (NtServer *server, const NtRequest *request)
{
  NtPlanView *self = g_object_new (NT_TYPE_PLAN_VIEW, NULL);
  g_autofree char *command = make_command (server, request);

  nt_command_group_set_command (self->command_group, command);
  nt_apply_plan_async (server, request, self->cancellable, planned_cb, g_object_ref (self));
  return self;
}

/**
 * nt_plan_view_new_scrolled:
 * @request: (nullable): as for nt_plan_view_new()
 *
 * Returns: (transfer floating): a plan of limited height
 */
GtkWidget *
nt_plan_view_new_scrolled (NtServer *server, const NtRequest *request)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = GTK_WIDGET (nt_plan_view_new (server, request));

  g_object_set (view, "margin-top", 6, "margin-bottom", 6, "margin-start", 3, "margin-end", 3, NULL);
  g_object_set (scrolled, "hscrollbar-policy", GTK_POLICY_NEVER, "min-content-height", SCROLLED_HEIGHT,
                "max-content-height", SCROLLED_HEIGHT, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  return scrolled;
}

/**
 * nt_plan_view_new_page:
 * @request: (nullable): as for nt_plan_view_new()
 *
 * Returns: (transfer floating): a plan as a page of a dialog
 */
AdwNavigationPage *
nt_plan_view_new_page (NtServer *server, const NtRequest *request)
{
  GtkWidget *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *toolbar_view = adw_toolbar_view_new ();
  GtkWidget *header_bar = adw_header_bar_new ();

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header_bar), FALSE);
  adw_preferences_group_add (group, GTK_WIDGET (nt_plan_view_new (server, request)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar_view), header_bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar_view), page);
  return adw_navigation_page_new (toolbar_view, _("Preview"));
}
