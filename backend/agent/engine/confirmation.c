/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/confirmation.h"

#include "backend/agent/base/clock.h"

struct _NtConfirmation
{
  NtChange *change;
  gint64 made_at;  /* microseconds on the monotonic clock */
  gint64 deadline; /* as above */
  NtConfirmationFunc func;
  gpointer user_data;
  guint tick_source;
  guint deadline_source;
};

static gboolean
tick_cb (gpointer user_data)
{
  NtConfirmation *self = user_data;

  self->func (FALSE, self->user_data);
  return G_SOURCE_CONTINUE;
}

/* The callback may free @self. */
static gboolean
deadline_cb (gpointer user_data)
{
  NtConfirmation *self = user_data;

  self->deadline_source = 0;
  self->func (TRUE, self->user_data);
  return G_SOURCE_REMOVE;
}

/**
 * nt_confirmation_new:
 * @change: (transfer full): a change whose result is NT_CHANGE_PENDING
 * @func: called every second, and at the deadline
 *
 * Returns: (transfer full): a timer for the confirmation of the change
 */
NtConfirmation *
nt_confirmation_new (NtChange *change, NtConfirmationFunc func, gpointer user_data)
{
  NtConfirmation *self = g_new0 (NtConfirmation, 1);

  self->change = change;
  self->made_at = nt_clock_get_monotonic_us ();
  self->deadline = self->made_at + change->request->confirm_s * G_USEC_PER_SEC;
  self->func = func;
  self->user_data = user_data;
  self->tick_source = nt_clock_add_timeout (1000, tick_cb, self);
  self->deadline_source = nt_clock_add_timeout ((guint) change->request->confirm_s * 1000, deadline_cb, self);
  return self;
}

void
nt_confirmation_free (NtConfirmation *self)
{
  nt_clock_clear (&self->tick_source);
  nt_clock_clear (&self->deadline_source);
  nt_change_free (self->change);
  g_free (self);
}

NtChange *
nt_confirmation_get_change (NtConfirmation *self)
{
  return self->change;
}

/* Returns TRUE if @id is that of the change; NULL matches any change. */
gboolean
nt_confirmation_is (NtConfirmation *self, const char *id)
{
  return id == NULL || g_str_equal (self->change->entry->id, id);
}

/**
 * nt_confirmation_is_proof:
 * @connected_at: time at which the connection of the call was established, in microseconds on the monotonic clock
 *
 * A connection that is older than the change proves nothing: it may survive on a path that is no longer available to
 * new connections.
 *
 * Returns: %TRUE if the connection is younger than the change
 */
gboolean
nt_confirmation_is_proof (NtConfirmation *self, gint64 connected_at)
{
  return connected_at > self->made_at;
}

/**
 * nt_confirmation_describe:
 *
 * Returns: (transfer full): the pending change, for clients
 */
NtPending *
nt_confirmation_describe (NtConfirmation *self)
{
  NtPending *pending = nt_pending_new ();
  gint64 left = MAX (self->deadline - nt_clock_get_monotonic_us (), 0);

  pending->id = g_strdup (self->change->entry->id);
  pending->deadline_s = self->change->request->confirm_s;
  pending->remaining_s = (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  for (guint i = 0; i < self->change->definitions->teams->len; i++)
    {
      const NtTeamSpec *spec = self->change->definitions->teams->pdata[i];

      if (nt_strings_contain (self->change->teams, spec->id))
        g_ptr_array_add (pending->teams, g_strdup (spec->name));
    }
  return pending;
}
