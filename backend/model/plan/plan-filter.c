/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/plan-filter.h"

#include "backend/model/plan/packet-filter.h"

static gboolean
has_filter (const NtTargetLink *want)
{
  return want->filter != NULL && *want->filter != '\0';
}

/* An adapter that joins late keeps its own addresses until then, and needs broadcasts for them. */
static GPtrArray *
list_late (const NtPlan *plan, const NtTargetLink *want)
{
  GPtrArray *late = nt_strings_new ();

  for (guint i = 0; i < want->members->len; i++)
    if (nt_plan_joins_late (plan, want, want->members->pdata[i]))
      g_ptr_array_add (late, g_strdup (want->members->pdata[i]));
  return late;
}

static void
set_filter (NtPlan *plan, const NtTargetLink *want, const char *members)
{
  g_ptr_array_add (plan->operations, nt_packet_filter_make_operation (want->name, members));
}

/* Members are filtered before they join, so that no frame is received twice. */
void
nt_plan_filter (NtPlan *plan, const NtTargetLink *want)
{
  const char *have = nt_snapshot_find_filter (plan->snapshot, want->name);
  g_autoptr (GPtrArray) late = NULL;
  g_autofree char *members = NULL;

  if (!has_filter (want) || g_strcmp0 (want->filter, have) == 0)
    return;
  late = list_late (plan, want);
  members = nt_packet_filter_leave_out (want->filter, late);
  if (*members != '\0' && g_strcmp0 (members, have) != 0)
    set_filter (plan, want, members);
}

/* An adapter that joins late is filtered as soon as its addresses are on the team. */
void
nt_plan_late_filter (NtPlan *plan, const NtTargetLink *want)
{
  g_autoptr (GPtrArray) late = list_late (plan, want);

  if (has_filter (want) && late->len > 0)
    set_filter (plan, want, want->filter);
}

/* Filters are removed together with the bond or the mode that needs them. */
void
nt_plan_former_filters (NtPlan *plan)
{
  for (guint i = 0; i < plan->snapshot->filters->len; i++)
    {
      const char *bond = ((const NtPacketFilter *) plan->snapshot->filters->pdata[i])->bond;
      const NtTargetLink *want = nt_target_find (plan->target, bond);

      if (nt_strings_contain (plan->target->absent, bond) || (want != NULL && want->filter != NULL && !has_filter (want)))
        nt_plan_add (plan, NT_OPERATION_REMOVE_FILTER, bond, NULL);
    }
}
