/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/change/apply.h"

G_BEGIN_DECLS

/* The labels are in batch-job.c. */
typedef enum
{
  NT_JOB_WAITING,
  NT_JOB_PLANNING,
  NT_JOB_READY,
  NT_JOB_UP_TO_DATE,
  NT_JOB_IMPOSSIBLE,
  NT_JOB_APPLYING,
  NT_JOB_DONE,
  NT_JOB_UNDOING,
  NT_JOB_UNDONE,
  NT_JOB_FAILED,
} NtJobState;

#define NT_TYPE_BATCH_JOB (nt_batch_job_get_type ())
G_DECLARE_FINAL_TYPE (NtBatchJob, nt_batch_job, NT, BATCH_JOB, GObject)

NtBatchJob *nt_batch_job_new (NtServer *server, const NtRequest *request, const char *obstacle);
NtServer *nt_batch_job_get_server (NtBatchJob *self);
const NtRequest *nt_batch_job_get_request (NtBatchJob *self);
NtJobState nt_batch_job_get_state (NtBatchJob *self);
void nt_batch_job_set_state (NtBatchJob *self, NtJobState state, const char *text);

G_END_DECLS
