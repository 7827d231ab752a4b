/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/commands/commands.h"

/* Each file has a table of its commands, which a noun of NULL ends. */
extern const NtCommand nt_adapter_commands[];
extern const NtCommand nt_team_commands[];
extern const NtCommand nt_member_commands[];
extern const NtCommand nt_interface_commands[];
extern const NtCommand nt_apply_commands[];
extern const NtCommand nt_change_commands[];
extern const NtCommand nt_server_commands[];
extern const NtCommand nt_watch_commands[];
extern const NtCommand nt_access_commands[];

static const NtCommand *const tables[] = {
  nt_adapter_commands, nt_team_commands,   nt_member_commands, nt_interface_commands,
  nt_apply_commands,   nt_change_commands, nt_server_commands, nt_access_commands,
  nt_watch_commands,
};

/**
 * nt_commands_find:
 * @verb: (nullable): ignored for commands that consist of a noun alone
 *
 * Returns: (nullable): the command named by @noun and @verb
 */
const NtCommand *
nt_commands_find (const char *noun, const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const NtCommand *command = tables[i]; command->noun != NULL; command++)
      if (g_str_equal (command->noun, noun) && (command->verb == NULL || g_strcmp0 (command->verb, verb) == 0))
        return command;
  return NULL;
}

static gboolean
is_in (const NtCommand *table, const NtCommand *command)
{
  for (; table->noun != NULL; table++)
    if (table == command)
      return TRUE;
  return FALSE;
}

/**
 * nt_commands_next:
 * @command: (nullable): %NULL to start
 *
 * Iterates over all commands.
 *
 * Returns: (nullable): the command after @command, or the first one
 */
const NtCommand *
nt_commands_next (const NtCommand *command)
{
  if (command == NULL)
    return tables[0];
  if (command[1].noun != NULL)
    return command + 1;
  for (guint i = 0; i + 1 < G_N_ELEMENTS (tables); i++)
    if (is_in (tables[i], command))
      return tables[i + 1];
  return NULL;
}

gboolean
nt_commands_have_noun (const char *noun)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const NtCommand *command = tables[i]; command->noun != NULL; command++)
      if (g_str_equal (command->noun, noun))
        return TRUE;
  return FALSE;
}
