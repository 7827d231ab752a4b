/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/change/draft-dialog.h"

#include <glib/gi18n.h>

#include "app/change/apply.h"
#include "app/change/progress.h"
#include "ui/change/plan-view.h"
#include "ui/parts/error-dialog.h"
#include "ui/parts/settings.h"

/* The common part of dialogs that change a team: the draft, and applying it. */
typedef struct
{
  /* borrowed */
  NtDraftDialogParts parts; /* children; NULL until set up */
  GtkWidget *focus;         /* a child that had the focus before the change was applied */
  GtkWidget *window;        /* the parent window at that time */

  /* owned */
  char *answer; /* label of the button if only one server is changed */
  NtServer *server;
  NtTeamDraft *draft;
  NtProgress *progress; /* while the change is applied */
} NtDraftDialogPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (NtDraftDialog, nt_draft_dialog, ADW_TYPE_DIALOG)

#define PRIVATE(self) ((NtDraftDialogPrivate *) nt_draft_dialog_get_instance_private (self))

enum
{
  APPLIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* @text: (nullable): NULL hides the banner */
static void
set_message (NtDraftDialog *self, const char *text)
{
  AdwBanner *banner = PRIVATE (self)->parts.banner;

  if (banner == NULL)
    return;
  adw_banner_set_use_markup (banner, FALSE);
  if (text != NULL)
    adw_banner_set_title (banner, text);
  adw_banner_set_revealed (banner, text != NULL);
}

static void
progress_cb (const char *text, gpointer user_data)
{
  set_message (user_data, text);
}

/* An entry must not keep the focus when it becomes insensitive, as GTK would continue to blink its cursor. The dialog
 * can be closed while it is busy; the change continues. */
static void
set_busy (NtDraftDialog *self, gboolean busy)
{
  NtDraftDialogPrivate *priv = PRIVATE (self);
  const NtDraftDialogParts *parts = &priv->parts;

  if (parts->page == NULL)
    return;
  if (busy)
    {
      g_set_weak_pointer (&priv->focus, adw_dialog_get_focus (ADW_DIALOG (self)));
      gtk_widget_grab_focus (GTK_WIDGET (parts->cancel_button));
    }
  gtk_button_set_label (parts->cancel_button, busy ? _("_Close") : _("_Cancel"));
  gtk_widget_set_sensitive (parts->page, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (parts->apply_button), !busy);
  if (!busy && priv->focus != NULL)
    gtk_widget_grab_focus (priv->focus);
}

/* After a failure, the input can be corrected. If the dialog was closed, the error has a dialog of its own. */
static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtDraftDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_open = gtk_widget_get_root (GTK_WIDGET (self)) != NULL;

  g_clear_pointer (&PRIVATE (self)->progress, nt_progress_free);
  if (nt_apply_finish (NT_SERVER (source), result, &error))
    {
      g_signal_emit (self, signals[APPLIED], 0);
      if (is_open)
        adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  set_busy (self, FALSE);
  set_message (self, error->message);
  if (!is_open && PRIVATE (self)->window != NULL)
    nt_error_dialog_show (PRIVATE (self)->window, _("Applying the Change Failed"), error);
}

/* A change of one server is applied at once; for several servers, the plans are shown first. */
static void
same_change_toggled_cb (NtDraftDialog *self)
{
  NtDraftDialogPrivate *priv = PRIVATE (self);

  gboolean is_on = nt_same_change_group_is_on (priv->parts.same_change_group);

  gtk_button_set_label (priv->parts.apply_button, is_on ? _("_Review…") : priv->answer);
}

static void
push (NtDraftDialog *self, AdwNavigationPage *page)
{
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (adw_dialog_get_child (ADW_DIALOG (self))), page);
}

static void
banner_clicked_cb (NtDraftDialog *self)
{
  set_message (self, NULL);
}

static void
nt_draft_dialog_dispose (GObject *object)
{
  NtDraftDialogPrivate *priv = PRIVATE (NT_DRAFT_DIALOG (object));

  priv->parts = (NtDraftDialogParts) { 0 };
  g_clear_pointer (&priv->answer, g_free);
  g_clear_pointer (&priv->progress, nt_progress_free);
  g_clear_weak_pointer (&priv->focus);
  g_clear_weak_pointer (&priv->window);
  g_clear_object (&priv->draft);
  g_clear_object (&priv->server);

  G_OBJECT_CLASS (nt_draft_dialog_parent_class)->dispose (object);
}

static void
nt_draft_dialog_class_init (NtDraftDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_draft_dialog_dispose;

  /**
   * NtDraftDialog::applied:
   *
   * The draft was applied.
   */
  signals[APPLIED] =
    g_signal_new ("applied", NT_TYPE_DRAFT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_draft_dialog_init (NtDraftDialog *self)
{
}

/**
 * nt_draft_dialog_set_up:
 * @self: a dialog without a draft, whose child is an AdwNavigationView
 * @server: an online server
 * @draft: (transfer full):
 * @parts: children of @self
 */
void
nt_draft_dialog_set_up (NtDraftDialog *self, NtServer *server, NtTeamDraft *draft, const NtDraftDialogParts *parts)
{
  NtDraftDialogPrivate *priv = PRIVATE (self);

  priv->server = g_object_ref (server);
  priv->draft = draft;
  priv->parts = *parts;
  g_signal_connect_object (parts->banner, "button-clicked", G_CALLBACK (banner_clicked_cb), self, G_CONNECT_SWAPPED);
}

/**
 * nt_draft_dialog_set_others:
 * @self: a dialog that is set up
 * @others: (element-type NtServer): the other selected servers
 *
 * Offers to make the same change on other servers, with a review of their plans; see nt_same_change_group_offer().
 */
void
nt_draft_dialog_set_others (NtDraftDialog *self, GPtrArray *others)
{
  NtDraftDialogPrivate *priv = PRIVATE (self);
  NtSameChangeGroup *group = priv->parts.same_change_group;

  priv->answer = g_strdup (gtk_button_get_label (priv->parts.apply_button));
  g_signal_connect_object (group, "toggled", G_CALLBACK (same_change_toggled_cb), self, G_CONNECT_SWAPPED);
  nt_same_change_group_offer (group, others, nt_team_draft_get_original (priv->draft));
}

NtServer *
nt_draft_dialog_get_server (NtDraftDialog *self)
{
  return PRIVATE (self)->server;
}

/**
 * nt_draft_dialog_get_draft:
 *
 * Returns: (transfer none) (nullable): the draft; %NULL until the dialog is set up
 */
NtTeamDraft *
nt_draft_dialog_get_draft (NtDraftDialog *self)
{
  return PRIVATE (self)->draft;
}

/**
 * nt_draft_dialog_apply:
 *
 * Applies the draft. The dialog closes on success and shows the error otherwise. For several servers, it shows their
 * plans first.
 */
void
nt_draft_dialog_apply (NtDraftDialog *self)
{
  NtDraftDialogPrivate *priv = PRIVATE (self);
  g_autoptr (NtRequest) drafted = nt_team_draft_get_request (priv->draft);
  g_autoptr (NtRequest) request = nt_settings_apply_to_request (drafted);

  if (nt_same_change_group_is_on (priv->parts.same_change_group))
    {
      push (self, ADW_NAVIGATION_PAGE (nt_same_change_group_review (priv->parts.same_change_group, priv->server, priv->draft)));
      return;
    }
  set_message (self, NULL);
  set_busy (self, TRUE);
  g_set_weak_pointer (&priv->window, GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  priv->progress = nt_progress_new (priv->server, progress_cb, self);
  nt_apply_async (priv->server, request, NULL, applied_cb, g_object_ref (self));
}

/**
 * nt_draft_dialog_preview:
 * @self: a dialog with a valid draft
 *
 * Shows the plan of the change.
 */
void
nt_draft_dialog_preview (NtDraftDialog *self)
{
  NtDraftDialogPrivate *priv = PRIVATE (self);
  g_autoptr (NtRequest) request = nt_team_draft_get_request (priv->draft);

  push (self, nt_plan_view_new_page (priv->server, request));
}
