/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/change/draft-dialog.h"

#include <glib/gi18n.h>

#include "app/change/apply.h"
#include "app/change/progress.h"
#include "ui/change/plan-view.h"
#include "ui/parts/error-dialog.h"
#include "ui/parts/settings.h"

/* What dialogs that change a team have in common: the draft, and what becomes of it. */
typedef struct
{
  /* borrowed */
  NtDraftDialogParts parts; /* children; NULL until it is set up */
  GtkWidget *focus;         /* a child, from before the agent was asked */
  GtkWidget *window;        /* it was in when the agent was asked */

  /* owned */
  char *answer; /* of the button, where one server is asked */
  NtServer *server;
  NtTeamDraft *draft;
  NtProgress *progress; /* while the agent is at it */
} NtDraftDialogPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (NtDraftDialog, nt_draft_dialog, ADW_TYPE_DIALOG)

#define PRIVATE(self) ((NtDraftDialogPrivate *) nt_draft_dialog_get_instance_private (self))

enum
{
  APPLIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* NULL takes away what is said. */
static void
say (NtDraftDialog *self, const char *text)
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
  say (user_data, text);
}

/* An entry that becomes insensitive must not have the focus: GTK would go on blinking its cursor. Who does not want to wait
 * can leave: what has been asked for goes on. */
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

/* On a failure all that was typed stays, so that it can be put right. Who has closed the dialog meanwhile is told too. */
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
  say (self, error->message);
  if (!is_open && PRIVATE (self)->window != NULL)
    nt_error_dialog_show (PRIVATE (self)->window, _("The Change Was Not Made"), error);
}

/* One server may be asked at once; of several it is shown first what they would do. */
static void
alike_toggled_cb (NtDraftDialog *self)
{
  NtDraftDialogPrivate *priv = PRIVATE (self);

  gtk_button_set_label (priv->parts.apply_button, nt_alike_group_is_on (priv->parts.alike_group) ? _("_Review…") : priv->answer);
}

static void
push (NtDraftDialog *self, AdwNavigationPage *page)
{
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (adw_dialog_get_child (ADW_DIALOG (self))), page);
}

static void
banner_clicked_cb (NtDraftDialog *self)
{
  say (self, NULL);
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
   * The agent has done what the draft says.
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
 * @server: a server that is online
 * @draft: (transfer full): what is changed
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
 * @others: (element-type NtServer): further servers
 *
 * Offers to treat them alike: to make a new team there too, which is taken for granted, or to change the team of the same
 * name, which is not. What would be done on each is shown before.
 */
void
nt_draft_dialog_set_others (NtDraftDialog *self, GPtrArray *others)
{
  NtDraftDialogPrivate *priv = PRIVATE (self);
  NtAlikeGroup *group = priv->parts.alike_group;

  priv->answer = g_strdup (gtk_button_get_label (priv->parts.apply_button));
  g_signal_connect_object (group, "toggled", G_CALLBACK (alike_toggled_cb), self, G_CONNECT_SWAPPED);
  nt_alike_group_offer (group, others, nt_team_draft_get_original (priv->draft));
}

NtServer *
nt_draft_dialog_get_server (NtDraftDialog *self)
{
  return PRIVATE (self)->server;
}

/**
 * nt_draft_dialog_get_draft:
 * @self: a dialog
 *
 * Returns: (transfer none) (nullable): what is changed; %NULL until it is set up
 */
NtTeamDraft *
nt_draft_dialog_get_draft (NtDraftDialog *self)
{
  return PRIVATE (self)->draft;
}

/**
 * nt_draft_dialog_apply:
 * @self: a dialog
 *
 * Asks the agent for what is drafted. The dialog closes when it is done, or
 * else says why it is not. Of several servers it is shown first what they would do.
 */
void
nt_draft_dialog_apply (NtDraftDialog *self)
{
  NtDraftDialogPrivate *priv = PRIVATE (self);
  g_autoptr (NtRequest) drafted = nt_team_draft_get_request (priv->draft);
  g_autoptr (NtRequest) request = nt_settings_complete (drafted);

  if (nt_alike_group_is_on (priv->parts.alike_group))
    {
      push (self, ADW_NAVIGATION_PAGE (nt_alike_group_review (priv->parts.alike_group, priv->server, priv->draft)));
      return;
    }
  say (self, NULL);
  set_busy (self, TRUE);
  g_set_weak_pointer (&priv->window, GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  priv->progress = nt_progress_new (priv->server, progress_cb, self);
  nt_apply_async (priv->server, request, NULL, applied_cb, g_object_ref (self));
}

/**
 * nt_draft_dialog_preview:
 * @self: a dialog whose draft is valid
 *
 * Shows what the agent would do.
 */
void
nt_draft_dialog_preview (NtDraftDialog *self)
{
  NtDraftDialogPrivate *priv = PRIVATE (self);
  g_autoptr (NtRequest) request = nt_team_draft_get_request (priv->draft);

  push (self, nt_plan_view_new_page (priv->server, request));
}
