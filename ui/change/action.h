/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/change/apply.h"

G_BEGIN_DECLS

/**
 * NtDeed:
 * @server: who is asked
 * @request: for what
 * @done: what is said when it is done
 * @failed: the headline above the reason why it is not
 *
 * A change without a dialog of its own.
 */
typedef struct
{
  NtServer *server;
  NtRequest *request;
  char *done;
  char *failed;
} NtDeed;

/**
 * NtQuestion:
 * @heading: what shall be done, as a question
 * @body: what follows from it
 * @answer: the button that does it
 * @plan: (nullable): a floating widget that shows what would be done
 * @is_harmless: whether the answer takes nothing away
 *
 * What is asked before it is done.
 */
typedef struct
{
  const char *heading;
  const char *body;
  const char *answer;
  GtkWidget *plan;
  gboolean is_harmless;
} NtQuestion;

NtDeed *nt_deed_new (NtServer *server, const NtRequest *request);
void nt_deed_free (NtDeed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtDeed, nt_deed_free)

G_END_DECLS
