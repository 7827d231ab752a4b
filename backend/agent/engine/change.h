/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/store.h"
#include "backend/agent/foreign/coexist.h"
#include "backend/kernel/base/kernel.h"
#include "backend/model/request/rules.h"

G_BEGIN_DECLS

/* Result of a change. */
typedef enum
{
  NT_CHANGE_DONE,
  NT_CHANGE_PENDING,      /* applied; waits for confirmation */
  NT_CHANGE_BUSY,         /* another change waits for confirmation */
  NT_CHANGE_REFUSED,      /* the request violates rules */
  NT_CHANGE_STALE,        /* the definitions have changed since the client read them */
  NT_CHANGE_FAILED,       /* an operation failed */
  NT_CHANGE_STORE_FAILED, /* the store could not be written */
} NtChangeResult;

/* Result of carrying out one operation. */
typedef enum
{
  NT_STEP_DONE,
  NT_STEP_WAITING, /* try again when the kernel's state changes, or at the timeout */
  NT_STEP_FAILED,  /* the change has a result */
} NtStep;

/*
 * One change, from request to result: check, plan, save a checkpoint, execute, verify, store. Each phase is one call,
 * except that the execution takes one call per operation, so that the caller can report progress.
 */
typedef struct
{
  NtKernel *kernel; /* borrowed */
  NtStore *store;   /* borrowed */
  NtCoexist *coexist; /* borrowed; NULL = no other tools */

  NtRequest *request;
  NtHistoryEntry *entry; /* for the history */
  NtDefinitions *definitions; /* definitions after the change */
  NtTarget *target;
  NtTarget *before;
  GPtrArray *devices; /* devices of teams until the change is confirmed */
  GPtrArray *operations; /* of NtOperation */
  GPtrArray *problems;   /* of NtProblem */
  GPtrArray *teams;      /* ids of the teams that were set */
  guint next;            /* index of the next operation */
  gint64 wait_until;     /* microseconds on the monotonic clock, 0 = not waiting */
  gboolean is_urgent;    /* traffic is interrupted at this point */

  NtChangeResult result;
  NtOperation *failed;
  char *reason; /* error message of the kernel or the store */
  gboolean undone;
} NtChange;

NtChange *nt_change_new (NtKernel *kernel, NtStore *store, const NtRequest *request, const char *who);
void nt_change_free (NtChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtChange, nt_change_free)

gboolean nt_change_begin (NtChange *self, const NtSnapshot *snapshot, const NtState *state, const NtDefinitions *definitions);
const NtOperation *nt_change_peek (NtChange *self);
NtStep nt_change_step (NtChange *self);
gboolean nt_change_is_urgent (NtChange *self);
gboolean nt_change_finish (NtChange *self);
gboolean nt_change_confirm (NtChange *self);
gboolean nt_change_revert (NtChange *self);
gboolean nt_change_restore (NtKernel *kernel, const NtTarget *target, GError **error);

G_END_DECLS
