/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/history/event.h"

G_BEGIN_DECLS

/**
 * NtHealth:
 * @NT_HEALTH_OK: active
 * @NT_HEALTH_IDLE: in standby
 * @NT_HEALTH_WARNING: degraded
 * @NT_HEALTH_FAULT: faulted
 * @NT_HEALTH_UNKNOWN: unknown, as the server is not reachable
 * @NT_HEALTH_BUSY: not known yet
 * @NT_HEALTH_INFO: neither good nor bad
 *
 * The condition of a server, team, adapter or interface, as shown by icon and colour.
 */
typedef enum
{
  NT_HEALTH_OK,
  NT_HEALTH_IDLE,
  NT_HEALTH_WARNING,
  NT_HEALTH_FAULT,
  NT_HEALTH_UNKNOWN,
  NT_HEALTH_BUSY,
  NT_HEALTH_INFO,
} NtHealth;

NtHealth nt_health_of_status (int status);
NtHealth nt_health_of_team (const NtTeam *team);
NtHealth nt_health_of_state (const NtState *state);
NtHealth nt_health_of_link_state (int state);
NtHealth nt_health_of_outcome (int outcome);
NtHealth nt_health_of_event (const NtEvent *event);
int nt_health_get_rank (NtHealth health);

G_END_DECLS
