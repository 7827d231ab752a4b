/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/access/throttle.h"

/* What a user owes is paid off by time, a millisecond each millisecond (the “generic cell rate algorithm” of ITU-T I.371):
 * so one number a user is enough, the moment at which he owes nothing any more. */
struct _NtThrottle
{
  gint64 burst_ms;
  GHashTable *paid_at; /* number of the user -> gint64, in milliseconds */
};

static gboolean
is_paid_cb (gpointer key, gpointer value, gpointer user_data)
{
  return *(gint64 *) value <= *(gint64 *) user_data;
}

/**
 * nt_throttle_new:
 * @burst_ms: what a user may owe before he has to wait
 *
 * Returns: (transfer full): a throttle that knows of nobody
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
 * @self: a throttle
 * @uid: the number of a user
 * @cost_ms: what he wants to have done
 * @now_ms: the time, on a clock that only goes forward
 *
 * Returns: how long that has to wait, in milliseconds
 */
gint64
nt_throttle_charge (NtThrottle *self, guint uid, gint64 cost_ms, gint64 now_ms)
{
  gint64 *paid_at = g_hash_table_lookup (self->paid_at, GUINT_TO_POINTER (uid));

  if (paid_at == NULL)
    {
      /* Who owes nothing is forgotten, so that there are not more than call at the same time. */
      g_hash_table_foreach_remove (self->paid_at, is_paid_cb, &now_ms);
      paid_at = g_new0 (gint64, 1);
      g_hash_table_insert (self->paid_at, GUINT_TO_POINTER (uid), paid_at);
    }
  *paid_at = MAX (*paid_at, now_ms) + cost_ms;
  return MAX (*paid_at - now_ms - self->burst_ms, 0);
}

/**
 * nt_throttle_get_n_users:
 * @self: a throttle
 *
 * Returns: how many users it remembers
 */
guint
nt_throttle_get_n_users (NtThrottle *self)
{
  return g_hash_table_size (self->paid_at);
}
