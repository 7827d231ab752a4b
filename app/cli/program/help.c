/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/program/help.h"

#include <glib/gi18n-lib.h>

#include "app/cli/commands/commands.h"

/* The width of a printf() conversion counts bytes, not characters. */
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
  for (const NtCommand *command = nt_commands_next (NULL); command != NULL; command = nt_commands_next (command))
    if (noun == NULL || g_str_equal (noun, command->noun))
      print_command_line (command);
}

static void
print_exit_statuses (void)
{
  g_print ("\n%s\n", _("Exit status:"));
  for (NtExit code = NT_EXIT_OK; code < N_NT_EXITS; code++)
    g_print ("  %d  %s\n", code, nt_exit_get_text (code));
}

static void
print_one (const NtCommand *command)
{
  g_print (_("Usage: nicteam [OPTION…] %s%s%s %s\n\n%s\n"), command->noun, command->verb ? " " : "",
           command->verb ? command->verb : "", command->arguments, _(command->summary));
  if (command->options != NULL)
    print_options (_("Command options:"), command->options);
}

/**
 * nt_help_print:
 * @noun: (nullable): %NULL for the help of the whole program
 * @verb: (nullable): %NULL for the help of all commands of @noun
 *
 * Returns: %FALSE if there is no such command
 */
gboolean
nt_help_print (const char *noun, const char *verb, const GOptionEntry *global_options)
{
  const NtCommand *command = noun ? nt_commands_find (noun, verb) : NULL;

  if (noun != NULL && command == NULL && (verb != NULL || !nt_commands_have_noun (noun)))
    return FALSE;
  if (command != NULL)
    print_one (command);
  else
    print_commands (noun);
  print_options (_("Global options:"), global_options);
  if (noun == NULL)
    print_exit_statuses ();
  return TRUE;
}
