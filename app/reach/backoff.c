/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/reach/backoff.h"

#define FIRST_DELAY 1000
#define LONGEST_DELAY 60000

/* Up to this part of a delay is taken off by chance, so that many consoles do
 * not all come back at once. */
#define JITTER 0.25

/**
 * nt_backoff_get_delay:
 * @attempt: how many attempts have failed before, from 0
 * @chance: a random number from 0 to 1
 *
 * Returns: how long to wait before the next attempt, in milliseconds: 1 s,
 *   doubled with each attempt up to 60 s, less up to a quarter
 */
guint
nt_backoff_get_delay (guint attempt, double chance)
{
  guint delay = MIN (FIRST_DELAY << MIN (attempt, 6), LONGEST_DELAY);

  return delay - (guint) (delay * JITTER * chance);
}
