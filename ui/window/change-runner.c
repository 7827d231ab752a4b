/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/window/change-runner.h"

#include <glib/gi18n.h>

#include "app/change/progress.h"
#include "ui/change/plan-view.h"
#include "ui/parts/error-dialog.h"
#include "ui/parts/settings.h"

struct _NtChangeRunner
{
  GObject parent_instance;

  GtkWidget *parent;
  AdwToastOverlay *toasts;
};

G_DEFINE_FINAL_TYPE (NtChangeRunner, nt_change_runner, G_TYPE_OBJECT)

/* Waits for the answer of the user or the reply of an agent */
typedef struct
{
  NtChangeRunner *runner;
  NtAnswerFunc func;
  gpointer data;
  GDestroyNotify destroy;
  NtProgress *progress;
  AdwToast *toast; /* shows the progress of a longer change */
} Pending;

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  g_clear_pointer (&pending->progress, nt_progress_free);
  if (pending->data != NULL && pending->destroy != NULL)
    pending->destroy (pending->data);
  g_clear_object (&pending->runner);
  g_free (pending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pending, pending_free)

static Pending *
pending_new (NtChangeRunner *self, NtAnswerFunc func, gpointer data, GDestroyNotify destroy)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->runner = g_object_ref (self);
  pending->func = func;
  pending->data = data;
  pending->destroy = destroy;
  return pending;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "confirm"))
    pending->func (pending->runner, pending->data);
}

static void
progress_cb (const char *text, gpointer user_data)
{
  Pending *pending = user_data;

  if (text == NULL)
    {
      adw_toast_dismiss (pending->toast);
      g_clear_object (&pending->toast);
      return;
    }
  if (pending->toast == NULL)
    {
      pending->toast = g_object_ref_sink (adw_toast_new (""));
      adw_toast_set_use_markup (pending->toast, FALSE);
      adw_toast_set_timeout (pending->toast, 0);
      adw_toast_overlay_add_toast (pending->runner->toasts, g_object_ref (pending->toast));
    }
  adw_toast_set_title (pending->toast, text);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  const NtAction *action = pending->data;
  g_autoptr (GError) error = NULL;

  if (nt_apply_finish (NT_SERVER (source), result, &error))
    nt_change_runner_toast_done (pending->runner, action->server, action->done);
  else
    nt_error_dialog_show (pending->runner->parent, action->failed, error);
}

static void
do_change_copy (NtChangeRunner *self, gpointer data)
{
  const NtAction *action = data;
  NtAction *copy = nt_action_new (action->server, action->request);

  copy->done = g_strdup (action->done);
  copy->failed = g_strdup (action->failed);
  nt_change_runner_run (self, copy);
}

static void
nt_change_runner_dispose (GObject *object)
{
  NtChangeRunner *self = NT_CHANGE_RUNNER (object);

  g_clear_object (&self->parent);
  g_clear_object (&self->toasts);
  G_OBJECT_CLASS (nt_change_runner_parent_class)->dispose (object);
}

static void
nt_change_runner_class_init (NtChangeRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_change_runner_dispose;
}

static void
nt_change_runner_init (NtChangeRunner *self)
{
}

/**
 * nt_change_runner_new:
 * @parent: a window, for dialogs; it stays alive while a change is under way
 * @toasts: for messages
 *
 * Returns: (transfer full): makes changes that have no dialog of their own
 */
NtChangeRunner *
nt_change_runner_new (GtkWidget *parent, AdwToastOverlay *toasts)
{
  NtChangeRunner *self = g_object_new (NT_TYPE_CHANGE_RUNNER, NULL);

  self->parent = g_object_ref (parent);
  self->toasts = g_object_ref (toasts);
  return self;
}

/* Returns the window that dialogs are presented on. */
GtkWidget *
nt_change_runner_get_parent (NtChangeRunner *self)
{
  return self->parent;
}

/**
 * nt_change_runner_run:
 * @action: (transfer full):
 *
 * Applies a change and shows the result.
 */
void
nt_change_runner_run (NtChangeRunner *self, NtAction *action)
{
  Pending *pending = pending_new (self, NULL, action, (GDestroyNotify) nt_action_free);
  g_autoptr (NtRequest) request = nt_settings_apply_to_request (action->request);

  pending->progress = nt_progress_new (action->server, progress_cb, pending);
  nt_apply_async (action->server, request, NULL, applied_cb, pending);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtChangeRunner) self = user_data;
  g_autoptr (GError) error = NULL;

  if (nt_apply_finish (NT_SERVER (source), result, &error))
    nt_change_runner_toast_done (self, NT_SERVER (source), _("Undone"));
  else
    nt_error_dialog_show (self->parent, _("Undoing the Change Failed"), error);
}

/* Undoes a confirmed change of @server, the last one if @id is NULL, and reports the result. */
void
nt_change_runner_undo (NtChangeRunner *self, NtServer *server, const char *id)
{
  nt_apply_undo_async (server, id, nt_settings_get_confirm (), NULL, undone_cb, g_object_ref (self));
}

/**
 * nt_change_runner_ask:
 * @func: called if the user confirms
 * @destroy: (nullable): frees @data
 *
 * Shows a confirmation dialog.
 */
void
nt_change_runner_ask (NtChangeRunner *self, const NtQuestion *question, NtAnswerFunc func, gpointer data, GDestroyNotify destroy)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (question->heading, question->body));
  Pending *pending = pending_new (self, func, data, destroy);

  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "confirm", question->answer, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "confirm",
                                            question->is_harmless ? ADW_RESPONSE_SUGGESTED : ADW_RESPONSE_DESTRUCTIVE);
  if (question->plan != NULL)
    {
      adw_alert_dialog_set_prefer_wide_layout (dialog, TRUE);
      adw_alert_dialog_set_extra_child (dialog, question->plan);
    }
  adw_alert_dialog_choose (dialog, self->parent, NULL, answered_cb, pending);
}

/**
 * nt_change_runner_ask_and_run:
 * @action: (transfer full): applied if the user confirms
 *
 * Shows a confirmation dialog with the plan of the change.
 */
void
nt_change_runner_ask_and_run (NtChangeRunner *self, const NtQuestion *question, NtAction *action)
{
  const NtQuestion with_plan = { question->heading, question->body, question->answer,
                                 nt_plan_view_new_scrolled (action->server, action->request),
                                 question->is_harmless };

  nt_change_runner_ask (self, &with_plan, do_change_copy, action, (GDestroyNotify) nt_action_free);
}

/**
 * nt_change_runner_toast_done:
 * @text: the change in the past tense
 *
 * Reports a change, with a button that undoes it.
 */
void
nt_change_runner_toast_done (NtChangeRunner *self, NtServer *server, const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  if (nt_server_get_last_change (server) != NULL)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      adw_toast_set_action_name (toast, "win.undo-of");
      adw_toast_set_action_target (toast, "(ss)", nt_server_get_name (server), nt_server_get_last_change (server));
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}
