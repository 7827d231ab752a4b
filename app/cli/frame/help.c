/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/frame/help.h"

#include <glib/gi18n-lib.h>

static const NtCommand *const tables[] = {
  nt_adapter_commands, nt_team_commands,   nt_member_commands, nt_interface_commands,
  nt_apply_commands,   nt_change_commands, nt_server_commands, nt_access_commands,
  nt_watch_commands,
};

/**
 * nt_help_find_command:
 * @noun: the first word
 * @verb: (nullable): the second one
 *
 * Returns: (nullable): the command
 */
const NtCommand *
nt_help_find_command (const char *noun, const char *verb)
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
 * nt_help_next:
 * @command: (nullable): a command
 *
 * Returns: (nullable): the one behind it, or the first of all
 */
const NtCommand *
nt_help_next (const NtCommand *command)
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
nt_help_find_noun (const char *noun)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const NtCommand *command = tables[i]; command->noun != NULL; command++)
      if (g_str_equal (command->noun, noun))
        return TRUE;
  return FALSE;
}

/* printf() counts bytes, and "…" has three. */
static void
print_pair (const char *indent, const char *left, const char *right, int width)
{
  g_print ("%s%s%*s %s\n", indent, left, (int) MAX (width - g_utf8_strlen (left, -1), 0), "", right);
}

static void
print_options (const char *title, const GOptionEntry *options)
{
  g_print ("\n%s\n", title);
  for (; options->long_name != NULL; options++)
    {
      g_autofree char *letter = options->short_name ? g_strdup_printf ("-%c, ", options->short_name) : g_strdup ("    ");
      const char *value = options->arg_description ? _(options->arg_description) : "";
      gboolean is_optional = (options->flags & G_OPTION_FLAG_OPTIONAL_ARG) != 0;
      g_autofree char *name = g_strconcat (letter, "--", options->long_name, *value ? (is_optional ? "[=" : "=") : "", value,
                                           is_optional ? "]" : "", NULL);

      print_pair ("  ", name, _(options->description), 28);
    }
}

static void
print_command_line (const NtCommand *command)
{
  g_autofree char *line = g_strjoin (" ", command->noun, command->verb ? command->verb : command->arguments,
                                     command->verb ? command->arguments : NULL, NULL);

  print_pair ("  ", g_strchomp (line), _(command->summary), 34);
}

static void
print_commands (const char *noun)
{
  g_print (_("Usage: nicteam [OPTION…] NOUN VERB [ARGUMENT…]\n"));
  g_print ("\n%s\n", _("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const NtCommand *command = tables[i]; command->noun != NULL; command++)
      if (noun == NULL || g_str_equal (noun, command->noun))
        print_command_line (command);
}

static void
print_exit_codes (void)
{
  g_print ("\n%s\n", _("Exit status:"));
  g_print ("  0  %s\n", _("all is done"));
  g_print ("  1  %s\n", _("something else went wrong"));
  g_print ("  2  %s\n", _("the command line was not understood"));
  g_print ("  3  %s\n", _("a server could not be reached"));
  g_print ("  4  %s\n", _("the request names what is not there, or breaks a rule; nothing was changed"));
  g_print ("  5  %s\n", _("the kernel refused; what had been done was undone"));
  g_print ("  6  %s\n", _("it is done, but a team was not up in the time of --wait"));
}

static void
print_one (const NtCommand *command)
{
  g_print (_("Usage: nicteam [OPTION…] %s%s%s %s\n\n%s\n"), command->noun, command->verb ? " " : "",
           command->verb ? command->verb : "", command->arguments, _(command->summary));
  if (command->options != NULL)
    print_options (_("Options of this command:"), command->options);
}

/**
 * nt_help_print:
 * @noun: (nullable): what to explain
 * @verb: (nullable): likewise
 * @global_options: the options that all commands have
 *
 * Returns: whether there is such a thing
 */
gboolean
nt_help_print (const char *noun, const char *verb, const GOptionEntry *global_options)
{
  const NtCommand *command = noun ? nt_help_find_command (noun, verb) : NULL;

  if (noun != NULL && command == NULL && (verb != NULL || !nt_help_find_noun (noun)))
    return FALSE;
  if (command != NULL)
    print_one (command);
  else
    print_commands (noun);
  print_options (_("Options:"), global_options);
  if (noun == NULL)
    print_exit_codes ();
  return TRUE;
}
