/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/change-queue.h"

#include "backend/agent/base/clock.h"
#include "backend/agent/engine/host.h"

/* A requested change, with callbacks for its progress. */
typedef struct
{
  NtChange *change;
  gboolean has_begun;
  NtChangeProgressFunc progress;
  NtChangeDoneFunc done;
  gpointer user_data;
} Job;

struct _NtChangeQueue
{
  GObject parent_instance;

  NtHostView *view;
  NtHistory *history;

  GQueue jobs;      /* of Job; the first one is in progress */
  guint job_source; /* carries out its next step */
  gboolean is_held;

  gint64 confirm_seconds;            /* default time for confirmation; 0 = none */
  NtConfirmation *confirmation;      /* of the change that waits; NULL = none */
  NtDefinitions *definitions_before; /* definitions before that change */
};

G_DEFINE_TYPE (NtChangeQueue, nt_change_queue, G_TYPE_OBJECT)

enum { SETTLED, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean job_cb (gpointer user_data);

/* Schedules the next step of the job; an earlier schedule is replaced. */
static void
schedule_job (NtChangeQueue *self, guint delay_ms)
{
  nt_clock_clear (&self->job_source);
  self->job_source = nt_clock_add_timeout (delay_ms, job_cb, self);
}

static void
job_free (Job *job)
{
  g_clear_pointer (&job->change, nt_change_free);
  g_free (job);
}

/* Returns TRUE if a change is in progress; a queued change does not count. */
gboolean
nt_change_queue_is_changing (NtChangeQueue *self)
{
  const Job *job = g_queue_peek_head (&self->jobs);

  return job != NULL && job->has_begun;
}

/* The kernel's state has changed, so the condition that a change waits for may be fulfilled. */
void
nt_change_queue_go_on (NtChangeQueue *self)
{
  const Job *job = g_queue_peek_head (&self->jobs);

  if (job->change->wait_until != 0)
    schedule_job (self, 0);
}

void
nt_change_queue_remember (NtChangeQueue *self, const NtHistoryEntry *entry, NtOutcome outcome)
{
  g_autoptr (NtHistory) before = self->history;

  self->history = nt_history_add (before, entry, outcome);
  nt_store_save_history (nt_host_view_get_store (self->view), self->history);
  nt_host_view_add_event (self->view, nt_event_of_change (entry, outcome));
}

static void
end_confirmation (NtChangeQueue *self)
{
  nt_host_view_set_confirmation (self->view, NULL);
  g_clear_pointer (&self->confirmation, nt_confirmation_free);
  g_clear_pointer (&self->definitions_before, nt_definitions_unref);
  g_signal_emit (self, signals[SETTLED], 0);
}

/*
 * The generation increases even so: a client that has seen the reverted change must not mistake the next definitions
 * for it. If this cannot be stored, the old generation has to do.
 */
static void
restore_previous_definitions (NtChangeQueue *self)
{
  g_autoptr (NtDefinitions) definitions = nt_definitions_copy (self->definitions_before);
  g_autoptr (GError) error = NULL;

  definitions->generation = nt_host_view_get_definitions (self->view)->generation + 1;
  nt_host_view_set_definitions (self->view, nt_store_save (nt_host_view_get_store (self->view), definitions, &error)
                                              ? definitions : self->definitions_before);
}

static gboolean
revert (NtChangeQueue *self)
{
  NtChange *change = nt_confirmation_get_change (self->confirmation);
  gboolean is_undone = nt_change_revert (change);

  nt_change_queue_remember (self, change->entry, NT_OUTCOME_REVERTED);
  restore_previous_definitions (self);
  end_confirmation (self);
  return is_undone;
}

static void
confirmation_cb (gboolean is_over, gpointer user_data)
{
  NtChangeQueue *self = user_data;

  if (is_over)
    {
      g_message ("change not confirmed in time; rolling back");
      revert (self);
    }
  else if (nt_host_view_is_watched (self->view))
    nt_host_view_join (self->view);
}

/* From now on the new definitions are shown; they are stored once the change is confirmed. */
static void
show_result (NtChangeQueue *self, NtChange *change)
{
  if (change->result == NT_CHANGE_FAILED || change->result == NT_CHANGE_STORE_FAILED)
    nt_change_queue_remember (self, change->entry, NT_OUTCOME_FAILED);
  if (change->result != NT_CHANGE_DONE && change->result != NT_CHANGE_PENDING)
    return;
  if (change->result == NT_CHANGE_DONE && change->operations->len > 0)
    nt_change_queue_remember (self, change->entry, NT_OUTCOME_KEPT);
  if (change->result == NT_CHANGE_PENDING)
    {
      self->definitions_before = nt_definitions_ref (nt_host_view_get_definitions (self->view));
      self->confirmation = nt_confirmation_new (change, confirmation_cb, self);
      nt_host_view_set_confirmation (self->view, self->confirmation);
    }
  nt_host_view_set_definitions (self->view, change->definitions);
}

static void
end_job (NtChangeQueue *self)
{
  Job *job = g_queue_pop_head (&self->jobs);
  NtChange *change = job->change;

  /* The change now belongs to the confirmation. A further call of the client can revert it, which frees it, as soon as
   * the reply is sent. */
  if (change->result == NT_CHANGE_PENDING)
    job->change = NULL;
  nt_host_view_set_changing (self->view, FALSE);
  if (job->has_begun)
    {
      show_result (self, change);
      g_signal_emit (self, signals[SETTLED], 0);
    }
  job->done (change, nt_host_view_get_definitions (self->view)->generation, job->user_data);
  job_free (job);
}

static void
begin_job (NtChangeQueue *self, Job *job)
{
  if (self->confirmation != NULL && !job->change->request->dry_run)
    {
      job->change->result = NT_CHANGE_BUSY;
      end_job (self);
      return;
    }
  /* Events of earlier changes may not have arrived yet. */
  nt_host_view_refresh (self->view, NT_READ_ALL);
  job->has_begun = nt_change_begin (job->change, nt_host_view_get_snapshot (self->view),
                                    nt_host_view_get_state (self->view), nt_host_view_get_definitions (self->view));
  nt_host_view_set_changing (self->view, job->has_begun);
  if (!job->has_begun)
    end_job (self);
}

static void
step_job (NtChangeQueue *self, Job *job)
{
  const NtOperation *operation = nt_change_peek (job->change);

  if (operation == NULL)
    {
      nt_change_finish (job->change);
      end_job (self);
      return;
    }
  if (job->change->wait_until == 0)
    job->progress (operation, job->user_data);
  if (nt_change_step (job->change) == NT_STEP_FAILED)
    end_job (self);
}

/*
 * While traffic is interrupted, the remaining operations are carried out in one go: otherwise each iteration of the
 * main loop would first read the events of the previous operation, which would make up three quarters of the outage.
 */
static void
carry_out_steps (NtChangeQueue *self, Job *job)
{
  do
    step_job (self, job);
  while (g_queue_peek_head (&self->jobs) == job && nt_change_is_urgent (job->change) && job->change->wait_until == 0);
}

/* Returns the delay before the next step: while a change waits for the kernel, events take precedence. */
static guint
get_delay_ms (NtChangeQueue *self)
{
  const Job *job = g_queue_peek_head (&self->jobs);
  gint64 left = job->change->wait_until - nt_clock_get_monotonic_us ();

  return job->change->wait_until != 0 ? (guint) (MAX (left, 0) / 1000 + 1) : 0;
}

/* Carries out one operation per iteration of the main loop, so that the client can follow the progress. */
static gboolean
job_cb (gpointer user_data)
{
  NtChangeQueue *self = user_data;
  Job *job = g_queue_peek_head (&self->jobs);

  if (job->has_begun)
    carry_out_steps (self, job);
  else
    begin_job (self, job);

  self->job_source = 0;
  if (!g_queue_is_empty (&self->jobs))
    schedule_job (self, get_delay_ms (self));
  return G_SOURCE_REMOVE;
}

/* When the agent ends, the checkpoint remains on disk for the next agent. */
static void
nt_change_queue_dispose (GObject *object)
{
  NtChangeQueue *self = NT_CHANGE_QUEUE (object);

  nt_clock_clear (&self->job_source);
  g_queue_clear_full (&self->jobs, (GDestroyNotify) job_free);
  if (self->view != NULL)
    nt_host_view_set_confirmation (self->view, NULL);
  g_clear_pointer (&self->confirmation, nt_confirmation_free);
  g_clear_pointer (&self->definitions_before, nt_definitions_unref);
  g_clear_pointer (&self->history, nt_history_unref);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (nt_change_queue_parent_class)->dispose (object);
}

static void
nt_change_queue_class_init (NtChangeQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_change_queue_dispose;

  /**
   * NtChangeQueue::settled:
   *
   * A change has ended or waits for its confirmation, or that has ended: the kernel has to be read again.
   */
  signals[SETTLED] =
    g_signal_new ("settled", NT_TYPE_CHANGE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_change_queue_init (NtChangeQueue *self)
{
  g_queue_init (&self->jobs);
}

/**
 * nt_change_queue_new:
 * @view: shows the changes, and has the kernel and the store
 *
 * Returns: (transfer full): an empty queue, with the history of the store
 */
NtChangeQueue *
nt_change_queue_new (NtHostView *view)
{
  NtChangeQueue *self = g_object_new (NT_TYPE_CHANGE_QUEUE, NULL);

  self->view = g_object_ref (view);
  self->history = nt_store_load_history (nt_host_view_get_store (view));
  return self;
}

/* Returns TRUE if a change waits for its confirmation. */
gboolean
nt_change_queue_is_pending (NtChangeQueue *self)
{
  return self->confirmation != NULL;
}

/* Returns the definitions before the change that waits for its confirmation; NULL = none waits. */
const NtDefinitions *
nt_change_queue_get_definitions_before (NtChangeQueue *self)
{
  return self->definitions_before;
}

/* A change of an earlier boot has left no traces, and the network has been configured anew. */
static gboolean
is_of_this_boot (const NtCheckpoint *checkpoint)
{
  g_autofree char *boot = nt_host_read_boot_id ();

  return checkpoint->boot == NULL || g_strcmp0 (checkpoint->boot, boot) == 0;
}

/* Rolls back a change that an earlier agent did not finish, from its checkpoint on disk. */
gboolean
nt_change_queue_recover (NtChangeQueue *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (NtCheckpoint) checkpoint = nt_store_load_checkpoint (nt_host_view_get_store (self->view), &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (checkpoint == NULL)
    return TRUE;
  if (checkpoint->generation == nt_host_view_get_definitions (self->view)->generation && is_of_this_boot (checkpoint))
    {
      g_message ("rolling back an unfinished change");
      if (!nt_change_restore (nt_host_view_get_kernel (self->view), checkpoint->before, &problem))
        {
          /* The checkpoint is kept for the next start; serving meanwhile at least shows the present state. */
          g_warning ("cannot roll back: %s", problem->message);
          return TRUE;
        }
    }
  if (checkpoint->entry != NULL && checkpoint->generation == nt_host_view_get_definitions (self->view)->generation)
    nt_change_queue_remember (self, checkpoint->entry, NT_OUTCOME_REVERTED);
  nt_store_drop_checkpoint (nt_host_view_get_store (self->view));
  return TRUE;
}

/**
 * nt_change_queue_set_confirm_seconds:
 * @seconds: default time for confirming a change; 0 = changes need no confirmation
 */
void
nt_change_queue_set_confirm_seconds (NtChangeQueue *self, gint64 seconds)
{
  self->confirm_seconds = seconds;
}

/**
 * nt_change_queue_confirm:
 * @id: (nullable): the id of a change; NULL = any change that waits
 * @connected_at: time at which the connection of the call was established, in microseconds on the monotonic clock
 * @reason: (out): error message if the store failed
 *
 * Returns: the result; the change becomes permanent only on success
 */
NtConfirmResult
nt_change_queue_confirm (NtChangeQueue *self, const char *id, gint64 connected_at, char **reason)
{
  NtChange *change;

  if (self->confirmation == NULL || !nt_confirmation_is (self->confirmation, id))
    return NT_CONFIRM_RESULT_NOTHING_PENDING;
  if (!nt_confirmation_is_proof (self->confirmation, connected_at))
    return NT_CONFIRM_RESULT_TOO_OLD;
  change = nt_confirmation_get_change (self->confirmation);
  if (!nt_change_confirm (change))
    {
      *reason = g_strdup (change->reason);
      nt_change_queue_remember (self, change->entry, NT_OUTCOME_FAILED);
      nt_host_view_set_definitions (self->view, self->definitions_before);
      end_confirmation (self);
      return NT_CONFIRM_RESULT_STORE_FAILED;
    }
  nt_change_queue_remember (self, change->entry, NT_OUTCOME_KEPT);
  end_confirmation (self);
  return NT_CONFIRM_RESULT_DONE;
}

/**
 * nt_change_queue_revert:
 * @id: (nullable): the id of a change; NULL = any change that waits
 *
 * Returns: the result
 */
NtConfirmResult
nt_change_queue_revert (NtChangeQueue *self, const char *id)
{
  if (self->confirmation == NULL || !nt_confirmation_is (self->confirmation, id))
    return NT_CONFIRM_RESULT_NOTHING_PENDING;
  return revert (self) ? NT_CONFIRM_RESULT_DONE : NT_CONFIRM_RESULT_REVERT_FAILED;
}

const NtHistory *
nt_change_queue_get_history (NtChangeQueue *self)
{
  return self->history;
}

/**
 * nt_change_queue_make_undo:
 * @id: (nullable): the change that is meant; %NULL = the last one
 * @later: (out) (transfer none) (nullable): the change that came after it and has to be undone first
 *
 * Returns: (transfer full) (nullable): a request that undoes a confirmed change; %NULL if that is not possible
 */
NtRequest *
nt_change_queue_make_undo (NtChangeQueue *self, const char *id, const NtHistoryEntry **later)
{
  const NtHistoryEntry *last = nt_history_find_undoable (self->history);

  *later = NULL;
  if (last == NULL || (id != NULL && !nt_history_has (self->history, id)))
    return NULL;
  if (id == NULL || g_strcmp0 (last->id, id) == 0)
    return nt_history_entry_make_undo (last, nt_host_view_get_definitions (self->view));
  *later = last;
  return NULL;
}

/**
 * nt_change_queue_apply:
 * @who: the user who requests it, for the history
 * @progress: called before each operation
 * @done: called once, later, with the result
 *
 * Queues a change. Changes are carried out one after the other, in the order of the requests.
 */
void
nt_change_queue_apply (NtChangeQueue *self,
                       const NtRequest *request,
                       const char *who,
                       NtChangeProgressFunc progress,
                       NtChangeDoneFunc done,
                       gpointer user_data)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (NtRequest) decided = nt_request_copy (request);

  if (decided->confirm_s == -1)
    decided->confirm_s = self->confirm_seconds;
  job->change = nt_change_new (nt_host_view_get_kernel (self->view), nt_host_view_get_store (self->view), decided, who);
  job->change->coexist = nt_host_view_get_coexist (self->view);
  job->progress = progress;
  job->done = done;
  job->user_data = user_data;
  g_queue_push_tail (&self->jobs, job);
  if (self->job_source == 0 && !self->is_held)
    schedule_job (self, 0);
}

/* Changes that are requested from now on wait until nt_change_queue_release(). */
void
nt_change_queue_hold (NtChangeQueue *self)
{
  self->is_held = TRUE;
}

void
nt_change_queue_release (NtChangeQueue *self)
{
  self->is_held = FALSE;
  if (self->job_source == 0 && !g_queue_is_empty (&self->jobs))
    schedule_job (self, 0);
}
