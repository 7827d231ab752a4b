/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/batch.h"

#include <glib/gi18n-lib.h>

#include "backend/model/plan/outage.h"

/* Confirming a change may need another ssh connection, so their number at one time is limited. */
#define MAX_CONCURRENT 8

struct _NtBatch
{
  GObject parent_instance;

  GListStore *jobs; /* of NtBatchJob */
  int confirm;      /* seconds */
};

G_DEFINE_TYPE (NtBatch, nt_batch, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A call in progress. */
typedef struct
{
  NtBatch *batch;
  NtBatchJob *job;
} Call;

static void start_some (NtBatch *self, NtJobState from);

static Call *
call_new (NtBatch *batch, NtBatchJob *job)
{
  Call *call = g_new (Call, 1);

  call->batch = g_object_ref (batch);
  call->job = g_object_ref (job);
  return call;
}

static void
call_free (Call *call)
{
  g_object_unref (call->job);
  g_object_unref (call->batch);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
set_state (NtBatch *self, NtBatchJob *job, NtJobState state, const char *text)
{
  nt_batch_job_set_state (job, state, text);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Lists the interruption and the warnings. */
static char *
describe_plan (const NtApplyReply *reply)
{
  g_autofree char *outage = nt_outage_describe (reply->operations);
  g_autoptr (GString) text = g_string_new (outage);

  for (guint i = 0; i < reply->warnings->len; i++)
    {
      g_autofree char *warning = nt_problem_describe (reply->warnings->pdata[i]);

      g_string_append_printf (text, "\n%s", warning);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtApplyReply) reply = nt_apply_plan_finish (NT_SERVER (source), result, &error);
  g_autofree char *text = reply ? describe_plan (reply) : NULL;

  if (reply == NULL)
    set_state (call->batch, call->job, NT_JOB_IMPOSSIBLE, error->message);
  else if (reply->operations->len == 0)
    set_state (call->batch, call->job, NT_JOB_UP_TO_DATE, _("Already up to date"));
  else
    set_state (call->batch, call->job, NT_JOB_READY, text);
  start_some (call->batch, NT_JOB_WAITING);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_undoing = nt_batch_job_get_state (call->job) == NT_JOB_UNDOING;

  if (nt_apply_finish (NT_SERVER (source), result, &error))
    set_state (call->batch, call->job, is_undoing ? NT_JOB_UNDONE : NT_JOB_DONE, NULL);
  else
    set_state (call->batch, call->job, NT_JOB_FAILED, error->message);
  start_some (call->batch, is_undoing ? NT_JOB_DONE : NT_JOB_READY);
}

static void
start_planning (NtBatch *self, NtBatchJob *job)
{
  set_state (self, job, NT_JOB_PLANNING, NULL);
  nt_apply_plan_async (nt_batch_job_get_server (job), nt_batch_job_get_request (job), NULL, planned_cb,
                       call_new (self, job));
}

static void
start_applying (NtBatch *self, NtBatchJob *job)
{
  g_autoptr (NtRequest) request = nt_request_copy (nt_batch_job_get_request (job));

  request->confirm_s = self->confirm;
  set_state (self, job, NT_JOB_APPLYING, NULL);
  nt_apply_async (nt_batch_job_get_server (job), request, NULL, finished_cb, call_new (self, job));
}

static void
start_undoing (NtBatch *self, NtBatchJob *job)
{
  NtServer *server = nt_batch_job_get_server (job);

  set_state (self, job, NT_JOB_UNDOING, NULL);
  nt_apply_undo_async (server, nt_server_get_last_change (server), self->confirm, NULL, finished_cb, call_new (self, job));
}

static guint
count_calls (NtBatch *self)
{
  return nt_batch_count (self, NT_JOB_PLANNING) + nt_batch_count (self, NT_JOB_APPLYING) +
         nt_batch_count (self, NT_JOB_UNDOING);
}

/* Starts jobs in state @from until the limit is reached. */
static void
start_some (NtBatch *self, NtJobState from)
{
  GListModel *jobs = G_LIST_MODEL (self->jobs);
  guint n_calls = count_calls (self);

  for (guint i = 0; i < g_list_model_get_n_items (jobs) && n_calls < MAX_CONCURRENT; i++)
    {
      g_autoptr (NtBatchJob) job = g_list_model_get_item (jobs, i);

      if (nt_batch_job_get_state (job) != from)
        continue;
      n_calls++;
      if (from == NT_JOB_WAITING)
        start_planning (self, job);
      else if (from == NT_JOB_READY)
        start_applying (self, job);
      else
        start_undoing (self, job);
    }
}

static void
nt_batch_finalize (GObject *object)
{
  g_clear_object (&NT_BATCH (object)->jobs);

  G_OBJECT_CLASS (nt_batch_parent_class)->finalize (object);
}

static void
nt_batch_class_init (NtBatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_batch_finalize;

  /**
   * NtBatch::changed:
   *
   * The state of a job has changed.
   */
  signals[CHANGED] = g_signal_new ("changed", NT_TYPE_BATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_batch_init (NtBatch *self)
{
  self->jobs = g_list_store_new (NT_TYPE_BATCH_JOB);
}

/**
 * nt_batch_new:
 *
 * Returns: (transfer full): an empty batch
 */
NtBatch *
nt_batch_new (void)
{
  return g_object_new (NT_TYPE_BATCH, NULL);
}

/**
 * nt_batch_add:
 * @request: (nullable): %NULL if the server cannot make the change
 * @obstacle: (nullable): the reason in that case
 */
void
nt_batch_add (NtBatch *self, NtServer *server, const NtRequest *request, const char *obstacle)
{
  g_autoptr (NtBatchJob) job = nt_batch_job_new (server, request, obstacle);

  g_list_store_append (self->jobs, job);
}

/**
 * nt_batch_get_jobs:
 *
 * Returns: (transfer none): a list of #NtBatchJob
 */
GListModel *
nt_batch_get_jobs (NtBatch *self)
{
  return G_LIST_MODEL (self->jobs);
}

/**
 * nt_batch_count:
 *
 * Returns: the number of jobs in @state
 */
guint
nt_batch_count (NtBatch *self, NtJobState state)
{
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr (NtBatchJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      count += nt_batch_job_get_state (job) == state;
    }
  return count;
}

/**
 * nt_batch_is_busy:
 *
 * Returns: %TRUE while calls are in progress
 */
gboolean
nt_batch_is_busy (NtBatch *self)
{
  return count_calls (self) > 0;
}

/**
 * nt_batch_plan:
 *
 * Requests the plan of each server without applying it.
 */
void
nt_batch_plan (NtBatch *self)
{
  start_some (self, NT_JOB_WAITING);
}

/**
 * nt_batch_apply:
 * @self: a batch that is not busy
 * @confirm: seconds until a server rolls back unless its change is confirmed
 *
 * Applies the change on all servers that are ready. A failure on one server does not affect the others.
 */
void
nt_batch_apply (NtBatch *self, int confirm)
{
  self->confirm = confirm;
  start_some (self, NT_JOB_READY);
}

/**
 * nt_batch_undo:
 * @self: a batch that is not busy
 *
 * Undoes the change on all servers that have applied it.
 */
void
nt_batch_undo (NtBatch *self)
{
  start_some (self, NT_JOB_DONE);
}
