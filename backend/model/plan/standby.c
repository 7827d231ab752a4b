/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/standby.h"

#include "backend/model/plan/operation.h"

static gboolean
is_in_bond (const NtTeamSpec *spec, const NtLink *link)
{
  return link != NULL && link->member != NULL && g_strcmp0 (link->master, spec->device) == 0;
}

/* The driver sees a loss of carrier up to one miimon late, so the link itself is asked. */
static gboolean
has_failed (const NtLink *link)
{
  return link == NULL || !link->up || !link->carrier;
}

/* A member that has carrier again works only when the driver has noticed: to release the spare before costs 1 s. */
static gboolean
has_recovered (const NtTeamSpec *spec, const NtLink *link)
{
  return !has_failed (link) && is_in_bond (spec, link) && link->member->mii == NT_MII_UP;
}

/**
 * nt_standby_is_needed:
 * @spec: a definition whose spare is held
 * @snapshot: what the kernel has
 *
 * Returns: whether the spare shall be in the bond: let in when an active member fails, released when all are back
 */
gboolean
nt_standby_is_needed (const NtTeamSpec *spec, const NtSnapshot *snapshot)
{
  gboolean is_in = is_in_bond (spec, nt_snapshot_find (snapshot, spec->standby));

  for (guint i = 0; i < spec->members->len; i++)
    {
      const NtLink *link = nt_snapshot_find (snapshot, spec->members->pdata[i]);

      if (g_str_equal (spec->members->pdata[i], spec->standby))
        continue;
      if (is_in ? !has_recovered (spec, link) : has_failed (link))
        return TRUE;
    }
  return FALSE;
}

static void
add (GPtrArray *operations, NtOperationKind kind, const NtTeamSpec *spec, gboolean with_bond)
{
  g_ptr_array_add (operations, nt_operation_make (kind, spec->standby, with_bond ? spec->device : NULL, NULL));
}

/**
 * nt_standby_plan:
 * @spec: a complete definition of a team
 * @snapshot: what the kernel has
 *
 * Returns: (transfer full) (element-type NtOperation): what lets the spare in, or releases it; mostly nothing
 */
GPtrArray *
nt_standby_plan (const NtTeamSpec *spec, const NtSnapshot *snapshot)
{
  GPtrArray *operations = nt_records_new ();
  const NtLink *bond = nt_snapshot_find (snapshot, spec->device);
  const NtLink *spare = spec->standby ? nt_snapshot_find (snapshot, spec->standby) : NULL;
  gboolean is_in = is_in_bond (spec, spare);
  gboolean is_needed;

  if (!nt_team_spec_holds_standby (spec) || bond == NULL || bond->bond == NULL || spare == NULL)
    return operations;
  is_needed = nt_standby_is_needed (spec, snapshot);
  if (is_needed && !is_in && spare->master == NULL && !has_failed (spare))
    {
      add (operations, NT_OPERATION_SET_DOWN, spec, FALSE);
      add (operations, NT_OPERATION_ADD_MEMBER, spec, TRUE);
    }
  else if (!is_needed && is_in)
    {
      add (operations, NT_OPERATION_REMOVE_MEMBER, spec, TRUE);
      add (operations, NT_OPERATION_SET_UP, spec, FALSE);
    }
  return operations;
}
