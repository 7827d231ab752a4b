/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "health.h"

/**
 * nt_health_of_status:
 * @status: an NtStatus; a newer agent may know more
 *
 * Returns: the health of a team or a server
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
 * nt_health_of_link_state:
 * @state: an NtLinkState; a newer agent may know more
 *
 * Returns: the health of an adapter, member or team interface
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
 * nt_health_get_rank:
 * @health: a health
 *
 * Returns: where it stands in a list that has problems first; the smallest is the worst
 */
int
nt_health_get_rank (NtHealth health)
{
  static const int ranks[] = {
    [NT_HEALTH_FAULT] = 0, [NT_HEALTH_UNKNOWN] = 1, [NT_HEALTH_WARNING] = 2,
    [NT_HEALTH_BUSY] = 3,  [NT_HEALTH_IDLE] = 4,    [NT_HEALTH_OK] = 5,
  };

  return ranks[MIN (health, G_N_ELEMENTS (ranks) - 1)];
}
