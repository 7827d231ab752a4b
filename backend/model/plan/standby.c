/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/standby.h"

#include "backend/model/plan/operation.h"

static gboolean
is_in_bond (const NtTeamSpec *spec, const NtLink *link)
{
  return link != NULL && link->member != NULL && g_strcmp0 (link->master, spec->device) == 0;
}

/* The driver detects a loss of carrier up to one miimon interval late, so the carrier is read directly. */
static gboolean
has_failed (const NtLink *link)
{
  return link == NULL || !link->up || !link->carrier;
}

/* A member with carrier is usable only when the driver has detected it: removing the standby before costs 1 s. */
static gboolean
has_recovered (const NtTeamSpec *spec, const NtLink *link)
{
  return !has_failed (link) && is_in_bond (spec, link) && link->member->mii == NT_MII_UP;
}

/**
 * nt_standby_is_needed:
 * @spec: a definition whose standby member is held
 *
 * Returns: %TRUE if the standby member must be in the bond: from the failure of an active member until all have
 *   recovered
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
  g_ptr_array_add (operations, nt_operation_make (kind, spec->standby, with_bond ? spec->device : NULL));
}

/**
 * nt_standby_plan:
 * @spec: a complete definition of a team
 *
 * Returns: (transfer full) (element-type NtOperation): the operations that add the standby member to the bond or
 *   remove it; usually none
 */
GPtrArray *
nt_standby_plan (const NtTeamSpec *spec, const NtSnapshot *snapshot)
{
  GPtrArray *operations = nt_records_new ();
  const NtLink *bond = nt_snapshot_find (snapshot, spec->device);
  const NtLink *standby = spec->standby ? nt_snapshot_find (snapshot, spec->standby) : NULL;
  gboolean is_in = is_in_bond (spec, standby);
  gboolean is_needed;

  if (!nt_team_spec_holds_standby (spec) || bond == NULL || bond->bond == NULL || standby == NULL)
    return operations;
  is_needed = nt_standby_is_needed (spec, snapshot);
  if (is_needed && !is_in && standby->master == NULL && !has_failed (standby))
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
