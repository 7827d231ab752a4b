/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/program/program.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "app/cli/commands/commands.h"
#include "app/cli/frame/option.h"
#include "app/cli/frame/targets.h"
#include "app/cli/program/complete.h"
#include "app/cli/program/help.h"

static char **server_names;
static char *confirm_text, *deadline_text;
static NtConfirmMode confirm_mode;
static gint64 deadline_s = -1;
static gboolean use_json, dry_run, assume_yes, want_help, want_version;

/* One day; anything longer is likely a typing error. */
#define DEADLINE_MAX 86400

static gboolean
parse_confirm (GError **error)
{
  static const char *const modes[] = { "auto", "manual", "none" };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (confirm_text == NULL || g_str_equal (confirm_text, modes[i]))
      {
        confirm_mode = i;
        return TRUE;
      }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("%s: “%s” is not “auto”, “manual” or “none”"),
               "--confirm", confirm_text);
  return FALSE;
}

/* GOption takes back all options if the value of one is wrong. So values are parsed later, when it is known how and for
 * which servers an error is to be reported. */
static gboolean
parse_values (GError **error)
{
  return parse_confirm (error) &&
         (deadline_text == NULL ||
          nt_option_parse_number ("--deadline", deadline_text, 1, DEADLINE_MAX, &deadline_s, error));
}

static const GOptionEntry global_entries[] = {
  { "server", 's', 0, NT_OPTION_TEXTS, &server_names,
    N_("Server: a saved name, “@GROUP”, “ssh:HOST”, “unix:PATH” or “local”; may be repeated"), N_("SERVER") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &use_json, N_("Print a JSON array with one object per server"), NULL },
  { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run, N_("Show the steps without applying them"), NULL },
  { "yes", 'y', 0, G_OPTION_ARG_NONE, &assume_yes, N_("Do not ask for confirmation"), NULL },
  { "confirm", 0, 0, NT_OPTION_TEXT, &confirm_text,
    N_("How to confirm a change: “auto” (over a new connection), “manual” (“nicteam confirm”) or “none”"), N_("HOW") },
  { "deadline", 0, 0, NT_OPTION_TEXT, &deadline_text,
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
  for (; *argv != NULL; argv++)
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

/* Servers that cannot be found, which may be the error, are named as they were given. */
static void
print_usage_error (const char *message, NtOutputFormat format)
{
  g_autoptr (GPtrArray) servers = nt_targets_find (server_names, NULL);
  NtOutput *output = nt_output_new (format, FALSE);

  for (guint i = 0; servers != NULL && i < servers->len; i++)
    nt_output_add_error (output, ((NtTargetServer *) servers->pdata[i])->name, NT_EXIT_USAGE, message);
  for (char **name = server_names; servers == NULL && name != NULL && *name != NULL; name++)
    nt_output_add_error (output, *name, NT_EXIT_USAGE, message);
  nt_output_end (output);
  nt_output_free (output);
}

static NtOutputFormat
get_format (const NtCommand *command)
{
  if (!use_json)
    return NT_OUTPUT_TEXT;
  return command != NULL && command->is_stream ? NT_OUTPUT_JSON_LINES : NT_OUTPUT_JSON;
}

static int
fail_usage (const char *message, const char *noun, const char *verb)
{
  if (use_json)
    print_usage_error (message, get_format (noun ? nt_commands_find (noun, verb) : NULL));
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
  NtInvocation invocation = { servers,      use_json,         dry_run,   assume_yes, command->is_stream,
                              confirm_mode, (int) deadline_s, arguments, NULL };
  NtExit code;

  if (!check_count (command, arguments, &message))
    return fail_usage (message, command->noun, command->verb);
  if (servers == NULL)
    return fail_usage (error->message, NULL, NULL);

  invocation.output = nt_output_new (get_format (command), servers->len > 1);
  code = command->func (&invocation);
  nt_output_end (invocation.output);
  nt_output_free (invocation.output);
  return code;
}

/* Parses the options of @command in @words, and runs it with the other words and the literal ones. */
static int
parse_and_run (const NtCommand *command, char **words, char **literals)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = NULL;
  g_auto (GStrv) arguments = NULL;

  /* GOption takes the first word as the program name. */
  g_strv_builder_add (builder, command->noun);
  for (; *words != NULL; words++)
    g_strv_builder_add (builder, *words);
  rest = g_strv_builder_end (builder);
  if (!parse_own_options (command, &rest, &error))
    return fail_usage (error->message, command->noun, command->verb);

  for (char **word = rest + 1; *word != NULL; word++)
    g_strv_builder_add (builder, *word);
  for (; *literals != NULL; literals++)
    g_strv_builder_add (builder, *literals);
  arguments = g_strv_builder_end (builder);
  return run_command (command, arguments);
}

/* Returns the next word and moves on, first in @words and then in @literals; NULL at their end. */
static const char *
take_word (char ***words, char ***literals)
{
  char ***from = **words != NULL ? words : literals;

  return **from != NULL ? *(*from)++ : NULL;
}

static int
fail_unknown (const char *noun, const char *verb)
{
  g_autofree char *message = g_strdup_printf (_("Unknown command “%s %s”"), noun, verb);

  return fail_usage (message, nt_commands_have_noun (noun) ? noun : NULL, NULL);
}

/*
 * @words: start with the noun, as the program name and the global options have been removed
 * @literals: the words after "--", none of which is an option
 */
static int
dispatch (char **words, char **literals)
{
  const char *noun = take_word (&words, &literals);
  char **after_noun = words, **literals_after_noun = literals;
  const char *verb = take_word (&words, &literals);
  const NtCommand *command = noun ? nt_commands_find (noun, verb) : NULL;

  if (!want_help && (noun == NULL || (use_json && command == NULL && verb == NULL)))
    return fail_usage (_("No command given"), noun != NULL && nt_commands_have_noun (noun) ? noun : NULL, NULL);
  if (want_help || (command == NULL && verb == NULL))
    return nt_help_print (noun, verb, global_entries) ? (want_help ? NT_EXIT_OK : NT_EXIT_USAGE)
                                                     : fail_usage (_("Unknown command"), NULL, NULL);
  if (command == NULL)
    return fail_unknown (noun, verb);
  return command->verb != NULL ? parse_and_run (command, words, literals)
                               : parse_and_run (command, after_noun, literals_after_noun);
}

/*
 * Words of a terminal with another charset are converted. In the C locale, which services have, UTF-8 passes as it is.
 * Returns FALSE with @error set to a message for the user.
 */
static gboolean
make_utf8 (char **words, GError **error)
{
  for (; *words != NULL; words++)
    if (!g_utf8_validate (*words, -1, NULL))
      {
        char *converted = g_locale_to_utf8 (*words, -1, NULL, NULL, NULL);
        g_autofree char *shown = g_utf8_make_valid (*words, -1);

        if (converted == NULL)
          {
            g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is not valid UTF-8"), shown);
            return FALSE;
          }
        g_free (*words);
        *words = converted;
      }
  return TRUE;
}

/* Removes "--" and the words after it, and returns these. */
static char **
take_literals (char **words)
{
  char **literals;

  while (*words != NULL && !g_str_equal (*words, "--"))
    words++;
  if (*words == NULL)
    return g_new0 (char *, 1);
  literals = g_strdupv (words + 1);
  for (; *words != NULL; words++)
    g_clear_pointer (words, g_free);
  return literals;
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
  g_auto (GStrv) literals = NULL;

  /* An incomplete command line need not be valid. */
  if (argc > 1 && g_str_equal (argv[1], "complete"))
    return nt_complete_run (words + 2, global_entries);
  /* "--" ends the options of the command too, so it is not left to the parser of the global ones. */
  if (make_utf8 (words, &error))
    literals = take_literals (words);
  if (error != NULL || !parse_global_options (&words, &error))
    {
      /* GOption has taken back what it had set. */
      use_json = g_strv_contains ((const char *const *) words, "--json");
      return fail_usage (error->message, NULL, NULL);
    }
  if (want_version)
    {
      g_print ("nicteam %s\n", PACKAGE_VERSION);
      return NT_EXIT_OK;
    }
  if (!parse_values (&error))
    return fail_usage (error->message, NULL, NULL);
  return dispatch (words + 1, literals);
}
