/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "app/cli/print/standard-output.h"
#include "app/cli/program/program.h"

int
main (int argc, char **argv)
{
  nt_stdout_open ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("nicteam");
  return (int) nt_stdout_close ((NtExit) nt_program_run (argc, argv));
}
