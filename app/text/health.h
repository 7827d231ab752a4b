/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/history/event.h"

G_BEGIN_DECLS

/**
 * NtHealth:
 * @NT_HEALTH_OK: works
 * @NT_HEALTH_IDLE: works, and waits for its turn
 * @NT_HEALTH_WARNING: works, degraded
 * @NT_HEALTH_FAULT: does not work
 * @NT_HEALTH_UNKNOWN: nobody knows: the server cannot be reached
 * @NT_HEALTH_BUSY: will be known in a moment
 * @NT_HEALTH_INFO: is neither good nor bad
 *
 * What a symbol and a colour can say of a server, team, adapter or interface.
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
