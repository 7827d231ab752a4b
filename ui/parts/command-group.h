/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NT_TYPE_COMMAND_GROUP (nt_command_group_get_type ())
G_DECLARE_FINAL_TYPE (NtCommandGroup, nt_command_group, NT, COMMAND_GROUP, AdwPreferencesGroup)

void nt_command_group_set_command (NtCommandGroup *self, const char *command);

G_END_DECLS
