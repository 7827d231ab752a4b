/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/command.h"

G_BEGIN_DECLS

const NtCommand *nt_help_find_command (const char *noun, const char *verb);
const NtCommand *nt_help_next (const NtCommand *command);
gboolean nt_help_find_noun (const char *noun);
gboolean nt_help_print (const char *noun, const char *verb, const GOptionEntry *global_options);

G_END_DECLS
