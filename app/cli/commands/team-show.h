/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/command.h"

G_BEGIN_DECLS

NtExit nt_team_show (NtInvocation *invocation);

G_END_DECLS
