/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/restore.h"

#include "backend/agent/engine/change.h"
#include "backend/model/plan/compile-target.h"
#include "backend/model/team/identity.h"

static gboolean
has_any_member (const NtSnapshot *snapshot, const NtTeamSpec *spec)
{
  for (guint i = 0; i < spec->members->len; i++)
    if (nt_identity_is_present (spec, spec->members->pdata[i], snapshot))
      return TRUE;
  return FALSE;
}

/**
 * nt_restore_team:
 * @spec: the complete definition of a team
 * @error: NT_KERNEL_ERROR
 *
 * Restores the team to its definition, whatever its present state; does not touch what already matches. A member whose
 * adapter has been replaced by another one is left out.
 *
 * Returns: %TRUE on success
 */
gboolean
nt_restore_team (NtKernel *kernel, const NtTeamSpec *spec, GError **error)
{
  g_autoptr (NtSnapshot) snapshot = nt_kernel_read (kernel, NT_READ_ALL, error);
  g_autoptr (GPtrArray) before = nt_records_new ();
  g_autoptr (GPtrArray) after = nt_records_new ();
  g_autoptr (NtTarget) target = NULL;

  if (snapshot == NULL)
    return FALSE;
  g_ptr_array_add (after, nt_identity_leave_out_replaced (spec, snapshot));
  target = nt_target_compile (snapshot, before, after);
  return nt_change_restore (kernel, target, error);
}

/* A team that cannot be restored shows up as a fault. */
static void
try_team (NtKernel *kernel, const NtTeamSpec *spec)
{
  g_autoptr (GError) error = NULL;

  if (nt_restore_team (kernel, spec, &error))
    g_message ("restored the team %s", spec->name);
  else
    g_warning ("cannot restore the team %s: %s", spec->name, error->message);
}

/**
 * nt_restore_teams:
 * @definitions: the definitions
 * @scope: %NT_RESTORE_ALL after a boot, when no team can have been changed on purpose: this includes teams that an
 *   earlier agent did not complete. Otherwise existing teams are left alone, so that a restarted agent interrupts
 *   nothing.
 *
 * Restores teams to their definitions, provided that any of their members is present.
 */
void
nt_restore_teams (NtKernel *kernel, const NtDefinitions *definitions, NtRestoreScope scope)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtSnapshot) snapshot = nt_kernel_read (kernel, NT_READ_LINKS, &error);

  if (snapshot == NULL)
    g_warning ("cannot read the kernel: %s", error->message);
  for (guint i = 0; snapshot != NULL && i < definitions->teams->len; i++)
    {
      const NtTeamSpec *spec = definitions->teams->pdata[i];

      if ((scope == NT_RESTORE_ALL || nt_snapshot_find (snapshot, spec->device) == NULL) && has_any_member (snapshot, spec))
        try_team (kernel, spec);
    }
}

/* Recognizes a card that was plugged in, or whose driver loaded late: the index of a link is never reused. */
static gboolean
has_arrived (const NtSnapshot *before, const NtLink *link)
{
  for (guint i = 0; i < before->links->len; i++)
    if (((const NtLink *) before->links->pdata[i])->ifindex == link->ifindex)
      return FALSE;
  return TRUE;
}

static gboolean
has_member_that_arrived (const NtTeamSpec *spec, const NtSnapshot *before, const NtSnapshot *now)
{
  for (guint i = 0; i < spec->members->len; i++)
    {
      const NtLink *link = nt_snapshot_find (now, spec->members->pdata[i]);

      if (link != NULL && link->kind == NT_LINK_ADAPTER && link->master == NULL && has_arrived (before, link) &&
          nt_identity_is_present (spec, link->name, now))
        return TRUE;
    }
  return FALSE;
}

/**
 * nt_restore_reappeared:
 * @before: the state of the kernel at the previous call
 * @now: the present state of the kernel
 *
 * Restores teams of which an adapter has reappeared.
 */
void
nt_restore_reappeared (NtKernel *kernel, const NtDefinitions *definitions, const NtSnapshot *before, const NtSnapshot *now)
{
  for (guint i = 0; i < definitions->teams->len; i++)
    if (has_member_that_arrived (definitions->teams->pdata[i], before, now))
      try_team (kernel, definitions->teams->pdata[i]);
}
