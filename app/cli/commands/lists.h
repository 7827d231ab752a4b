/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/session.h"

G_BEGIN_DECLS

/* Tables and argument parsers that several commands share */
NtExit nt_lists_add_teams (NtSession *session, NtInvocation *invocation);
void nt_lists_add_members_of (NtSession *session, NtInvocation *invocation, const NtTeam *team, const char *pattern);
void nt_lists_add_interfaces_of (NtSession *session, NtInvocation *invocation, const NtTeam *team, const char *pattern);

gboolean nt_lists_is_interface (const NtInterface *interface, const char *pattern);

NtExit nt_lists_set_enabled (NtInvocation *invocation, gboolean enable);
gboolean nt_lists_parse_vlan (const char *text, gint64 *vlan, GError **error);
gboolean nt_lists_parse_mtu (const char *text, gint64 *mtu, GError **error);

G_END_DECLS
