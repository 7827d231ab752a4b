/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "place.h"

#include <glib/gstdio.h>

#include "hosts.h"

void
place_set_up (Place *place)
{
  place->directory = g_dir_make_tmp ("nicteam-fuzz-XXXXXX", NULL);
  g_assert (place->directory != NULL);
  place->kernel = nt_memory_kernel_new (host_with_adapters (4));
}

void
place_write (Place *place, const char *name, const guint8 *data, gsize size)
{
  g_autofree char *path = g_build_filename (place->directory, name, NULL);

  g_assert (g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* Returns: NULL if the agent would report an error and not start. */
NtEngine *
place_start_engine (Place *place)
{
  g_autoptr (NtHost) host = nt_host_new ();
  NtStore *store = nt_store_open (place->directory, NULL);

  g_assert (store != NULL);
  host->hostname = g_strdup ("server1");
  return nt_engine_new (NT_KERNEL (place->kernel), store, host, NULL);
}

void
place_tear_down (Place *place)
{
  g_autoptr (GDir) directory = g_dir_open (place->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (place->directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (place->directory);
  g_clear_pointer (&place->directory, g_free);
  g_clear_object (&place->kernel);
}
