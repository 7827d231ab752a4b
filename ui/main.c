/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "ui/application/application.h"

int
main (int argc, char *argv[])
{
  g_autoptr (NtApplication) application = NULL;
  /* For running from the build directory */
  const char *locales = g_getenv ("NICTEAM_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locales ? locales : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_("NIC Teaming"));

  application = nt_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
