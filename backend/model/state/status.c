/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/state/status.h"

#define NO_REASON (-1)

static void
judge (NtLinkState value, int why, int *state, int *reason)
{
  *state = value;
  *reason = why;
}

/**
 * nt_status_of_link:
 * @link: (nullable): a link that is not in a team; NULL = absent
 * @state: (out): a NtLinkState
 * @reason: (out): the reason for @state, a NtReason, or -1
 */
void
nt_status_of_link (const NtLink *link, int *state, int *reason)
{
  if (link == NULL)
    judge (NT_LINK_STATE_FAULTED, NT_REASON_ADAPTER_NOT_PRESENT, state, reason);
  else if (!link->up)
    judge (NT_LINK_STATE_FAULTED, NT_REASON_ADMINISTRATIVE_DECISION, state, reason);
  else if (!link->carrier)
    judge (NT_LINK_STATE_FAULTED, NT_REASON_MEDIA_DISCONNECTED, state, reason);
  else
    judge (NT_LINK_STATE_ACTIVE, NO_REASON, state, reason);
}

/* Checks the LACP state of a member; faults that mask others come first. */
static int
find_lacp_fault (const NtLink *adapter, const NtLink *bond)
{
  const gint64 actor = adapter->member->actor_state;
  const gint64 both_ways = NT_LACP_COLLECTING | NT_LACP_DISTRIBUTING;

  if (actor == -1)
    return NO_REASON;
  if (adapter->duplex == NT_DUPLEX_HALF)
    return NT_REASON_HALF_DUPLEX;
  /* A port that has not received an LACPDU yet also starts as expired: AD_RX_INITIALIZE in bond_3ad.c. */
  if (actor & NT_LACP_DEFAULTED)
    return NT_REASON_NO_LACP_PARTNER;
  if (actor & NT_LACP_EXPIRED)
    return NT_REASON_LACP_PARTNER_EXPIRED;
  if (adapter->member->aggregator != bond->bond->aggregator)
    return NT_REASON_LACP_OTHER_AGGREGATOR;
  if ((actor & both_ways) != both_ways)
    return NT_REASON_LACP_NEGOTIATING;
  return NO_REASON;
}

/* Explains MII down despite carrier: the driver is still waiting, or waits in vain for a known speed. */
static int
find_mii_fault (const NtLink *adapter)
{
  if (adapter->member->mii == NT_MII_BACK || adapter->member->mii == NT_MII_FAIL)
    return NT_REASON_WAITING_FOR_STABLE_CONNECTIVITY;
  return adapter->speed_mbps == -1 ? NT_REASON_UNKNOWN_SPEED : NT_REASON_WAITING_FOR_STABLE_CONNECTIVITY;
}

/**
 * nt_status_of_member:
 * @adapter: (nullable): the member's link; NULL = absent
 * @bond: (nullable): the link of its team
 * @state: (out): a NtLinkState
 * @reason: (out): the reason for @state, a NtReason, or -1
 */
void
nt_status_of_member (const NtLink *adapter, const NtLink *bond, int *state, int *reason)
{
  int fault;

  nt_status_of_link (adapter, state, reason);
  if (*reason != NO_REASON && *reason != NT_REASON_MEDIA_DISCONNECTED)
    return;
  if (bond == NULL || adapter->member == NULL || g_strcmp0 (adapter->master, bond->name) != 0)
    {
      judge (NT_LINK_STATE_FAULTED, NT_REASON_NOT_A_MEMBER, state, reason);
      return;
    }
  if (*reason != NO_REASON)
    return;

  if (!bond->up)
    fault = NT_REASON_ADMINISTRATIVE_DECISION;
  else
    fault = adapter->member->mii == NT_MII_UP ? find_lacp_fault (adapter, bond) : find_mii_fault (adapter);

  if (fault != NO_REASON)
    judge (NT_LINK_STATE_FAULTED, fault, state, reason);
  else if (bond->bond->options->mode == NT_BOND_ACTIVE_BACKUP && adapter->member->backup)
    judge (NT_LINK_STATE_STANDBY, NO_REASON, state, reason);
}

static guint
count_in_state (const GPtrArray *members, NtLinkState state)
{
  guint count = 0;

  for (guint i = 0; i < members->len; i++)
    count += ((const NtMember *) members->pdata[i])->state == (int) state;
  return count;
}

/* Below min_links, the driver turns the carrier of a LACP bond off: bond_3ad_set_carrier(). */
static gboolean
has_too_few_active (const GPtrArray *members, const NtLink *bond)
{
  const NtBondOptions *options = bond && bond->bond ? bond->bond->options : NULL;

  return options != NULL && options->mode == NT_BOND_8023AD &&
         (gint64) count_in_state (members, NT_LINK_STATE_ACTIVE) < options->min_links;
}

/**
 * nt_status_of_interface:
 * @link: (nullable): the team interface's link; NULL = absent
 * @bond: (nullable): the link of @team
 * @state: (out): a NtLinkState
 * @reason: (out): the reason for @state, a NtReason, or -1
 */
void
nt_status_of_interface (const NtLink *link, const NtLink *bond, const NtTeam *team, int *state, int *reason)
{
  gboolean has_active = count_in_state (team->members, NT_LINK_STATE_ACTIVE) > 0;

  nt_status_of_link (link, state, reason);
  if (team->status == NT_STATUS_FAULT && (*reason == NO_REASON || *reason == NT_REASON_MEDIA_DISCONNECTED))
    judge (NT_LINK_STATE_FAULTED,
           has_active && has_too_few_active (team->members, bond) ? NT_REASON_TOO_FEW_ACTIVE_MEMBERS
                                                                 : NT_REASON_NO_ACTIVE_MEMBER,
           state, reason);
}

/**
 * nt_status_of_team:
 * @members: (element-type NtMember): the members of a team, including absent ones
 * @bond: (nullable): the link of the team
 *
 * Returns: OK; a warning if any member is faulted or not in the definition; a fault if all members are faulted, or fewer
 *   are active than required
 */
NtStatus
nt_status_of_team (const GPtrArray *members, const NtLink *bond)
{
  guint faulted = count_in_state (members, NT_LINK_STATE_FAULTED);
  guint undefined = 0;

  for (guint i = 0; i < members->len; i++)
    undefined += !((const NtMember *) members->pdata[i])->defined;
  if (faulted == members->len || has_too_few_active (members, bond))
    return NT_STATUS_FAULT;
  return faulted + undefined > 0 ? NT_STATUS_WARNING : NT_STATUS_OK;
}

/**
 * nt_status_of_host:
 * @teams: (element-type NtTeam): the teams of the host
 *
 * Returns: the worst status of the teams
 */
NtStatus
nt_status_of_host (const GPtrArray *teams)
{
  NtStatus worst = NT_STATUS_OK;

  for (guint i = 0; i < teams->len; i++)
    worst = MAX (worst, (NtStatus) ((const NtTeam *) teams->pdata[i])->status);
  return worst;
}
