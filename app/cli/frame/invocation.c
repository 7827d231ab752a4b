/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/frame/invocation.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

#include "app/cli/frame/targets.h"

/**
 * nt_invocation_fail:
 * @server: (nullable): the server that the failure concerns; %NULL for all that the command is for
 * @code: the exit status
 * @format: a message that says what failed and what to do
 *
 * Reports a failure on standard error and in the JSON output.
 *
 * Returns: @code
 */
NtExit
nt_invocation_fail (NtInvocation *self, const char *server, NtExit code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (server != NULL)
    {
      g_autofree char *line = g_strdup_printf ("nicteam: %s: %s", server, message);

      nt_output_print_error (self->output, line);
      nt_output_add_error (self->output, server, code, message);
    }
  else
    {
      g_printerr ("nicteam: %s\n", message);
      for (guint i = 0; i < self->servers->len; i++)
        nt_output_add_error (self->output, ((NtTargetServer *) self->servers->pdata[i])->name, code, message);
    }
  return code;
}

static void
refuse (NtInvocation *self, const char *server, const char *question)
{
  g_autofree char *message = g_strdup_printf ("%s %s", question, _("Not a terminal; use --yes to confirm."));
  g_autofree char *line = g_strdup_printf ("nicteam: %s", message);

  nt_output_print_error (self->output, line);
  nt_output_add_error (self->output, server, NT_EXIT_USAGE, message);
}

/**
 * nt_invocation_confirm:
 * @server: the server that would be changed
 * @question: names the change, ends with a question mark
 *
 * Asks the user on the terminal; without a terminal, --yes is required.
 *
 * Returns: %TRUE if the change may be made
 */
gboolean
nt_invocation_confirm (NtInvocation *self, const char *server, const char *question)
{
  char answer[16];

  if (self->yes || self->dry_run)
    return TRUE;
  if (!isatty (STDIN_FILENO))
    {
      refuse (self, server, question);
      return FALSE;
    }
  g_printerr ("%s [%s] ", question, _("y/N"));
  if (fgets (answer, sizeof answer, stdin) != NULL && g_ascii_strcasecmp (g_strstrip (answer), _("y")) == 0)
    return TRUE;
  nt_output_add_error (self->output, server, NT_EXIT_USAGE, _("The user answered no"));
  return FALSE;
}
