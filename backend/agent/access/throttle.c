/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/access/throttle.h"

/* The “generic cell rate algorithm” of ITU-T I.371: the debt of a user decreases by one millisecond per millisecond, so
 * one number per user is sufficient, the time at which the debt is paid off. */
struct _NtThrottle
{
  gint64 burst_ms;
  GHashTable *paid_at; /* user id -> gint64, in milliseconds */
};

static gboolean
is_paid_cb (gpointer key, gpointer value, gpointer user_data)
{
  return *(gint64 *) value <= *(gint64 *) user_data;
}

/**
 * nt_throttle_new:
 * @burst_ms: the debt that a user may run up before having to wait
 *
 * Returns: (transfer full): a throttle
 */
NtThrottle *
nt_throttle_new (gint64 burst_ms)
{
  NtThrottle *self = g_new0 (NtThrottle, 1);

  self->burst_ms = burst_ms;
  self->paid_at = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
nt_throttle_free (NtThrottle *self)
{
  g_hash_table_unref (self->paid_at);
  g_free (self);
}

/**
 * nt_throttle_charge:
 * @uid: a user id
 * @cost_ms: the cost of the call
 * @now_ms: the time on a monotonic clock
 *
 * Returns: the delay for the call, in milliseconds
 */
gint64
nt_throttle_charge (NtThrottle *self, guint uid, gint64 cost_ms, gint64 now_ms)
{
  gint64 *paid_at = g_hash_table_lookup (self->paid_at, GUINT_TO_POINTER (uid));

  if (paid_at == NULL)
    {
      /* Users without debt are removed, so that the table only contains those who are presently calling. */
      g_hash_table_foreach_remove (self->paid_at, is_paid_cb, &now_ms);
      paid_at = g_new0 (gint64, 1);
      g_hash_table_insert (self->paid_at, GUINT_TO_POINTER (uid), paid_at);
    }
  *paid_at = MAX (*paid_at, now_ms) + cost_ms;
  return MAX (*paid_at - now_ms - self->burst_ms, 0);
}

/**
 * nt_throttle_get_n_users:
 *
 * Returns: the number of users in the table
 */
guint
nt_throttle_get_n_users (NtThrottle *self)
{
  return g_hash_table_size (self->paid_at);
}
