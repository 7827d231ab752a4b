/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reach/transport.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

/**
 * NtConnection:
 * @NT_CONNECTION_CONNECTING: waiting for the first state
 * @NT_CONNECTION_ONLINE: receiving the state
 * @NT_CONNECTION_UNREACHABLE: not reachable; retried automatically
 * @NT_CONNECTION_DENIED: login denied; retried only by the user
 * @NT_CONNECTION_NO_ACCESS: the agent denies access to the user; retried only by the user
 * @NT_CONNECTION_HOST_KEY: the host key is unknown or has changed; retried only by the user
 * @NT_CONNECTION_NO_AGENT: the server is reachable, but no agent responds
 * @NT_CONNECTION_OLD_AGENT: the agent lacks a method that the console needs
 */
typedef enum
{
  NT_CONNECTION_CONNECTING,
  NT_CONNECTION_ONLINE,
  NT_CONNECTION_UNREACHABLE,
  NT_CONNECTION_DENIED,
  NT_CONNECTION_NO_ACCESS,
  NT_CONNECTION_HOST_KEY,
  NT_CONNECTION_NO_AGENT,
  NT_CONNECTION_OLD_AGENT,
} NtConnection;

#define NT_TYPE_SUBSCRIPTION (nt_subscription_get_type ())
G_DECLARE_FINAL_TYPE (NtSubscription, nt_subscription, NT, SUBSCRIPTION, GObject)

NtSubscription *nt_subscription_new (const NtServerAddress *address);
void nt_subscription_start (NtSubscription *self);
void nt_subscription_restart (NtSubscription *self, gboolean may_ask);
void nt_subscription_stop (NtSubscription *self);

NtConnection nt_subscription_get_connection (NtSubscription *self);
const char *nt_subscription_get_message (NtSubscription *self);
gboolean nt_subscription_is_read_only (NtSubscription *self);
const NtState *nt_subscription_get_state (NtSubscription *self);

G_END_DECLS
