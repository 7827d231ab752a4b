/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/request/rules-members.h"

#include "backend/model/plan/packet-filter.h"
#include "backend/model/plan/standby.h"
#include "backend/model/request/adopt.h"
#include "backend/model/request/rules-owner.h"

/* Rules for the members of a team and their cooperation. */

/* Returns the other team that the adapter will belong to after the request. */
static const char *
find_other_team (const NtCheck *check, const char *adapter)
{
  for (guint i = 0; i < check->index; i++)
    {
      const NtTeamSpec *earlier = check->request->set->pdata[i];

      if (nt_strings_contain (earlier->members, adapter))
        return earlier->name;
    }
  for (guint i = 0; i < check->state->teams->len; i++)
    {
      const NtTeam *team = check->state->teams->pdata[i];

      if (team->managed && nt_check_keeps_team (check, team) && nt_strings_contain (team->spec->members, adapter))
        return team->name;
    }
  return NULL;
}

static const NtTeam *
find_own_team (const NtCheck *check)
{
  if (check->spec->id == NULL)
    return nt_adopt_find (check->state, check->request, check->spec);
  return nt_state_find_team (check->state, check->spec->id);
}

/* Returns the present state of the adapter in the team. */
static const NtMember *
find_own_member (const NtCheck *check, const char *adapter)
{
  const NtTeam *own = find_own_team (check);

  for (guint i = 0; own != NULL && i < own->members->len; i++)
    if (g_str_equal (((const NtMember *) own->members->pdata[i])->adapter, adapter))
      return own->members->pdata[i];
  return NULL;
}

static gboolean
was_defined (const NtCheck *check, const char *adapter)
{
  const NtTeam *own = find_own_team (check);

  return own != NULL && own->spec != NULL && nt_strings_contain (own->spec->members, adapter);
}

/* Teams and their interfaces cannot be members: there are no nested teams. */
static gboolean
is_team_or_interface (const NtState *state, const char *name)
{
  for (guint i = 0; i < state->teams->len; i++)
    {
      const NtTeam *team = state->teams->pdata[i];

      if (g_strcmp0 (team->name, name) == 0 || g_strcmp0 (team->device, name) == 0)
        return TRUE;
      for (guint j = 0; j < team->interfaces->len; j++)
        if (g_strcmp0 (((const NtInterface *) team->interfaces->pdata[j])->device, name) == 0)
          return TRUE;
    }
  return FALSE;
}

/* All modes except balance-xor and active-backup need to know the speed. */
static gboolean
speed_is_needed (const NtTeamSpec *spec)
{
  return spec->mode != NT_MODE_STATIC && !nt_packet_filter_is_needed (spec) && (spec->standby == NULL || nt_team_spec_holds_standby (spec));
}

/* Returns the VLAN of an interface in the definition; 0 = none has a VLAN. */
static gint64
find_vlan (const NtTeamSpec *spec)
{
  for (guint i = 0; i < spec->interfaces->len; i++)
    if (nt_interface_spec_get_vlan (spec->interfaces->pdata[i]) > 0)
      return nt_interface_spec_get_vlan (spec->interfaces->pdata[i]);
  return 0;
}

static void
check_caution (NtCheck *check, guint index, const char *name, const char *caution)
{
  gint64 vlan = find_vlan (check->spec);
  char id[24];

  if (nt_enum_parse (&nt_caution_enum, caution) != NT_CAUTION_VLAN_CHALLENGED)
    nt_check_report (check, NT_RULE_MEMBER_CAUTION, name, caution, "members[%u]", index);
  else if (vlan > 0)
    nt_check_report (check, NT_RULE_MEMBER_VLAN_CHALLENGED, name, NT_NUMBER (id, vlan), "members[%u]", index);
}

/* An obstacle that appeared after a member had joined must not block other changes of its team. */
static gboolean
check_obstacle (NtCheck *check, guint index, const NtAdapter *adapter, const char *obstacle)
{
  const NtMember *member = find_own_member (check, adapter->name);
  gboolean is_member = member != NULL && member->present; /* in the kernel, not only in the definition */
  gboolean is_adopted = is_member && !find_own_team (check)->managed;
  NtRule rule = is_member ? NT_RULE_MEMBER_NO_LONGER_TEAMABLE : NT_RULE_MEMBER_NOT_TEAMABLE;

  if (is_adopted && nt_enum_parse (&nt_obstacle_enum, obstacle) == NT_OBSTACLE_FOREIGN_TEAM)
    return TRUE;
  if (adapter->owner != NULL && nt_owner_is_obstacle (obstacle) && (is_adopted || !is_member))
    return nt_check_owner (check, index, adapter);
  nt_check_report (check, rule, adapter->name, obstacle, "members[%u]", index);
  return is_member;
}

static void
check_adapter (NtCheck *check, guint index, const NtAdapter *adapter)
{
  const NtMember *member = find_own_member (check, adapter->name);
  gboolean is_refused = FALSE;

  for (guint i = 0; i < adapter->obstacles->len; i++)
    is_refused |= !check_obstacle (check, index, adapter, adapter->obstacles->pdata[i]);
  if (is_refused)
    return;
  if (member != NULL && member->reason == NT_REASON_ADAPTER_REPLACED)
    nt_check_report (check, NT_RULE_MEMBER_REPLACED, adapter->name, NULL, "members[%u]", index);
  if (adapter->carrier && adapter->speed_mbps == -1 && speed_is_needed (check->spec))
    nt_check_report (check, NT_RULE_MEMBER_SPEED_UNKNOWN, adapter->name, NULL, "members[%u]", index);
  for (guint i = 0; i < adapter->cautions->len; i++)
    check_caution (check, index, adapter->name, adapter->cautions->pdata[i]);
}

static gboolean
is_repeated (const NtTeamSpec *spec, guint index)
{
  for (guint i = 0; i < index; i++)
    if (g_str_equal (spec->members->pdata[i], spec->members->pdata[index]))
      return TRUE;
  return FALSE;
}

static void
check_member (NtCheck *check, guint index)
{
  const char *name = check->spec->members->pdata[index];
  const NtAdapter *adapter = nt_state_find_adapter (check->state, name);
  const char *other_team = find_other_team (check, name);

  if (is_repeated (check->spec, index))
    nt_check_report (check, NT_RULE_MEMBER_TWICE, name, NULL, "members[%u]", index);
  else if (other_team != NULL)
    nt_check_report (check, NT_RULE_MEMBER_OF_OTHER_TEAM, name, other_team, "members[%u]", index);
  else if (adapter != NULL)
    check_adapter (check, index, adapter);
  else if (is_team_or_interface (check->state, name))
    nt_check_report (check, NT_RULE_MEMBER_IS_TEAM, name, NULL, "members[%u]", index);
  else if (!was_defined (check, name))
    nt_check_report (check, NT_RULE_MEMBER_UNKNOWN, name, NULL, "members[%u]", index);
}

static void
check_speeds (NtCheck *check)
{
  gint64 first = -1;

  for (guint i = 0; i < check->spec->members->len; i++)
    {
      const NtAdapter *adapter = nt_state_find_adapter (check->state, check->spec->members->pdata[i]);

      if (adapter == NULL || adapter->speed_mbps == -1)
        continue;
      if (first != -1 && first != adapter->speed_mbps)
        {
          nt_check_report (check, NT_RULE_MIXED_SPEEDS, NULL, NULL, "members");
          return;
        }
      first = adapter->speed_mbps;
    }
}

/* Checks the number of members, each member, and their combination. */
void
nt_check_members (NtCheck *check)
{
  guint count = check->spec->members->len;
  char have[24], most[24];

  if (count == 0)
    nt_check_report (check, NT_RULE_MEMBERS_NONE, NULL, NULL, "members");
  if (count > NT_MEMBERS_MAX)
    nt_check_report (check, NT_RULE_MEMBERS_TOO_MANY, NT_NUMBER (have, count), NT_NUMBER (most, NT_MEMBERS_MAX),
                     "members");
  for (guint i = 0; i < count; i++)
    check_member (check, i);
  check_speeds (check);
}

/*
 * A virtual machine is connected to the switch of its host. That switch supports neither trunks nor LACP, and binds
 * each address to one port: a mode that depends on the switch, or moves addresses between members, cuts the guest off.
 */
static gboolean
check_guest (NtCheck *check)
{
  const NtHost *host = check->state->host;
  int balance = check->spec->balance;
  gboolean is_hash = balance != NT_BALANCE_HYPER_V_PORT && balance != NT_BALANCE_DYNAMIC;

  if (host->server_type != NT_SERVER_VIRTUAL || host->guest_modes)
    return TRUE;
  if (check->spec->mode != NT_MODE_SWITCH_INDEPENDENT)
    nt_check_report (check, NT_RULE_GUEST_NEEDS_SWITCH_INDEPENDENT, NULL, NULL, "mode");
  if (!is_hash)
    nt_check_report (check, NT_RULE_GUEST_NEEDS_ADDRESS_HASH, NULL, NULL, "balance");
  return is_hash;
}

static void
check_standby (NtCheck *check)
{
  const NtTeamSpec *spec = check->spec;

  if (!nt_strings_contain (spec->members, spec->standby))
    nt_check_report (check, NT_RULE_STANDBY_NOT_MEMBER, spec->standby, NULL, "standby");
  else if (spec->mode != NT_MODE_SWITCH_INDEPENDENT)
    nt_check_report (check, NT_RULE_STANDBY_NEEDS_SWITCH_INDEPENDENT, NULL, NULL, "standby");
  else if (spec->members->len == 1)
    nt_check_report (check, NT_RULE_STANDBY_ONLY_MEMBER, NULL, NULL, "standby");
}

/* Checks mode, load balancing and standby adapter. */
void
nt_check_modes (NtCheck *check)
{
  const NtTeamSpec *spec = check->spec;

  if (check_guest (check) && nt_packet_filter_is_needed (spec) && !check->state->host->filters)
    nt_check_report (check, NT_RULE_BALANCE_NEEDS_NFTABLES, NULL, NULL, "balance");
  if (spec->standby != NULL)
    check_standby (check);
}
