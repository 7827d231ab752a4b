/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/command.h"

G_BEGIN_DECLS

extern const GOptionEntry nt_adopt_options[];

NtExit nt_adopt_bond (NtInvocation *invocation);

G_END_DECLS
