/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/print/standard-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static int failure; /* errno of the first write that failed; nothing is written after it */
static struct sigaction inherited; /* what SIGPIPE does */

/* Without this, a socket could get the number of a closed standard stream, and the output would be sent to a server.
 * The mode is the wrong one, so that using the stream fails as if it were closed. */
static void
reserve_closed_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) == -1 && errno == EBADF)
      open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Classes of GIO ignore SIGPIPE in the whole process, so that a connection that breaks does not end it. The end of the
 * reader of standard output does, as with other tools, unless the parent process ignores that signal. */
static void
write_text (const char *text)
{
  struct sigaction of_glib;

  sigaction (SIGPIPE, &inherited, &of_glib);
  if (fputs (text, stdout) == EOF || fflush (stdout) != 0)
    failure = errno;
  sigaction (SIGPIPE, &of_glib, NULL);
}

/* Text for people is printed in the charset of the locale, as by g_print() without a handler. */
static void
print_cb (const char *text)
{
  const char *charset;
  g_autofree char *converted =
    g_get_charset (&charset) ? NULL : g_convert_with_fallback (text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);

  nt_stdout_write (converted ? converted : text);
}

/**
 * nt_stdout_open:
 *
 * Prepares standard output, before anything else is opened.
 */
void
nt_stdout_open (void)
{
  reserve_closed_streams ();
  sigaction (SIGPIPE, NULL, &inherited);
  g_set_print_handler (print_cb);
}

/**
 * nt_stdout_write:
 * @text: what is printed as it is, whatever the charset of the locale: data for programs
 */
void
nt_stdout_write (const char *text)
{
  if (failure == 0)
    write_text (text);
}

/* TRUE if something could not be written, so that it makes no sense to print more. */
gboolean
nt_stdout_has_failed (void)
{
  return failure != 0;
}

/**
 * nt_stdout_close:
 * @code: the exit status of the command
 *
 * Closes standard output, as some file systems report only then that a file could not be written.
 *
 * Returns: @code, or that of a failure if the output is incomplete
 */
NtExit
nt_stdout_close (NtExit code)
{
  if (fclose (stdout) != 0 && failure == 0)
    failure = errno;
  if (failure == 0)
    return code;
  g_printerr (_("nicteam: Cannot write to standard output: %s\n"), g_strerror (failure));
  return MAX (code, NT_EXIT_FAILED);
}
