/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/store.h"
#include "backend/agent/foreign/coexist.h"
#include "backend/kernel/base/kernel.h"
#include "backend/model/request/rules.h"

G_BEGIN_DECLS

/* How a change ended. */
typedef enum
{
  NT_CHANGE_DONE,
  NT_CHANGE_PENDING,      /* it is made, and waits to be confirmed */
  NT_CHANGE_BUSY,         /* another one waits to be confirmed */
  NT_CHANGE_REFUSED,      /* it breaks rules */
  NT_CHANGE_STALE,        /* somebody else changed the teams since */
  NT_CHANGE_FAILED,       /* the kernel refused an operation */
  NT_CHANGE_STORE_FAILED, /* the disk refused */
} NtChangeResult;

/* What came of carrying out one operation. */
typedef enum
{
  NT_STEP_DONE,
  NT_STEP_WAITING, /* for the kernel: to be tried again when it has changed, or at the end of the time */
  NT_STEP_FAILED,  /* the change has its result */
} NtStep;

/*
 * One change, from the request to its end: check, plan, save the way back, execute, verify, store. Every step but the
 * execution is one call; the execution takes one operation a step, so that the caller can tell of each.
 */
typedef struct
{
  NtKernel *kernel; /* borrowed */
  NtStore *store;   /* borrowed */
  NtCoexist *coexist; /* borrowed; NULL = there is nobody else */

  NtRequest *request;
  NtJournalEntry *entry; /* what the journal will say of it */
  NtWanted *wanted; /* after the change */
  NtTarget *target;
  NtTarget *before;
  GPtrArray *devices; /* that belong to teams until the change is kept */
  GPtrArray *operations; /* of NtOperation */
  GPtrArray *problems;   /* of NtProblem */
  GPtrArray *teams;      /* ids of the teams that were set */
  guint next;            /* index of the operation to be carried out */
  gint64 wait_until;     /* microseconds on the monotonic clock, 0 = does not wait */
  gboolean is_urgent;    /* what was done so far interrupts traffic */

  NtChangeResult result;
  NtOperation *failed;
  char *reason; /* the kernel's words, or the disk's */
  gboolean undone;
} NtChange;

NtChange *nt_change_new (NtKernel *kernel, NtStore *store, const NtRequest *request, const char *who);
void nt_change_free (NtChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtChange, nt_change_free)

gboolean nt_change_begin (NtChange *self, const NtSnapshot *snapshot, const NtState *state, const NtWanted *wanted);
const NtOperation *nt_change_peek (NtChange *self);
NtStep nt_change_step (NtChange *self);
gboolean nt_change_is_urgent (NtChange *self);
gboolean nt_change_finish (NtChange *self);
gboolean nt_change_confirm (NtChange *self);
gboolean nt_change_revert (NtChange *self);
gboolean nt_change_restore (NtKernel *kernel, const NtTarget *target, GError **error);

G_END_DECLS
