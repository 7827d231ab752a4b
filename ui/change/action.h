/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/change/apply.h"

G_BEGIN_DECLS

/**
 * NtAction:
 * @done: the message on success
 * @failed: the heading of the error dialog
 *
 * A change that is made without a dialog of its own.
 */
typedef struct
{
  NtServer *server;
  NtRequest *request;
  char *done;
  char *failed;
} NtAction;

/**
 * NtQuestion:
 * @heading: a question
 * @body: the consequences
 * @answer: the label of the button that confirms
 * @plan: (nullable): a floating widget with the plan
 * @is_harmless: %TRUE if the button is not destructive
 *
 * A confirmation dialog.
 */
typedef struct
{
  const char *heading;
  const char *body;
  const char *answer;
  GtkWidget *plan;
  gboolean is_harmless;
} NtQuestion;

NtAction *nt_action_new (NtServer *server, const NtRequest *request);
void nt_action_free (NtAction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtAction, nt_action_free)

G_END_DECLS
