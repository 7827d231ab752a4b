/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/program/complete.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/cli/commands/commands.h"
#include "app/cli/program/complete-names.h"
#include "backend/model/base/enums.h"
#include "backend/model/link/bond-options.h"

/* A command line that is being completed */
typedef struct
{
  const GOptionEntry *global_options;
  const char *noun;
  const char *verb;
  const NtCommand *command; /* NULL until the noun and the verb are known */
  guint n_arguments;
  gboolean is_literal; /* "--" has ended the options */
  GPtrArray *servers; /* the values of --server */
  const GOptionEntry *open; /* the option whose value is being completed */
  const char *prefix; /* the typed part of the last word, without @lead */
  char *lead;         /* "--mode=" if the last word is an option with a value */
} Line;

/* The values of options */
static const struct
{
  const char *option;
  const NtEnum *words;
  NtNameKind names;
} values[] = {
  { "server", NULL, NT_NAME_TARGET },
  { "mode", &nt_team_mode_enum },
  { "balance", &nt_balance_enum },
  { "lacp-timer", &nt_lacp_timer_enum },
  { "role", &nt_role_enum },
  { "standby", NULL, NT_NAME_ADAPTER },
  { "member", NULL, NT_NAME_ADAPTER },
  { "interface", NULL, NT_NAME_INTERFACE },
};

/* The values of arguments, by their placeholder in the help */
static const struct
{
  const char *word;
  NtNameKind names;
} arguments[] = {
  { "TEAM", NT_NAME_TEAM },
  { "ADAPTER", NT_NAME_ADAPTER },
  { "INTERFACE", NT_NAME_INTERFACE },
  { "DEVICE", NT_NAME_DEVICE },
  { "SERVER", NT_NAME_SERVER },
};

static void
offer (const Line *line, const char *word, const char *description)
{
  if (g_str_has_prefix (word, line->prefix))
    g_print ("%s%s\t%s\n", line->lead, word, description);
}

static void
offer_names (const Line *line, NtNameKind kind)
{
  g_autoptr (GPtrArray) names = nt_complete_find_names (kind, (char **) line->servers->pdata);

  for (guint i = 0; i < names->len; i++)
    offer (line, names->pdata[i], "");
}

static void
offer_words (const Line *line, const NtEnum *words)
{
  for (int i = 0; i < words->n_values; i++)
    {
      g_autofree char *word = g_strdelimit (g_strdup (words->values[i].nick), "_", '-');

      offer (line, word, nt_enum_label (words, i));
    }
}

/* A shell that takes “=” for the end of a word completes only the name. */
static void
offer_bond_options (const Line *line)
{
  for (guint i = 0; i < nt_n_team_options; i++)
    {
      g_autofree char *word = g_strconcat (nt_team_options[i].name, "=", NULL);

      offer (line, word, _(nt_team_options[i].title));
    }
}

static void
offer_values (const Line *line)
{
  if (g_str_equal (line->open->long_name, "option"))
    offer_bond_options (line);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (g_str_equal (values[i].option, line->open->long_name))
      {
        if (values[i].words != NULL)
          offer_words (line, values[i].words);
        else
          offer_names (line, values[i].names);
      }
}

static void
offer_options (const Line *line, const GOptionEntry *options)
{
  for (; options != NULL && options->long_name != NULL; options++)
    {
      g_autofree char *word = g_strconcat ("--", options->long_name, NULL);

      offer (line, word, _(options->description));
    }
}

static void
offer_nouns (const Line *line)
{
  const char *last = "";

  for (const NtCommand *command = nt_commands_next (NULL); command != NULL; command = nt_commands_next (command))
    {
      if (!g_str_equal (command->noun, last))
        offer (line, command->noun, command->verb == NULL ? _(command->summary) : "");
      last = command->noun;
    }
}

static void
offer_verbs (const Line *line)
{
  for (const NtCommand *command = nt_commands_next (NULL); command != NULL; command = nt_commands_next (command))
    if (g_str_equal (command->noun, line->noun) && command->verb != NULL)
      offer (line, command->verb, _(command->summary));
}

/* In "TEAM ADAPTER…", the last placeholder applies to all further arguments. */
static void
offer_arguments (const Line *line)
{
  g_autofree char *plain = g_strdelimit (g_strdup (line->command->arguments), "[]", ' ');
  g_auto (GStrv) words = g_strsplit (g_strstrip (plain), " ", -1);
  guint count = g_strv_length (words);
  const char *word = count > 0 ? words[MIN (line->n_arguments, count - 1)] : "";

  if (line->n_arguments >= line->command->max_arguments)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    if (g_str_has_prefix (word, arguments[i].word))
      offer_names (line, arguments[i].names);
}

static const GOptionEntry *
find_in (const GOptionEntry *options, const char *word)
{
  for (; options != NULL && options->long_name != NULL; options++)
    if ((word[1] == '-' && g_str_equal (options->long_name, word + 2)) ||
        (word[1] == options->short_name && word[1] != '\0' && word[2] == '\0'))
      return options;
  return NULL;
}

static const GOptionEntry *
find_option (const Line *line, const char *word)
{
  const GOptionEntry *own = line->command ? find_in (line->command->options, word) : NULL;

  return own ? own : find_in (line->global_options, word);
}

/* TRUE if the next word is the value of @option */
static gboolean
takes_word (const GOptionEntry *option)
{
  return option != NULL && option->arg != G_OPTION_ARG_NONE && (option->flags & G_OPTION_FLAG_OPTIONAL_ARG) == 0;
}

static void
take_option (Line *line, const char *word)
{
  const char *equals = strchr (word, '=');
  g_autofree char *name = equals ? g_strndup (word, equals - word) : g_strdup (word);
  const GOptionEntry *option = find_option (line, name);

  if (equals != NULL && option != NULL && g_str_equal (option->long_name, "server"))
    g_ptr_array_add (line->servers, g_strdup (equals + 1));
  line->open = equals == NULL && takes_word (option) ? option : NULL;
}

static void
take_word (Line *line, const char *word)
{
  if (line->open != NULL)
    {
      if (g_str_equal (line->open->long_name, "server"))
        g_ptr_array_add (line->servers, g_strdup (word));
      line->open = NULL;
    }
  else if (!line->is_literal && g_str_equal (word, "--"))
    line->is_literal = TRUE;
  else if (!line->is_literal && *word == '-' && word[1] != '\0')
    take_option (line, word);
  else if (line->command != NULL)
    line->n_arguments++;
  else if (line->noun == NULL)
    {
      line->noun = word;
      line->command = nt_commands_find (word, NULL);
    }
  else
    line->command = nt_commands_find (line->noun, word);
}

/* Some shells do not split "--mode=la" at "=". */
static void
open_last (Line *line, char *word)
{
  char *equals = g_str_has_prefix (word, "--") ? strchr (word, '=') : NULL;
  g_autofree char *name = equals ? g_strndup (word, equals - word) : NULL;

  line->prefix = word;
  if (equals == NULL || line->open != NULL || line->is_literal)
    return;
  line->open = find_option (line, name);
  line->prefix = equals + 1;
  g_free (line->lead);
  line->lead = g_strndup (word, equals + 1 - word);
}

static void
offer_all (const Line *line)
{
  if (line->open != NULL)
    offer_values (line);
  else if (*line->prefix == '-' && !line->is_literal)
    {
      offer_options (line, line->command ? line->command->options : NULL);
      offer_options (line, line->global_options);
    }
  else if (line->noun == NULL)
    offer_nouns (line);
  else if (line->command == NULL)
    offer_verbs (line);
  else
    offer_arguments (line);
}

/**
 * nt_complete_run:
 * @words: (array zero-terminated=1): the arguments of the program; the last one, which may be empty, is completed
 *
 * Prints the possible completions of the last word, one per line: the word, a tab, a description.
 *
 * Returns: the exit status
 */
int
nt_complete_run (char **words, const GOptionEntry *global_options)
{
  Line line = { .global_options = global_options, .prefix = "", .lead = g_strdup ("") };
  guint count = g_strv_length (words);

  line.servers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i + 1 < count; i++)
    /* Other shells split "--mode=la" into three words. */
    if (!g_str_equal (words[i], "="))
      take_word (&line, words[i]);
  if (count > 0)
    open_last (&line, words[count - 1]);
  if (g_str_equal (line.prefix, "="))
    line.prefix = "";
  g_ptr_array_add (line.servers, NULL);
  offer_all (&line);
  g_ptr_array_unref (line.servers);
  g_free (line.lead);
  return NT_EXIT_OK;
}
