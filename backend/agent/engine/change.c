/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/change.h"

#include "backend/agent/base/clock.h"
#include "backend/agent/engine/host.h"
#include "backend/model/plan/capture.h"
#include "backend/model/plan/compile-target.h"
#include "backend/model/plan/make-plan.h"
#include "backend/model/plan/network.h"
#include "backend/model/plan/outage.h"
#include "backend/model/request/adopt.h"
#include "backend/model/state/device-name.h"
#include "backend/model/team/identity.h"

#include <glib/gi18n-lib.h>

/* Time for another tool to leave a device alone. */
#define TAKE_OVER_S 10

/* Leftovers of the failed change or concurrent changes by others can interfere with restoring; the next pass corrects
 * that. */
#define RESTORE_TRIES 3

/**
 * nt_change_new:
 * @kernel: the kernel; must outlive the change
 * @store: the store; must outlive the change
 * @who: the user who requests it, for the history
 *
 * Returns: (transfer full): a change that has not begun
 */
NtChange *
nt_change_new (NtKernel *kernel, NtStore *store, const NtRequest *request, const char *who)
{
  NtChange *self = g_new0 (NtChange, 1);

  self->kernel = kernel;
  self->store = store;
  self->request = nt_request_ref (request);
  self->entry = nt_history_entry_new ();
  self->entry->id = g_uuid_string_random ();
  self->entry->time_s = nt_clock_get_real_s ();
  self->entry->who = g_strdup (who);
  self->operations = nt_records_new ();
  self->problems = nt_records_new ();
  self->teams = nt_strings_new ();
  return self;
}

void
nt_change_free (NtChange *self)
{
  g_clear_pointer (&self->request, nt_request_unref);
  g_clear_pointer (&self->entry, nt_history_entry_unref);
  g_clear_pointer (&self->definitions, nt_definitions_unref);
  g_clear_pointer (&self->target, nt_target_unref);
  g_clear_pointer (&self->before, nt_target_unref);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_clear_pointer (&self->operations, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->teams, g_ptr_array_unref);
  g_clear_pointer (&self->failed, nt_operation_unref);
  g_clear_pointer (&self->reason, g_free);
  g_free (self);
}

/* Always returns FALSE, for the caller to return. */
static gboolean
end (NtChange *self, NtChangeResult result)
{
  self->result = result;
  return FALSE;
}

static gboolean
check (NtChange *self, const NtState *state, const NtDefinitions *definitions)
{
  if (self->request->generation != -1 && self->request->generation != definitions->generation)
    return end (self, NT_CHANGE_STALE);
  g_ptr_array_unref (self->problems);
  self->problems = nt_rules_check (state, self->request);
  if (nt_problems_have_error (self->problems))
    return end (self, NT_CHANGE_REFUSED);
  return TRUE;
}

/* Completes the definitions for the store, with ids and devices. */
static GPtrArray *
complete_specs (NtChange *self, const NtState *state)
{
  GPtrArray *specs = nt_records_new ();
  g_autoptr (GPtrArray) reserved = nt_strings_new ();

  for (guint i = 0; i < self->request->set->len; i++)
    {
      NtTeamSpec *spec = nt_team_spec_complete (self->request->set->pdata[i]);

      nt_device_name_choose (spec, state, reserved);
      if (spec->id == NULL)
        spec->id = g_uuid_string_random ();
      g_ptr_array_add (self->teams, g_strdup (spec->id));
      g_ptr_array_add (specs, spec);
    }
  return specs;
}

/* Members and interfaces are enabled and disabled in the definition of their team. */
static void
switch_in_specs (GPtrArray *specs, const NtDefinitions *definitions, const GPtrArray *names, gboolean enable)
{
  for (guint i = 0; i < names->len; i++)
    for (guint j = 0; j < definitions->teams->len; j++)
      {
        const NtTeamSpec *present = definitions->teams->pdata[j];
        const NtTeamSpec *requested = nt_team_specs_find (specs, present->id);
        g_autoptr (NtTeamSpec) changed = nt_team_spec_enable (requested ? requested : present, names->pdata[i], enable);

        if (changed != NULL)
          nt_team_specs_set (specs, changed);
      }
}

/* Adapters outside of teams are enabled and disabled directly; this is not stored. */
static void
switch_adapters (NtTarget *target, const NtSnapshot *snapshot, const GPtrArray *names, gboolean enable)
{
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      const NtLink *link = nt_snapshot_find (snapshot, name);

      if (link != NULL && link->member == NULL && link->kind != NT_LINK_BOND && link->kind != NT_LINK_VLAN &&
          nt_target_find (target, name) == NULL)
        nt_target_add_adapter (target, name, enable);
    }
}

static void
add_present_spec (GPtrArray *specs, const NtDefinitions *definitions, const char *id_or_name)
{
  const NtTeamSpec *spec = nt_definitions_find (definitions, id_or_name);

  if (spec != NULL)
    g_ptr_array_add (specs, nt_team_spec_ref (spec));
}

static void
note_specs (GPtrArray *into, const GPtrArray *specs)
{
  for (guint i = 0; i < specs->len; i++)
    g_ptr_array_add (into, nt_team_spec_ref (specs->pdata[i]));
}

/* Only adapters outside of teams; members and interfaces are part of the definitions. */
static void
note_links (NtChange *self, const GPtrArray *names)
{
  for (guint i = 0; i < names->len && self->entry->after->len == 0; i++)
    g_ptr_array_add (self->entry->links, g_strdup (names->pdata[i]));
}

static void
note (NtChange *self, const GPtrArray *before, const GPtrArray *after)
{
  note_specs (self->entry->before, before);
  note_specs (self->entry->after, after);
  note_links (self, self->request->enable);
  note_links (self, self->request->disable);
}

/* Members in a request refer to the adapters that have these names now. */
static void
identify_members (GPtrArray *specs, const NtDefinitions *definitions, const NtSnapshot *snapshot)
{
  for (guint i = 0; i < specs->len; i++)
    {
      NtTeamSpec *spec = specs->pdata[i];

      nt_identity_note (spec, nt_team_specs_find (definitions->teams, spec->id), snapshot);
    }
}

static GPtrArray *
leave_out_replaced (const GPtrArray *specs, const NtSnapshot *snapshot)
{
  GPtrArray *left = nt_records_new ();

  for (guint i = 0; i < specs->len; i++)
    g_ptr_array_add (left, nt_identity_leave_out_replaced (specs->pdata[i], snapshot));
  return left;
}

/* Taking devices over from other tools comes first, handing them back comes last. */
static void
plan_coexistence (NtChange *self, const NtSnapshot *snapshot, const NtDefinitions *definitions)
{
  g_autoptr (GPtrArray) after = nt_definitions_list_devices (self->definitions);
  guint n_operations = self->operations->len;

  self->devices = nt_definitions_list_devices (definitions);
  for (guint i = 0; i < after->len; i++)
    g_ptr_array_add (self->devices, g_strdup (after->pdata[i]));
  if (self->coexist != NULL)
    nt_coexist_plan (self->coexist, self->devices, after, self->operations);
  for (guint i = 0; i < self->operations->len; i++)
    if (((const NtOperation *) self->operations->pdata[i])->kind == NT_OPERATION_TAKE_OVER)
      nt_outage_estimate_take_over (self->operations->pdata[i], snapshot);
  self->entry->take_over = self->request->take_over || self->operations->len > n_operations;
}

static void
plan (NtChange *self, const NtSnapshot *snapshot, const NtState *state, const NtDefinitions *definitions)
{
  g_autoptr (GPtrArray) before = nt_records_new ();
  g_autoptr (GPtrArray) after = complete_specs (self, state);
  g_autoptr (GPtrArray) before_there = NULL;
  g_autoptr (GPtrArray) after_there = NULL;

  identify_members (after, definitions, snapshot);
  switch_in_specs (after, definitions, self->request->enable, TRUE);
  switch_in_specs (after, definitions, self->request->disable, FALSE);
  for (guint i = 0; i < self->request->remove->len; i++)
    add_present_spec (before, definitions, self->request->remove->pdata[i]);
  for (guint i = 0; i < after->len; i++)
    add_present_spec (before, definitions, ((const NtTeamSpec *) after->pdata[i])->id);

  for (guint i = 0; i < self->request->set->len; i++)
    if (nt_adopt_find (state, self->request, self->request->set->pdata[i]) != NULL)
      nt_adopt_complete (after->pdata[i], self->request->set->pdata[i], snapshot);
  before_there = leave_out_replaced (before, snapshot);
  for (guint i = 0; i < after->len; i++)
    nt_network_adopt (after->pdata[i], nt_team_specs_find (before_there, ((const NtTeamSpec *) after->pdata[i])->id), snapshot);
  after_there = leave_out_replaced (after, snapshot);

  note (self, before, after);
  self->definitions = nt_definitions_change (definitions, after, self->request->remove);
  self->entry->generation = self->definitions->generation;
  self->target = nt_target_compile (snapshot, before_there, after_there);
  switch_adapters (self->target, snapshot, self->request->enable, TRUE);
  switch_adapters (self->target, snapshot, self->request->disable, FALSE);
  self->before = nt_target_capture (snapshot, self->target);
  g_ptr_array_unref (self->operations);
  self->operations = nt_make_plan (snapshot, self->target);
  plan_coexistence (self, snapshot, definitions);
}

static gboolean
save_checkpoint (NtChange *self, const NtDefinitions *definitions)
{
  g_autoptr (NtCheckpoint) checkpoint = nt_checkpoint_new ();
  g_autoptr (GError) error = NULL;

  checkpoint->generation = definitions->generation;
  checkpoint->before = nt_target_ref (self->before);
  checkpoint->entry = nt_history_entry_ref (self->entry);
  checkpoint->boot = nt_host_read_boot_id ();
  if (nt_store_save_checkpoint (self->store, checkpoint, &error))
    return TRUE;
  self->reason = g_strdup (error->message);
  return end (self, NT_CHANGE_STORE_FAILED);
}

/**
 * nt_change_begin:
 * @snapshot: the present state of the kernel
 * @state: the present state of the host
 * @definitions: the present definitions
 *
 * Checks and plans the change. Unless it is a dry run, the checkpoint for rolling back is on disk afterwards.
 *
 * Returns: %TRUE if the change has to be carried out; otherwise it has a result
 */
gboolean
nt_change_begin (NtChange *self, const NtSnapshot *snapshot, const NtState *state, const NtDefinitions *definitions)
{
  if (!check (self, state, definitions))
    return FALSE;
  plan (self, snapshot, state, definitions);
  if (self->request->dry_run)
    return end (self, NT_CHANGE_DONE);
  return save_checkpoint (self, definitions);
}

/**
 * nt_change_peek:
 * @self: a change that has begun
 *
 * Returns: (transfer none) (nullable): the operation that nt_change_step() carries out next; NULL after the last one
 */
const NtOperation *
nt_change_peek (NtChange *self)
{
  return self->next < self->operations->len ? self->operations->pdata[self->next] : NULL;
}

/* If rolling back fails now, the next agent tries again. */
static void
roll_back (NtChange *self)
{
  g_autoptr (GError) error = NULL;

  self->undone = nt_change_restore (self->kernel, self->before, &error);
  if (self->undone)
    nt_store_drop_checkpoint (self->store);
  else
    g_warning ("cannot roll back a change: %s", error->message);
}

static gboolean
fail (NtChange *self, const NtOperation *operation, const char *reason)
{
  self->failed = nt_operation_ref (operation);
  self->reason = g_strdup (reason);
  roll_back (self);
  return end (self, NT_CHANGE_FAILED);
}

static NtStep
finish_operation (NtChange *self)
{
  const NtOperation *done = self->operations->pdata[self->next++];

  self->is_urgent |= done->outage_ms > 0;
  self->wait_until = 0;
  return NT_STEP_DONE;
}

static NtStep
await_carrier (NtChange *self, const NtOperation *operation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtSnapshot) snapshot = nt_kernel_read (self->kernel, NT_READ_LINKS, &error);
  const NtLink *link = snapshot ? nt_snapshot_find (snapshot, operation->link) : NULL;

  if (link != NULL && link->carrier)
    return finish_operation (self);
  if (self->wait_until == 0)
    self->wait_until = nt_clock_get_monotonic_us () + operation->timeout_s * G_USEC_PER_SEC;
  if (nt_clock_get_monotonic_us () < self->wait_until)
    return NT_STEP_WAITING;
  fail (self, operation, error ? error->message : _("No carrier; check cables and switch ports"));
  return NT_STEP_FAILED;
}

/* A tool that leaves a device alone may have removed its addresses, so the rest is planned anew. */
static gboolean
plan_rest (NtChange *self, GError **error)
{
  g_autoptr (NtSnapshot) snapshot = nt_kernel_read (self->kernel, NT_READ_ALL, error);
  g_autoptr (GPtrArray) old = self->operations;
  g_autoptr (GPtrArray) rest = NULL;

  if (snapshot == NULL)
    {
      g_steal_pointer (&old);
      return FALSE;
    }
  rest = nt_make_plan (snapshot, self->target);
  self->operations = nt_records_new ();
  for (guint i = 0; i < self->next; i++)
    g_ptr_array_add (self->operations, nt_operation_ref (old->pdata[i]));
  for (guint i = 0; i < rest->len; i++)
    g_ptr_array_add (self->operations, nt_operation_ref (rest->pdata[i]));
  for (guint i = self->next; i < old->len; i++)
    if (((const NtOperation *) old->pdata[i])->kind == NT_OPERATION_RETURN)
      g_ptr_array_add (self->operations, nt_operation_ref (old->pdata[i]));
  return TRUE;
}

static NtStep
finish_take_over (NtChange *self, const NtOperation *operation)
{
  const NtOperation *next;
  g_autoptr (GError) error = NULL;

  finish_operation (self);
  next = nt_change_peek (self);
  if ((next != NULL && next->kind == NT_OPERATION_TAKE_OVER) || plan_rest (self, &error))
    return NT_STEP_DONE;
  fail (self, operation, error->message);
  return NT_STEP_FAILED;
}

static NtStep
take_over_devices (NtChange *self, const NtOperation *operation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtSnapshot) snapshot = nt_kernel_read (self->kernel, NT_READ_LINKS, &error);
  const char *reason = NULL;
  NtRelease release = NT_RELEASE_FAILED;

  if (snapshot != NULL && self->wait_until == 0)
    {
      nt_coexist_take_over (self->coexist, operation, self->devices);
      self->wait_until = nt_clock_get_monotonic_us () + TAKE_OVER_S * G_USEC_PER_SEC;
    }
  if (snapshot != NULL)
    release = nt_coexist_check (self->coexist, operation, snapshot, &reason);
  if (release == NT_RELEASE_DONE)
    return finish_take_over (self, operation);
  if (release == NT_RELEASE_WAITING && nt_clock_get_monotonic_us () < self->wait_until)
    return NT_STEP_WAITING;
  if (reason == NULL)
    reason = error ? error->message : _("It still configures one of them; see its log");
  fail (self, operation, reason);
  return NT_STEP_FAILED;
}

/**
 * nt_change_step:
 * @self: a change that has begun
 *
 * Carries out the next operation. If it fails, all previous operations are rolled back.
 *
 * Returns: the result of the step
 */
NtStep
nt_change_step (NtChange *self)
{
  const NtOperation *operation = self->operations->pdata[self->next];
  g_autoptr (GError) error = NULL;

  if (operation->kind == NT_OPERATION_AWAIT_CARRIER)
    return await_carrier (self, operation);
  if (operation->kind == NT_OPERATION_TAKE_OVER)
    return take_over_devices (self, operation);
  if (operation->kind == NT_OPERATION_RETURN)
    return finish_operation (self);
  if (nt_kernel_apply (self->kernel, operation, &error))
    return finish_operation (self);
  fail (self, operation, error->message);
  return NT_STEP_FAILED;
}

/**
 * nt_change_is_urgent:
 * @self: a change that has begun
 *
 * Returns: %TRUE if traffic is interrupted at this point, so that the remaining operations have to follow immediately
 */
gboolean
nt_change_is_urgent (NtChange *self)
{
  return self->is_urgent;
}

/* Reads the kernel's state again: only this shows if the change took effect. */
static gboolean
verify (NtChange *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtSnapshot) snapshot = nt_kernel_read (self->kernel, NT_READ_ALL, &error);
  g_autoptr (GPtrArray) missing = NULL;

  if (snapshot == NULL)
    return fail (self, self->operations->pdata[self->operations->len - 1], error->message);
  missing = nt_make_plan (snapshot, self->target);
  if (missing->len > 0)
    return fail (self, missing->pdata[0], _("The kernel accepted the change, but it did not take effect"));
  return TRUE;
}

/**
 * nt_change_finish:
 * @self: a change whose operations have all been carried out
 *
 * Verifies the result in the kernel, and stores the definitions unless the change has to be confirmed first.
 *
 * Returns: %TRUE if the change succeeded; otherwise it has been rolled back
 */
gboolean
nt_change_finish (NtChange *self)
{
  if (self->operations->len > 0 && !verify (self))
    return FALSE;
  if (self->operations->len > 0 && self->request->confirm_s > 0)
    {
      self->result = NT_CHANGE_PENDING;
      return TRUE;
    }
  return nt_change_confirm (self);
}

/**
 * nt_change_confirm:
 * @self: a change that waits for confirmation
 *
 * Stores the definitions, which makes the change permanent.
 *
 * Returns: %TRUE on success; otherwise the change has been rolled back
 */
gboolean
nt_change_confirm (NtChange *self)
{
  g_autoptr (GError) error = NULL;

  if (!nt_store_save (self->store, self->definitions, &error))
    {
      self->reason = g_strdup (error->message);
      roll_back (self);
      return end (self, NT_CHANGE_STORE_FAILED);
    }
  nt_store_drop_checkpoint (self->store);
  self->result = NT_CHANGE_DONE;
  return TRUE;
}

/**
 * nt_change_revert:
 * @self: a change that waits for confirmation
 *
 * Returns: %TRUE if it has been reverted
 */
gboolean
nt_change_revert (NtChange *self)
{
  roll_back (self);
  return self->undone;
}

static gboolean
restore_once (NtKernel *kernel, const NtTarget *target, gboolean *settled, GError **error)
{
  g_autoptr (NtSnapshot) snapshot = nt_kernel_read (kernel, NT_READ_ALL, error);
  g_autoptr (GPtrArray) operations = NULL;

  if (snapshot == NULL)
    return FALSE;
  operations = nt_make_plan (snapshot, target);
  *settled = operations->len == 0;
  for (guint i = 0; i < operations->len; i++)
    {
      const NtOperation *operation = operations->pdata[i];

      /* Rolling back does not wait. */
      if (operation->kind != NT_OPERATION_AWAIT_CARRIER && !nt_kernel_apply (kernel, operation, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * nt_change_restore:
 * @target: the previous state of some links
 * @error: NT_KERNEL_ERROR
 *
 * Restores the links, whatever their present state.
 *
 * Returns: %TRUE on success
 */
gboolean
nt_change_restore (NtKernel *kernel, const NtTarget *target, GError **error)
{
  for (int i = 0; i < RESTORE_TRIES; i++)
    {
      gboolean settled = FALSE;

      g_clear_error (error);
      if (restore_once (kernel, target, &settled, error) && settled)
        return TRUE;
    }
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, NT_KERNEL_ERROR, 0, _("the links do not keep the restored settings"));
  return FALSE;
}
