/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/repairer.h"

#include "backend/agent/base/clock.h"
#include "backend/agent/engine/restore.h"

/* Delay before a repair, as further changes may follow. */
#define SETTLE_MS 1000
/*
 * Limits the repairs, as another program with a different configuration could otherwise change the team back forever.
 */
#define MOST_REPAIRS 3
#define WHILE_US (10 * 60 * G_USEC_PER_SEC)

struct _NtRepairer
{
  NtHostView *view;     /* borrowed */
  NtChangeQueue *queue; /* borrowed */
  NtRepairedFunc func;
  gpointer user_data;

  gboolean is_enabled;
  guint source;
  GHashTable *repaired;  /* id of a team -> number of repairs in the present period; NULL = none */
  gint64 repaired_since; /* start of this period, in microseconds on the monotonic clock */
};

static guint
count_repairs (NtRepairer *self, const NtTeam *team)
{
  return self->repaired ? GPOINTER_TO_UINT (g_hash_table_lookup (self->repaired, team->id)) : 0;
}

static gboolean
needs_repair (NtRepairer *self, const NtTeam *team)
{
  return team->drift->len > 0 && count_repairs (self, team) < MOST_REPAIRS;
}

static void
note_repair (NtRepairer *self, const NtTeam *team)
{
  if (self->repaired == NULL || nt_clock_get_monotonic_us () - self->repaired_since > WHILE_US)
    {
      g_clear_pointer (&self->repaired, g_hash_table_unref);
      self->repaired = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self->repaired_since = nt_clock_get_monotonic_us ();
    }
  g_hash_table_replace (self->repaired, g_strdup (team->id), GUINT_TO_POINTER (count_repairs (self, team) + 1));
  if (count_repairs (self, team) == MOST_REPAIRS)
    g_warning ("repaired the team %s %d times; further changes are not repaired for ten minutes", team->name, MOST_REPAIRS);
}

static void
add_to_history (NtRepairer *self, const NtTeam *team)
{
  g_autoptr (NtHistoryEntry) entry = nt_history_entry_new ();

  entry->id = g_uuid_string_random ();
  entry->time_s = nt_clock_get_real_s ();
  entry->who = g_strdup (g_get_prgname () ? g_get_prgname () : "nicteam-agent");
  entry->generation = nt_host_view_get_definitions (self->view)->generation;
  g_ptr_array_add (entry->before, nt_team_spec_ref (team->spec));
  g_ptr_array_add (entry->after, nt_team_spec_ref (team->spec));
  nt_change_queue_remember (self->queue, entry, NT_OUTCOME_REPAIRED);
}

static void
repair (NtRepairer *self, const NtTeam *team)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < team->drift->len; i++)
    g_message ("repairing: %s", ((const NtDrift *) team->drift->pdata[i])->message);
  note_repair (self, team);
  if (nt_restore_team (nt_host_view_get_kernel (self->view), team->spec, &error))
    add_to_history (self, team);
  else
    g_warning ("cannot repair the team %s: %s", team->name, error->message);
}

static gboolean
repair_cb (gpointer user_data)
{
  NtRepairer *self = user_data;
  g_autoptr (NtState) state = nt_state_ref (nt_host_view_get_state (self->view));

  self->source = 0;
  /* No repairs while a change waits for confirmation; its end checks for drift again. */
  if (nt_change_queue_is_changing (self->queue) || nt_change_queue_is_pending (self->queue))
    return G_SOURCE_REMOVE;
  for (guint i = 0; i < state->teams->len; i++)
    if (needs_repair (self, state->teams->pdata[i]))
      repair (self, state->teams->pdata[i]);
  self->func (self->user_data);
  return G_SOURCE_REMOVE;
}

/* Schedules a repair if there is drift that has to be repaired. */
void
nt_repairer_plan (NtRepairer *self)
{
  const GPtrArray *teams = nt_host_view_get_state (self->view)->teams;

  for (guint i = 0; self->is_enabled && self->source == 0 && i < teams->len; i++)
    if (needs_repair (self, teams->pdata[i]))
      self->source = nt_clock_add_timeout (SETTLE_MS, repair_cb, self);
}

/**
 * nt_repairer_new:
 * @view: borrowed
 * @queue: borrowed
 * @func: called after a repair
 *
 * Returns: (transfer full): a repairer that is disabled
 */
NtRepairer *
nt_repairer_new (NtHostView *view, NtChangeQueue *queue, NtRepairedFunc func, gpointer user_data)
{
  NtRepairer *self = g_new0 (NtRepairer, 1);

  self->view = view;
  self->queue = queue;
  self->func = func;
  self->user_data = user_data;
  return self;
}

void
nt_repairer_free (NtRepairer *self)
{
  nt_clock_clear (&self->source);
  g_clear_pointer (&self->repaired, g_hash_table_unref);
  g_free (self);
}

/* Drift is repaired automatically if @enabled; otherwise it is only shown. */
void
nt_repairer_set_enabled (NtRepairer *self, gboolean enabled)
{
  self->is_enabled = enabled;
  nt_repairer_plan (self);
}
