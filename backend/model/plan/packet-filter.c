/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/plan/packet-filter.h"

#include "backend/model/plan/standby.h"

#include <string.h>

/**
 * nt_packet_filter_is_needed:
 *
 * Returns: %TRUE if incoming traffic of the members must be filtered
 */
gboolean
nt_packet_filter_is_needed (const NtTeamSpec *spec)
{
  gboolean is_active_backup = spec->standby != NULL && !nt_team_spec_holds_standby (spec);

  return spec->mode == NT_MODE_SWITCH_INDEPENDENT && spec->balance == NT_BALANCE_HYPER_V_PORT && !is_active_backup;
}

/* Returns %TRUE if the team receives on @adapter, or will receive on it once it is a member. */
static gboolean
receives (const NtTeamSpec *spec, const NtSnapshot *snapshot, const char *adapter)
{
  const NtLink *link = nt_snapshot_find (snapshot, adapter);
  gboolean is_member = link != NULL && link->member != NULL && g_strcmp0 (link->master, spec->device) == 0;

  return link != NULL && link->carrier && !nt_strings_contain (spec->disabled, adapter) &&
         (!is_member || link->member->mii == NT_MII_UP);
}

static gboolean
is_first (const char *members, const char *adapter)
{
  gsize length = strlen (adapter);

  return members != NULL && strncmp (members, adapter, length) == 0 && (members[length] == ' ' || members[length] == '\0');
}

/* The first member keeps its place while it receives: each move loses the traffic in transit. */
static const char *
choose_first (const NtTeamSpec *spec, const NtSnapshot *snapshot, const GPtrArray *in_bond)
{
  const char *present = nt_snapshot_find_filter (snapshot, spec->device);
  const char *present_first = NULL;
  const char *best = NULL;

  for (guint i = 0; i < in_bond->len; i++)
    {
      const char *adapter = in_bond->pdata[i];

      if (is_first (present, adapter))
        present_first = adapter;
      if (receives (spec, snapshot, adapter) && (best == NULL || adapter == present_first))
        best = adapter;
    }
  if (best == NULL)
    best = present_first;
  return best == NULL && in_bond->len > 0 ? in_bond->pdata[0] : best;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* A standby member is filtered even while it waits outside of the bond, so that it can join at any time. */
static GPtrArray *
list_others (const NtTeamSpec *spec, const NtSnapshot *snapshot, const GPtrArray *in_bond, const char *first)
{
  const NtLink *standby = nt_team_spec_holds_standby (spec) ? nt_snapshot_find (snapshot, spec->standby) : NULL;
  GPtrArray *others = nt_strings_new ();

  for (guint i = 0; i < in_bond->len; i++)
    if (!g_str_equal (in_bond->pdata[i], first))
      g_ptr_array_add (others, g_strdup (in_bond->pdata[i]));
  if (standby != NULL && standby->master == NULL && !nt_strings_contain (in_bond, standby->name))
    g_ptr_array_add (others, g_strdup (standby->name));
  g_ptr_array_sort (others, compare_names);
  return others;
}

/**
 * nt_packet_filter_choose:
 * @spec: a complete definition of a team that needs filters
 * @in_bond: (element-type utf8): the adapters that are members of the bond, or will be
 *
 * Returns: (transfer full): the members to filter, in the notation of packet-filter.h; "" if there are none
 */
char *
nt_packet_filter_choose (const NtTeamSpec *spec, const NtSnapshot *snapshot, const GPtrArray *in_bond)
{
  const char *first = choose_first (spec, snapshot, in_bond);
  g_autoptr (GPtrArray) names = NULL;

  if (first == NULL)
    return g_strdup ("");
  names = list_others (spec, snapshot, in_bond, first);
  g_ptr_array_insert (names, 0, g_strdup (first));
  return nt_strings_join (names, " ");
}

/**
 * nt_packet_filter_leave_out:
 * @members: members in the notation of packet-filter.h
 * @names: (element-type utf8): the members to remove
 *
 * Returns: (transfer full): @members without @names
 */
char *
nt_packet_filter_leave_out (const char *members, const GPtrArray *names)
{
  g_autoptr (GPtrArray) present = nt_strings_split (members, " ");
  g_autoptr (GPtrArray) rest = nt_strings_subtract (present, names);

  return nt_strings_join (rest, " ");
}

/**
 * nt_packet_filter_make_operation:
 * @members: members in the notation of packet-filter.h
 *
 * Returns: (transfer full): the operation that gives these filters to @bond
 */
NtOperation *
nt_packet_filter_make_operation (const char *bond, const char *members)
{
  NtOperation *operation = nt_operation_make (NT_OPERATION_SET_FILTER, bond, NULL);

  g_ptr_array_unref (operation->devices);
  operation->devices = nt_strings_split (members, " ");
  return operation;
}

/**
 * nt_packet_filter_plan:
 * @spec: a complete definition of a team
 *
 * Brings the filters in line with the members: after a member joined or left, after the first member lost its link, or
 * after the filters were deleted by something else.
 *
 * Returns: (transfer full) (element-type NtOperation): the operations; empty if the filters are up to date
 */
GPtrArray *
nt_packet_filter_plan (const NtTeamSpec *spec, const NtSnapshot *snapshot)
{
  GPtrArray *operations = nt_records_new ();
  const NtLink *bond = nt_snapshot_find (snapshot, spec->device);
  g_autofree char *members = NULL;

  if (!nt_packet_filter_is_needed (spec) || bond == NULL || bond->bond == NULL)
    return operations;
  members = nt_packet_filter_choose (spec, snapshot, bond->bond->members);
  if (*members != '\0' && g_strcmp0 (members, nt_snapshot_find_filter (snapshot, spec->device)) != 0)
    g_ptr_array_add (operations, nt_packet_filter_make_operation (spec->device, members));
  return operations;
}
