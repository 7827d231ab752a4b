/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NtClock:
 * @get_monotonic_us: microseconds that never go back
 * @get_real_us: microseconds since 1970, in UTC
 * @add_timeout: calls a function after a time in milliseconds, until it returns %G_SOURCE_REMOVE; 0 = when idle
 * @remove: cancels a timeout
 *
 * The agent's only source of time and timers, so that tests can simulate schedules.
 */
typedef struct
{
  gint64 (*get_monotonic_us) (void);
  gint64 (*get_real_us) (void);
  guint (*add_timeout) (guint milliseconds, GSourceFunc func, gpointer user_data);
  void (*remove) (guint id);
} NtClock;

void nt_clock_set (const NtClock *clock);

gint64 nt_clock_get_monotonic_us (void);
gint64 nt_clock_get_real_us (void);
gint64 nt_clock_get_real_s (void);
guint nt_clock_add_timeout (guint milliseconds, GSourceFunc func, gpointer user_data);
void nt_clock_clear (guint *id);

G_END_DECLS
