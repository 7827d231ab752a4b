/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reach/transport.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

/**
 * NtConnection:
 * @NT_CONNECTION_CONNECTING: the first answer is awaited
 * @NT_CONNECTION_ONLINE: the state is followed
 * @NT_CONNECTION_UNREACHABLE: it is tried again and again
 * @NT_CONNECTION_DENIED: nobody may log in; it is tried again only when the user wants so
 * @NT_CONNECTION_NO_ACCESS: likewise; the agent does not serve who has logged in
 * @NT_CONNECTION_HOST_KEY: likewise; its key is not known, or not the one that it was
 * @NT_CONNECTION_NO_AGENT: the server is there, and no agent answers
 * @NT_CONNECTION_OLD_AGENT: its agent does not know what is asked of it
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
