/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/program/program.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "app/cli/commands/commands.h"
#include "app/cli/frame/targets.h"
#include "app/cli/program/complete.h"
#include "app/cli/program/help.h"

static char **server_names;
static NtConfirmMode confirm_mode;
static int deadline = -1;
static gboolean use_json, dry_run, assume_yes, want_help, want_version;

/* One day; anything longer is likely a typing error. */
#define DEADLINE_MAX 86400

static gboolean
parse_confirm (const char *name, const char *value, gpointer data, GError **error)
{
  static const char *const modes[] = { "auto", "manual", "none" };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (g_str_equal (value, modes[i]))
      {
        confirm_mode = i;
        return TRUE;
      }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: “%s” is not “auto”, “manual” or “none”"), name,
               value);
  return FALSE;
}

static gboolean
parse_deadline (const char *name, const char *value, gpointer data, GError **error)
{
  gint64 seconds;

  if (!g_ascii_string_to_signed (value, 10, 1, DEADLINE_MAX, &seconds, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("%s: “%s” is not a number of seconds from 1 to %d"), name, value, DEADLINE_MAX);
      return FALSE;
    }
  deadline = (int) seconds;
  return TRUE;
}

static const GOptionEntry global_entries[] = {
  { "server", 's', 0, G_OPTION_ARG_STRING_ARRAY, &server_names,
    N_("Server: a saved name, “@GROUP”, “ssh:HOST”, “unix:PATH” or “local”; may be repeated"), N_("SERVER") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &use_json, N_("Print a JSON array with one object per server"), NULL },
  { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, N_("Show the steps without applying them"), NULL },
  { "yes", 'y', 0, G_OPTION_ARG_NONE, &assume_yes, N_("Do not ask for confirmation"), NULL },
  { "confirm", 0, 0, G_OPTION_ARG_CALLBACK, parse_confirm,
    N_("How to confirm a change: “auto” (over a new connection), “manual” (“nicteam confirm”) or “none”"), N_("HOW") },
  { "deadline", 0, 0, G_OPTION_ARG_CALLBACK, parse_deadline,
    N_("Roll the change back unless it is confirmed within this time"), N_("SECONDS") },
  { "help", 'h', 0, G_OPTION_ARG_NONE, &want_help, N_("Show help for the program, a noun or a command"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &want_version, N_("Show the version"), NULL },
  { NULL },
};

/* Removes the global options from @argv. */
static gboolean
parse_global_options (char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_add_main_entries (context, global_entries, GETTEXT_PACKAGE);
  return g_option_context_parse_strv (context, argv, error);
}

/* Without "=", GOption would take the word after "--wait" as its value. */
static void
terminate_option (const GOptionEntry *option, char **word)
{
  g_autofree char *name = g_strconcat ("--", option->long_name, NULL);

  if ((option->flags & G_OPTION_FLAG_OPTIONAL_ARG) == 0 || !g_str_equal (*word, name))
    return;
  g_free (*word);
  *word = g_strconcat (name, "=", NULL);
}

static void
terminate_options (const NtCommand *command, char **argv)
{
  for (; *argv != NULL && !g_str_equal (*argv, "--"); argv++)
    for (const GOptionEntry *option = command->options; option != NULL && option->long_name != NULL; option++)
      terminate_option (option, argv);
}

static gboolean
parse_own_options (const NtCommand *command, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  terminate_options (command, *argv);
  g_option_context_set_help_enabled (context, FALSE);
  if (command->options != NULL)
    g_option_context_add_main_entries (context, command->options, GETTEXT_PACKAGE);
  return g_option_context_parse_strv (context, argv, error);
}

static int
fail_usage (const char *message, const char *noun, const char *verb)
{
  g_printerr ("nicteam: %s\n", message);
  g_printerr (_("See: nicteam%s%s%s%s --help\n"), noun ? " " : "", noun ? noun : "", verb ? " " : "", verb ? verb : "");
  return NT_EXIT_USAGE;
}

static gboolean
check_count (const NtCommand *command, char **arguments, char **message)
{
  guint count = g_strv_length (arguments);

  if (count < command->min_arguments)
    *message = g_strdup_printf (_("Too few arguments; expected: %s"), command->arguments);
  else if (count > command->max_arguments)
    *message = g_strdup_printf (_("Unexpected argument “%s”"), arguments[command->max_arguments]);
  return *message == NULL;
}

static int
run_command (const NtCommand *command, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GPtrArray) servers = nt_targets_find (server_names, &error);
  NtInvocation invocation = { servers, use_json, dry_run, assume_yes, FALSE, confirm_mode, deadline, arguments, NULL };
  NtExit code;

  if (!check_count (command, arguments, &message))
    return fail_usage (message, command->noun, command->verb);
  if (servers == NULL)
    return fail_usage (error->message, NULL, NULL);

  invocation.output = nt_output_new (use_json, servers->len > 1);
  code = command->func (&invocation);
  nt_output_free (invocation.output);
  return code;
}

/* @argv starts with the noun: the program name and the global options have been removed. */
static int
dispatch (char **argv)
{
  const char *noun = argv[0];
  const char *verb = noun ? argv[1] : NULL;
  const NtCommand *command = noun ? nt_commands_find (noun, verb) : NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = NULL;

  if (noun == NULL && !want_help)
    return fail_usage (_("No command given"), NULL, NULL);
  if (want_help || (command == NULL && verb == NULL))
    return nt_help_print (noun, verb, global_entries) ? (want_help ? NT_EXIT_OK : NT_EXIT_USAGE)
                                                     : fail_usage (_("Unknown command"), NULL, NULL);
  if (command == NULL)
    {
      g_autofree char *message = g_strdup_printf (_("Unknown command “%s %s”"), noun, verb);

      return fail_usage (message, nt_commands_have_noun (noun) ? noun : NULL, NULL);
    }

  /* GOption takes the first word as the program name. */
  rest = g_strdupv (command->verb ? argv + 1 : argv);
  if (!parse_own_options (command, &rest, &error))
    return fail_usage (error->message, command->noun, command->verb);
  return run_command (command, rest + 1);
}

/**
 * nt_program_run:
 *
 * Runs the program with the arguments of main().
 *
 * Returns: an #NtExit
 */
int
nt_program_run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_strdupv (argv);

  /* An incomplete command line need not be valid. */
  if (argc > 1 && g_str_equal (argv[1], "complete"))
    return nt_complete_run (words + 2, global_entries);
  if (!parse_global_options (&words, &error))
    return fail_usage (error->message, NULL, NULL);
  if (want_version)
    {
      g_print ("nicteam %s\n", PACKAGE_VERSION);
      return NT_EXIT_OK;
    }
  return dispatch (words + 1);
}
