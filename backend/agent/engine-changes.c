/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/engine-private.h"
#include "agent/host.h"

/* A requested change, with callbacks for its progress. */
typedef struct
{
  NtChange *change;
  gboolean has_begun;
  NtEngineProgressFunc progress;
  NtEngineDoneFunc done;
  gpointer user_data;
} Job;

static gboolean job_cb (gpointer user_data);

/* Schedules the next step of the job; an earlier schedule is replaced. */
static void
schedule_job (NtEngine *self, guint delay_ms)
{
  g_clear_handle_id (&self->job_source, g_source_remove);
  self->job_source = delay_ms > 0 ? g_timeout_add (delay_ms, job_cb, self) : g_idle_add (job_cb, self);
}

static void
job_free (Job *job)
{
  g_clear_pointer (&job->change, nt_change_free);
  g_free (job);
}

/* Returns TRUE if a change is in progress; a queued change does not count. */
gboolean
nt_engine_is_changing (NtEngine *self)
{
  const Job *job = g_queue_peek_head (&self->jobs);

  return job != NULL && job->has_begun;
}

/* The kernel's state has changed, so the condition that a change waits for may be fulfilled. */
void
nt_engine_go_on (NtEngine *self)
{
  const Job *job = g_queue_peek_head (&self->jobs);

  if (job->change->wait_until != 0)
    schedule_job (self, 0);
}

/* When the agent ends, the checkpoint remains on disk for the next agent. */
void
nt_engine_drop_changes (NtEngine *self)
{
  g_clear_handle_id (&self->job_source, g_source_remove);
  g_queue_clear_full (&self->jobs, (GDestroyNotify) job_free);
  g_clear_pointer (&self->confirmation, nt_confirmation_free);
  g_clear_pointer (&self->wanted_before, nt_wanted_unref);
}

/* Replaces the definitions. */
void
nt_engine_set_wanted (NtEngine *self, const NtWanted *wanted)
{
  NtWanted *before = self->wanted;

  self->wanted = nt_wanted_ref (wanted);
  g_clear_pointer (&before, nt_wanted_unref);
}

void
nt_engine_remember (NtEngine *self, const NtJournalEntry *entry, NtOutcome outcome)
{
  g_autoptr (NtJournal) before = self->journal;

  self->journal = nt_journal_add (before, entry, outcome);
  nt_store_save_journal (self->store, self->journal);
  nt_engine_note_event (self, nt_event_of_change (entry, outcome));
}

static void
end_confirmation (NtEngine *self)
{
  g_clear_pointer (&self->confirmation, nt_confirmation_free);
  g_clear_pointer (&self->wanted_before, nt_wanted_unref);
  nt_engine_look_again (self);
}

/*
 * The generation increases even so: a client that has seen the reverted change must not mistake the next definitions
 * for it. If this cannot be stored, the old generation has to do.
 */
static void
restore_previous_definitions (NtEngine *self)
{
  g_autoptr (NtWanted) wanted = nt_wanted_copy (self->wanted_before);
  g_autoptr (GError) error = NULL;

  wanted->generation = self->wanted->generation + 1;
  nt_engine_set_wanted (self, nt_store_save (self->store, wanted, &error) ? wanted : self->wanted_before);
}

static gboolean
revert (NtEngine *self)
{
  NtChange *change = nt_confirmation_get_change (self->confirmation);
  gboolean is_undone = nt_change_revert (change);

  nt_engine_remember (self, change->entry, NT_OUTCOME_REVERTED);
  restore_previous_definitions (self);
  end_confirmation (self);
  return is_undone;
}

static void
confirmation_cb (gboolean is_over, gpointer user_data)
{
  NtEngine *self = user_data;

  if (is_over)
    {
      g_message ("change not confirmed in time; rolling back");
      revert (self);
    }
  else if (self->watchers > 0)
    nt_engine_join (self);
}

/* From now on the new definitions are shown; they are stored once the change is confirmed. */
static void
show_result (NtEngine *self, NtChange *change)
{
  if (change->result == NT_CHANGE_FAILED || change->result == NT_CHANGE_STORE_FAILED)
    nt_engine_remember (self, change->entry, NT_OUTCOME_FAILED);
  if (change->result != NT_CHANGE_DONE && change->result != NT_CHANGE_PENDING)
    return;
  if (change->result == NT_CHANGE_DONE && change->operations->len > 0)
    nt_engine_remember (self, change->entry, NT_OUTCOME_KEPT);
  if (change->result == NT_CHANGE_PENDING)
    {
      self->wanted_before = nt_wanted_ref (self->wanted);
      self->confirmation = nt_confirmation_new (change, confirmation_cb, self);
    }
  nt_engine_set_wanted (self, change->wanted);
}

static void
end_job (NtEngine *self)
{
  Job *job = g_queue_pop_head (&self->jobs);
  NtChange *change = job->change;

  /* The change now belongs to the confirmation. A further call of the client can revert it, which frees it, as soon as
   * the reply is sent. */
  if (change->result == NT_CHANGE_PENDING)
    job->change = NULL;
  if (job->has_begun)
    {
      show_result (self, change);
      nt_engine_look_again (self);
    }
  job->done (change, self->wanted->generation, job->user_data);
  job_free (job);
}

static void
begin_job (NtEngine *self, Job *job)
{
  if (self->confirmation != NULL && !job->change->request->dry_run)
    {
      job->change->result = NT_CHANGE_BUSY;
      end_job (self);
      return;
    }
  /* Events of earlier changes may not have arrived yet. */
  nt_engine_refresh (self, NT_READ_ROUTES);
  job->has_begun = nt_change_begin (job->change, self->snapshot, self->state, self->wanted);
  if (!job->has_begun)
    end_job (self);
}

static void
step_job (NtEngine *self, Job *job)
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
carry_out_steps (NtEngine *self, Job *job)
{
  do
    step_job (self, job);
  while (g_queue_peek_head (&self->jobs) == job && nt_change_is_urgent (job->change) && job->change->wait_until == 0);
}

/* Returns the delay before the next step: while a change waits for the kernel, events take precedence. */
static guint
get_delay_ms (NtEngine *self)
{
  const Job *job = g_queue_peek_head (&self->jobs);
  gint64 left = job->change->wait_until - g_get_monotonic_time ();

  return job->change->wait_until != 0 ? (guint) (MAX (left, 0) / 1000 + 1) : 0;
}

/* Carries out one operation per iteration of the main loop, so that the client can follow the progress. */
static gboolean
job_cb (gpointer user_data)
{
  NtEngine *self = user_data;
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

/* A change of an earlier boot has left no traces, and the network has been configured anew. */
static gboolean
is_of_this_boot (const NtCheckpoint *checkpoint)
{
  g_autofree char *boot = nt_host_read_boot_id ();

  return checkpoint->boot == NULL || g_strcmp0 (checkpoint->boot, boot) == 0;
}

/* Rolls back a change that an earlier agent did not finish, from its checkpoint on disk. */
gboolean
nt_engine_recover (NtEngine *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (NtCheckpoint) checkpoint = nt_store_load_checkpoint (self->store, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (checkpoint == NULL)
    return TRUE;
  if (checkpoint->generation == self->wanted->generation && is_of_this_boot (checkpoint))
    {
      g_message ("rolling back an unfinished change");
      if (!nt_change_restore (self->kernel, checkpoint->before, &problem))
        {
          /* The checkpoint is kept for the next start; serving meanwhile at least shows the present state. */
          g_warning ("cannot roll back: %s", problem->message);
          return TRUE;
        }
    }
  if (checkpoint->entry != NULL && checkpoint->generation == self->wanted->generation)
    nt_engine_remember (self, checkpoint->entry, NT_OUTCOME_REVERTED);
  nt_store_drop_checkpoint (self->store);
  return TRUE;
}

/**
 * nt_engine_set_confirm_seconds:
 * @seconds: default time for confirming a change; 0 = changes need no confirmation
 */
void
nt_engine_set_confirm_seconds (NtEngine *self, gint64 seconds)
{
  self->confirm_seconds = seconds;
}

/**
 * nt_engine_confirm:
 * @id: (nullable): the id of a change; NULL = any change that waits
 * @connected_at: time at which the connection of the call was established, in microseconds on the monotonic clock
 * @reason: (out): error message if the store failed
 *
 * Returns: the verdict; the change becomes permanent only on success
 */
NtVerdict
nt_engine_confirm (NtEngine *self, const char *id, gint64 connected_at, char **reason)
{
  NtChange *change;

  if (self->confirmation == NULL || !nt_confirmation_is (self->confirmation, id))
    return NT_VERDICT_NOTHING_PENDING;
  if (!nt_confirmation_is_proof (self->confirmation, connected_at))
    return NT_VERDICT_TOO_OLD;
  change = nt_confirmation_get_change (self->confirmation);
  if (!nt_change_confirm (change))
    {
      *reason = g_strdup (change->reason);
      nt_engine_remember (self, change->entry, NT_OUTCOME_FAILED);
      nt_engine_set_wanted (self, self->wanted_before);
      end_confirmation (self);
      return NT_VERDICT_STORE_FAILED;
    }
  nt_engine_remember (self, change->entry, NT_OUTCOME_KEPT);
  end_confirmation (self);
  return NT_VERDICT_DONE;
}

/**
 * nt_engine_revert:
 * @id: (nullable): the id of a change; NULL = any change that waits
 *
 * Returns: the verdict
 */
NtVerdict
nt_engine_revert (NtEngine *self, const char *id)
{
  if (self->confirmation == NULL || !nt_confirmation_is (self->confirmation, id))
    return NT_VERDICT_NOTHING_PENDING;
  return revert (self) ? NT_VERDICT_DONE : NT_VERDICT_REVERT_FAILED;
}

const NtJournal *
nt_engine_get_journal (NtEngine *self)
{
  return self->journal;
}

/**
 * nt_engine_make_undo:
 *
 * Returns: (transfer full) (nullable): a request that undoes the last confirmed change; NULL if there is none
 */
NtRequest *
nt_engine_make_undo (NtEngine *self)
{
  const NtJournalEntry *entry = nt_journal_find_undoable (self->journal);

  return entry != NULL ? nt_journal_entry_make_undo (entry, self->wanted) : NULL;
}

/**
 * nt_engine_apply:
 * @who: the user who requests it, for the journal
 * @progress: called before each operation
 * @done: called once, later, with the result
 *
 * Queues a change. Changes are carried out one after the other, in the order of the requests.
 */
void
nt_engine_apply (NtEngine *self,
                 const NtRequest *request,
                 const char *who,
                 NtEngineProgressFunc progress,
                 NtEngineDoneFunc done,
                 gpointer user_data)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (NtRequest) decided = nt_request_copy (request);

  if (decided->confirm == -1)
    decided->confirm = self->confirm_seconds;
  job->change = nt_change_new (self->kernel, self->store, decided, who);
  job->change->coexist = self->coexist;
  job->progress = progress;
  job->done = done;
  job->user_data = user_data;
  g_queue_push_tail (&self->jobs, job);
  if (self->job_source == 0)
    schedule_job (self, 0);
}
