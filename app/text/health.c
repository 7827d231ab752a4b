/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/text/health.h"

/**
 * nt_health_of_status:
 * @status: an NtStatus, or a value that only newer agents know
 */
NtHealth
nt_health_of_status (int status)
{
  switch (status)
    {
    case NT_STATUS_OK:
      return NT_HEALTH_OK;
    case NT_STATUS_WARNING:
      return NT_HEALTH_WARNING;
    case NT_STATUS_FAULT:
      return NT_HEALTH_FAULT;
    default:
      return NT_HEALTH_UNKNOWN;
    }
}

/**
 * nt_health_of_team:
 *
 * Returns: the health of a team; a team with drift has at least a warning
 */
NtHealth
nt_health_of_team (const NtTeam *team)
{
  NtHealth health = nt_health_of_status (team->status);

  return health == NT_HEALTH_OK && team->drift->len > 0 ? NT_HEALTH_WARNING : health;
}

/**
 * nt_health_of_state:
 *
 * Returns: the health of a server, which is that of its worst team
 */
NtHealth
nt_health_of_state (const NtState *state)
{
  NtHealth health = nt_health_of_status (state->status);

  for (guint i = 0; health == NT_HEALTH_OK && i < state->teams->len; i++)
    health = nt_health_of_team (state->teams->pdata[i]);
  return health;
}

/**
 * nt_health_of_link_state:
 * @state: an NtLinkState of an adapter, member or interface, or a value that only newer agents know
 */
NtHealth
nt_health_of_link_state (int state)
{
  switch (state)
    {
    case NT_LINK_STATE_ACTIVE:
      return NT_HEALTH_OK;
    case NT_LINK_STATE_STANDBY:
      return NT_HEALTH_IDLE;
    case NT_LINK_STATE_FAULTED:
      return NT_HEALTH_FAULT;
    default:
      return NT_HEALTH_UNKNOWN;
    }
}

/**
 * nt_health_of_outcome:
 * @outcome: an NtOutcome, or a value that only newer agents know
 */
NtHealth
nt_health_of_outcome (int outcome)
{
  switch (outcome)
    {
    case NT_OUTCOME_KEPT:
      return NT_HEALTH_OK;
    case NT_OUTCOME_REVERTED:
    case NT_OUTCOME_REPAIRED:
      return NT_HEALTH_WARNING;
    default:
      return NT_HEALTH_FAULT;
    }
}

NtHealth
nt_health_of_event (const NtEvent *event)
{
  switch (event->kind)
    {
    case NT_EVENT_ADAPTER_STATE:
      return nt_health_of_link_state (event->state);
    case NT_EVENT_TEAM_STATUS:
      return nt_health_of_status (event->status);
    case NT_EVENT_ADAPTER_DISAPPEARED:
    case NT_EVENT_DRIFT:
      return NT_HEALTH_WARNING;
    case NT_EVENT_CHANGE:
      return event->outcome == NT_OUTCOME_KEPT ? NT_HEALTH_INFO : nt_health_of_outcome (event->outcome);
    default:
      return NT_HEALTH_INFO;
    }
}

/**
 * nt_health_get_rank:
 *
 * Returns: a sort key that puts problems first
 */
int
nt_health_get_rank (NtHealth health)
{
  static const int ranks[] = {
    [NT_HEALTH_FAULT] = 0, [NT_HEALTH_UNKNOWN] = 1, [NT_HEALTH_WARNING] = 2,
    [NT_HEALTH_BUSY] = 3,  [NT_HEALTH_IDLE] = 4,    [NT_HEALTH_OK] = 5,
    [NT_HEALTH_INFO] = 6,
  };

  return ranks[MIN (health, G_N_ELEMENTS (ranks) - 1)];
}
