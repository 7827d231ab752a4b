/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The errors of the agent's interface, see io.github.nicteam.Agent.varlink. */
typedef enum
{
  NT_AGENT_ERROR_REFUSED,
  NT_AGENT_ERROR_STALE_GENERATION,
  NT_AGENT_ERROR_OPERATION_FAILED,
  NT_AGENT_ERROR_CHANGE_PENDING,
  NT_AGENT_ERROR_NOTHING_PENDING,
  NT_AGENT_ERROR_CONNECTION_TOO_OLD,
  NT_AGENT_ERROR_REVERT_FAILED,
  NT_AGENT_ERROR_STORE_FAILED,
  NT_AGENT_ERROR_CHANGE_SUPERSEDED,
  NT_AGENT_ERROR_NOTHING_TO_UNDO,
  NT_AGENT_ERROR_ACCESS_DENIED,
  NT_AGENT_ERROR_NOT_FOUND,
  NT_AGENT_ERROR_OTHER, /* not from the agent, or unknown to this version */
} NtAgentError;

/* The party that has to act on an error. */
typedef enum
{
  NT_AGENT_ERROR_OF_REQUEST, /* nothing was changed; ask for something else, or later */
  NT_AGENT_ERROR_OF_KERNEL,
  NT_AGENT_ERROR_OF_AGENT,
} NtAgentErrorKind;

NtAgentError nt_agent_error_get (const GError *error);
NtAgentErrorKind nt_agent_error_get_kind (const GError *error);
char *nt_agent_error_describe (const GError *error);

G_END_DECLS
