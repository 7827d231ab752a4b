/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "place.h"

/*
 * With any content of the files in the store, the agent starts, or reports why it does not; the next agent starts
 * from the files that remain. The first byte selects the file.
 */
static const char *const files[] = { "teams.json", "checkpoint.json", "history.json" };

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  Place place;
  g_autoptr (NtEngine) engine = NULL;

  if (size == 0)
    return 0;
  place_set_up (&place);
  place_write (&place, files[data[0] % G_N_ELEMENTS (files)], data + 1, size - 1);
  engine = place_start_engine (&place);
  if (engine != NULL)
    {
      g_clear_object (&engine);
      engine = place_start_engine (&place);
      g_assert (engine != NULL);
    }
  g_clear_object (&engine);
  place_tear_down (&place);
  return 0;
}
