/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/restore.h"

#include "agent/change.h"

static gboolean
has_any_member (const NtSnapshot *snapshot, const NtTeamSpec *spec)
{
  for (guint i = 0; i < spec->members->len; i++)
    if (nt_snapshot_find (snapshot, spec->members->pdata[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
restore_team (NtKernel *kernel, const NtSnapshot *snapshot, const NtTeamSpec *spec, GError **error)
{
  g_autoptr (GPtrArray) before = nt_records_new ();
  g_autoptr (GPtrArray) after = nt_records_new ();
  g_autoptr (NtTarget) target = NULL;

  g_ptr_array_add (after, nt_team_spec_ref (spec));
  target = nt_target_compile (snapshot, before, after);
  return nt_change_restore (kernel, target, error);
}

/**
 * nt_restore_teams:
 * @kernel: the kernel
 * @wanted: the wanted state
 *
 * Makes the teams of which there is nothing in the kernel, as after a boot. Teams that are there are left alone, so that
 * a new agent interrupts nothing. One that cannot be made is shown as what it is, a fault.
 */
void
nt_restore_teams (NtKernel *kernel, const NtWanted *wanted)
{
  for (guint i = 0; i < wanted->teams->len; i++)
    {
      const NtTeamSpec *spec = wanted->teams->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (NtSnapshot) snapshot = nt_kernel_read (kernel, NT_READ_LINKS, &error);

      if (snapshot == NULL)
        g_warning ("cannot read the kernel: %s", error->message);
      else if (nt_snapshot_find (snapshot, spec->device) != NULL || !has_any_member (snapshot, spec))
        continue;
      else if (restore_team (kernel, snapshot, spec, &error))
        g_message ("the team %s is there again", spec->name);
      else
        g_warning ("cannot restore the team %s: %s", spec->name, error->message);
    }
}
