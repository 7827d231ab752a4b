/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/host-view.h"

G_BEGIN_DECLS

/* Carries out requested changes one after the other, has them confirmed, and keeps the history. */
#define NT_TYPE_CHANGE_QUEUE (nt_change_queue_get_type ())
G_DECLARE_FINAL_TYPE (NtChangeQueue, nt_change_queue, NT, CHANGE_QUEUE, GObject)

/* Called before each operation is carried out. */
typedef void (*NtChangeProgressFunc) (const NtOperation *operation, gpointer user_data);
/* Called once, with the result of the change; @generation is the present one. */
typedef void (*NtChangeDoneFunc) (const NtChange *change, gint64 generation, gpointer user_data);

/* Result of confirming or reverting a change. */
typedef enum
{
  NT_CONFIRM_RESULT_DONE,
  NT_CONFIRM_RESULT_NOTHING_PENDING,
  NT_CONFIRM_RESULT_TOO_OLD,       /* the connection is older than the change */
  NT_CONFIRM_RESULT_STORE_FAILED,  /* the store could not be written; the change has been rolled back */
  NT_CONFIRM_RESULT_REVERT_FAILED, /* the kernel reported an error */
} NtConfirmResult;

NtChangeQueue *nt_change_queue_new (NtHostView *view);
gboolean nt_change_queue_recover (NtChangeQueue *self, GError **error);
void nt_change_queue_set_confirm_seconds (NtChangeQueue *self, gint64 seconds);

void nt_change_queue_hold (NtChangeQueue *self);
void nt_change_queue_release (NtChangeQueue *self);
void nt_change_queue_apply (NtChangeQueue *self,
                            const NtRequest *request,
                            const char *who,
                            NtChangeProgressFunc progress,
                            NtChangeDoneFunc done,
                            gpointer user_data);
NtConfirmResult nt_change_queue_confirm (NtChangeQueue *self, const char *id, gint64 connected_at, char **reason);
NtConfirmResult nt_change_queue_revert (NtChangeQueue *self, const char *id);
gboolean nt_change_queue_is_changing (NtChangeQueue *self);
gboolean nt_change_queue_is_pending (NtChangeQueue *self);
void nt_change_queue_go_on (NtChangeQueue *self);
const NtDefinitions *nt_change_queue_get_definitions_before (NtChangeQueue *self);

void nt_change_queue_remember (NtChangeQueue *self, const NtHistoryEntry *entry, NtOutcome outcome);
const NtHistory *nt_change_queue_get_history (NtChangeQueue *self);
NtRequest *nt_change_queue_make_undo (NtChangeQueue *self, const char *id, const NtHistoryEntry **later);

G_END_DECLS
