/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/base/clock.h"

static guint
add_main_loop_timeout (guint milliseconds, GSourceFunc func, gpointer user_data)
{
  return milliseconds > 0 ? g_timeout_add (milliseconds, func, user_data) : g_idle_add (func, user_data);
}

static void
remove_source (guint id)
{
  g_source_remove (id);
}

static const NtClock system_clock = { g_get_monotonic_time, g_get_real_time, add_main_loop_timeout, remove_source };
static const NtClock *current = &system_clock;

/**
 * nt_clock_set:
 * @clock: (nullable): static; %NULL = the system's clock and the main loop
 *
 * Replaces the clock of this process. Timeouts of the previous one stay with it.
 */
void
nt_clock_set (const NtClock *clock)
{
  current = clock ? clock : &system_clock;
}

gint64
nt_clock_get_monotonic_us (void)
{
  return current->get_monotonic_us ();
}

gint64
nt_clock_get_real_us (void)
{
  return current->get_real_us ();
}

/* Returns seconds since 1970, as they are stored and sent. */
gint64
nt_clock_get_real_s (void)
{
  return current->get_real_us () / G_USEC_PER_SEC;
}

/**
 * nt_clock_add_timeout:
 * @milliseconds: 0 = as soon as nothing else is to be done
 * @func: called again each time that it returns %G_SOURCE_CONTINUE
 *
 * Returns: an id for nt_clock_clear()
 */
guint
nt_clock_add_timeout (guint milliseconds, GSourceFunc func, gpointer user_data)
{
  return current->add_timeout (milliseconds, func, user_data);
}

/**
 * nt_clock_clear:
 * @id: (inout): the id of a timeout, or 0; set to 0
 *
 * Cancels a timeout.
 */
void
nt_clock_clear (guint *id)
{
  if (*id != 0)
    current->remove (*id);
  *id = 0;
}
