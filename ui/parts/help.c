/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/parts/help.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/parts/error-dialog.h"

#define RESOURCES "/io/github/nicteam/Console/help"

/* Finds the page in the first available language of the user. */
static GBytes *
find_page (void)
{
  const char *const *languages = g_get_language_names ();

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.html", RESOURCES, languages[i]);
      GBytes *page = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      if (page != NULL)
        return page;
    }
  return g_resources_lookup_data (RESOURCES "/C.html", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/* Writes the page to a file of the user: browsers cannot read resources of a program, and sandboxed ones only files of
 * the user. */
static GFile *
write_page (GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "nicteam", NULL);
  g_autofree char *path = g_build_filename (folder, "help.html", NULL);
  g_autoptr (GBytes) page = find_page ();

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents (path, g_bytes_get_data (page, NULL), g_bytes_get_size (page), error))
    return NULL;
  return g_file_new_for_path (path);
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    nt_error_dialog_show (GTK_WIDGET (window), _("Showing the Help Failed"), error);
}

/**
 * nt_help_show:
 *
 * Shows the help in the browser of the user.
 */
void
nt_help_show (GtkWindow *window)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = write_page (&error);
  g_autoptr (GtkFileLauncher) launcher = NULL;

  if (file == NULL)
    {
      nt_error_dialog_show (GTK_WIDGET (window), _("Showing the Help Failed"), error);
      return;
    }
  launcher = gtk_file_launcher_new (file);
  gtk_file_launcher_launch (launcher, window, NULL, launched_cb, g_object_ref (window));
}
