/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/engine-private.h"

static void
add_event (NtEngine *self, NtEvent *event)
{
  event->id = self->next_event++;
  event->time = g_get_real_time () / 1000;
  event->message = nt_event_describe (event);
  if (self->events->len == NT_EVENTS_MAX)
    g_ptr_array_remove_index (self->events, 0);
  g_ptr_array_add (self->events, event);
}

/* Adds @event (transfer full) and notifies the clients. */
void
nt_engine_note_event (NtEngine *self, NtEvent *event)
{
  add_event (self, event);
  g_signal_emit_by_name (self, "changed");
}

/* Adds the events that lead from @before to the present state. */
void
nt_engine_note_events_since (NtEngine *self, const NtState *before)
{
  g_autoptr (GPtrArray) events = nt_events_find (before, self->state);

  for (guint i = 0; i < events->len; i++)
    add_event (self, nt_event_ref (events->pdata[i]));
}

/**
 * nt_engine_get_events:
 * @after: the id of an event, -1 for all events
 *
 * Returns: (transfer full) (element-type NtEvent): the events after that one, oldest first
 */
GPtrArray *
nt_engine_get_events (NtEngine *self, gint64 after)
{
  GPtrArray *events = nt_records_new ();

  for (guint i = 0; i < self->events->len; i++)
    if (((const NtEvent *) self->events->pdata[i])->id > after)
      g_ptr_array_add (events, nt_event_ref (self->events->pdata[i]));
  return events;
}
