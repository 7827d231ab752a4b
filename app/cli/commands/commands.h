/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/command.h"

G_BEGIN_DECLS

const NtCommand *nt_commands_find (const char *noun, const char *verb);
const NtCommand *nt_commands_next (const NtCommand *command);
gboolean nt_commands_have_noun (const char *noun);

G_END_DECLS
