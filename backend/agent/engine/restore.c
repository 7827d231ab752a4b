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
    if (nt_identity_is_there (spec, spec->members->pdata[i], snapshot))
      return TRUE;
  return FALSE;
}

/**
 * nt_restore_team:
 * @kernel: the kernel
 * @spec: the complete definition of a team
 * @error: NT_KERNEL_ERROR
 *
 * Makes the team what its definition says, from whatever there is; what is so already is not touched. An adapter that has
 * taken the place of a member is left out.
 *
 * Returns: whether it is so
 */
gboolean
nt_restore_team (NtKernel *kernel, const NtTeamSpec *spec, GError **error)
{
  g_autoptr (NtSnapshot) snapshot = nt_kernel_read (kernel, NT_READ_ROUTES, error);
  g_autoptr (GPtrArray) before = nt_records_new ();
  g_autoptr (GPtrArray) after = nt_records_new ();
  g_autoptr (NtTarget) target = NULL;

  if (snapshot == NULL)
    return FALSE;
  g_ptr_array_add (after, nt_identity_leave_out_replaced (spec, snapshot));
  target = nt_target_compile (snapshot, before, after);
  return nt_change_restore (kernel, target, error);
}

/* One that cannot be made is shown as what it is, a fault. */
static void
try_team (NtKernel *kernel, const NtTeamSpec *spec)
{
  g_autoptr (GError) error = NULL;

  if (nt_restore_team (kernel, spec, &error))
    g_message ("the team %s is as it is defined", spec->name);
  else
    g_warning ("cannot restore the team %s: %s", spec->name, error->message);
}

/**
 * nt_restore_teams:
 * @kernel: the kernel
 * @wanted: the wanted state
 * @scope: %NT_RESTORE_ALL after a boot, when nobody can have changed a team on purpose: also one that an agent before this
 *   one had begun to make. Else teams that are there are left alone, so that a new agent interrupts nothing.
 *
 * Makes teams as they are defined, if they have a member to be made of.
 */
void
nt_restore_teams (NtKernel *kernel, const NtWanted *wanted, NtRestoreScope scope)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtSnapshot) snapshot = nt_kernel_read (kernel, NT_READ_LINKS, &error);

  if (snapshot == NULL)
    g_warning ("cannot read the kernel: %s", error->message);
  for (guint i = 0; snapshot != NULL && i < wanted->teams->len; i++)
    {
      const NtTeamSpec *spec = wanted->teams->pdata[i];

      if ((scope == NT_RESTORE_ALL || nt_snapshot_find (snapshot, spec->device) == NULL) && has_any_member (snapshot, spec))
        try_team (kernel, spec);
    }
}

/* A card that was plugged in, or whose driver was late: the index of a link is never used again. */
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
          nt_identity_is_there (spec, link->name, now))
        return TRUE;
    }
  return FALSE;
}

/**
 * nt_restore_arrivals:
 * @kernel: the kernel
 * @wanted: the wanted state
 * @before: what the kernel had when this was called last
 * @now: what it has
 *
 * Teams to which an adapter has come back are made as they are defined.
 */
void
nt_restore_arrivals (NtKernel *kernel, const NtWanted *wanted, const NtSnapshot *before, const NtSnapshot *now)
{
  for (guint i = 0; i < wanted->teams->len; i++)
    if (has_member_that_arrived (wanted->teams->pdata[i], before, now))
      try_team (kernel, wanted->teams->pdata[i]);
}
