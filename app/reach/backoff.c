/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/reach/backoff.h"

#define FIRST_DELAY 1000
#define LONGEST_DELAY 60000

/* A random part of the delay, up to this share, is subtracted, so that many consoles do not reconnect at the same
 * time. */
#define JITTER 0.25

/**
 * nt_backoff_get_delay:
 * @attempt: number of failed attempts
 * @chance: a random number from 0 to 1
 *
 * Returns: the delay before the next attempt in milliseconds: 1 s, doubled with each attempt up to 60 s, less up to a
 *   quarter
 */
guint
nt_backoff_get_delay (guint attempt, double chance)
{
  guint delay = MIN (FIRST_DELAY << MIN (attempt, 6), LONGEST_DELAY);

  return delay - (guint) (delay * JITTER * chance);
}
