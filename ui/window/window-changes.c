/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "app/change/progress.h"
#include "ui/change/plan-view.h"
#include "ui/parts/error-dialog.h"
#include "ui/parts/settings.h"
#include "ui/window/window-private.h"

/* Waits for the answer of the user or the reply of an agent */
typedef struct
{
  NtWindow *window;
  NtWindowFunc func;
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
  g_clear_object (&pending->window);
  g_free (pending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pending, pending_free)

static Pending *
pending_new (NtWindow *self, NtWindowFunc func, gpointer data, GDestroyNotify destroy)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->window = g_object_ref (self);
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
    pending->func (pending->window, pending->data);
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
      adw_toast_overlay_add_toast (pending->window->toasts, g_object_ref (pending->toast));
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
    nt_window_toast_done (pending->window, action->server, action->done);
  else
    nt_error_dialog_show (GTK_WIDGET (pending->window), action->failed, error);
}

static void
do_change_copy (NtWindow *self, gpointer data)
{
  const NtAction *action = data;
  NtAction *copy = nt_action_new (action->server, action->request);

  copy->done = g_strdup (action->done);
  copy->failed = g_strdup (action->failed);
  nt_window_do (self, copy);
}

/**
 * nt_action_new:
 *
 * Returns: (transfer full): a change without messages
 */
NtAction *
nt_action_new (NtServer *server, const NtRequest *request)
{
  NtAction *self = g_new0 (NtAction, 1);

  self->server = g_object_ref (server);
  self->request = nt_request_ref (request);
  return self;
}

/**
 * nt_action_free:
 * @self: (transfer full):
 */
void
nt_action_free (NtAction *self)
{
  g_object_unref (self->server);
  nt_request_unref (self->request);
  g_free (self->done);
  g_free (self->failed);
  g_free (self);
}

/**
 * nt_window_do:
 * @action: (transfer full):
 *
 * Applies a change and shows the result.
 */
void
nt_window_do (NtWindow *self, NtAction *action)
{
  Pending *pending = pending_new (self, NULL, action, (GDestroyNotify) nt_action_free);
  g_autoptr (NtRequest) request = nt_settings_complete (action->request);

  pending->progress = nt_progress_new (action->server, progress_cb, pending);
  nt_apply_async (action->server, request, NULL, applied_cb, pending);
}

/**
 * nt_window_ask:
 * @func: called if the user confirms
 * @destroy: (nullable): frees @data
 *
 * Shows a confirmation dialog.
 */
void
nt_window_ask (NtWindow *self, const NtQuestion *question, NtWindowFunc func, gpointer data, GDestroyNotify destroy)
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
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, answered_cb, pending);
}

/**
 * nt_window_ask_and_do:
 * @action: (transfer full): applied if the user confirms
 *
 * Shows a confirmation dialog with the plan of the change.
 */
void
nt_window_ask_and_do (NtWindow *self, const NtQuestion *question, NtAction *action)
{
  const NtQuestion with_plan = { question->heading, question->body, question->answer,
                                 nt_plan_view_new_scrolled (action->server, action->request),
                                 question->is_harmless };

  nt_window_ask (self, &with_plan, do_change_copy, action, (GDestroyNotify) nt_action_free);
}
