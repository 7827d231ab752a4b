/* SPDX-License-Identifier: GPL-3.0-or-later */

/* measure TIMES COMMAND… runs each command TIMES times, in turns, so that all of them run under the same conditions,
 * and prints one line of milliseconds per turn. A command is one argument: words separated by spaces, without
 * quotes. A command that begins with "-" is run in its place, but not measured; it cleans up. Output is discarded. */

#include <glib.h>
#include <stdlib.h>

static double
run (char **argv)
{
  g_autoptr (GError) error = NULL;
  GSpawnFlags flags = G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_LEAVE_DESCRIPTORS_OPEN;
  gint64 start = g_get_monotonic_time ();
  int status = 0;

  if (!g_spawn_sync (NULL, argv, NULL, flags, NULL, NULL, NULL, NULL, &status, &error) || status != 0)
    {
      g_printerr ("measure: %s: %s\n", argv[0], error ? error->message : "it failed");
      exit (1);
    }
  return (double) (g_get_monotonic_time () - start) / 1000;
}

int
main (int argc, char **argv)
{
  int times = argc > 1 ? atoi (argv[1]) : 0;

  for (int turn = 0; turn < times; turn++)
    {
      for (int i = 2; i < argc; i++)
        {
          gboolean is_measured = argv[i][0] != '-';
          g_auto (GStrv) words = g_strsplit (argv[i] + (is_measured ? 0 : 1), " ", -1);
          double milliseconds = run (words);

          if (is_measured)
            g_print ("%.3f ", milliseconds);
        }
      g_print ("\n");
    }
  return 0;
}
