/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/engine-private.h"
#include "agent/restore.h"

/* Delay before a repair, as further changes may follow. */
#define SETTLE_MS 1000
/*
 * Limits the repairs, as another program with a different configuration could otherwise change the team back forever.
 */
#define MOST_REPAIRS 3
#define WHILE_US (10 * 60 * G_USEC_PER_SEC)

static guint
count_repairs (NtEngine *self, const NtTeam *team)
{
  return self->repaired ? GPOINTER_TO_UINT (g_hash_table_lookup (self->repaired, team->id)) : 0;
}

static gboolean
needs_repair (NtEngine *self, const NtTeam *team)
{
  return team->drift->len > 0 && count_repairs (self, team) < MOST_REPAIRS;
}

static void
note_repair (NtEngine *self, const NtTeam *team)
{
  if (self->repaired == NULL || g_get_monotonic_time () - self->repaired_since > WHILE_US)
    {
      g_clear_pointer (&self->repaired, g_hash_table_unref);
      self->repaired = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self->repaired_since = g_get_monotonic_time ();
    }
  g_hash_table_replace (self->repaired, g_strdup (team->id), GUINT_TO_POINTER (count_repairs (self, team) + 1));
  if (count_repairs (self, team) == MOST_REPAIRS)
    g_warning ("repaired the team %s %d times; further changes are not repaired for ten minutes", team->name, MOST_REPAIRS);
}

static void
add_to_journal (NtEngine *self, const NtTeam *team)
{
  g_autoptr (NtJournalEntry) entry = nt_journal_entry_new ();

  entry->time = g_get_real_time () / G_USEC_PER_SEC;
  entry->who = g_strdup (g_get_prgname () ? g_get_prgname () : "nicteam-agent");
  entry->generation = self->wanted->generation;
  g_ptr_array_add (entry->before, nt_team_spec_ref (team->spec));
  g_ptr_array_add (entry->after, nt_team_spec_ref (team->spec));
  nt_engine_remember (self, entry, NT_OUTCOME_REPAIRED);
}

static void
repair (NtEngine *self, const NtTeam *team)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < team->drift->len; i++)
    g_message ("repairing: %s", ((const NtDrift *) team->drift->pdata[i])->message);
  note_repair (self, team);
  if (nt_restore_team (self->kernel, team->spec, &error))
    add_to_journal (self, team);
  else
    g_warning ("cannot repair the team %s: %s", team->name, error->message);
}

static gboolean
repair_cb (gpointer user_data)
{
  NtEngine *self = user_data;
  g_autoptr (NtState) state = nt_state_ref (self->state);

  self->repair_source = 0;
  /* No repairs while a change waits for confirmation; its end checks for drift again. */
  if (nt_engine_is_changing (self) || self->confirmation != NULL)
    return G_SOURCE_REMOVE;
  for (guint i = 0; i < state->teams->len; i++)
    if (needs_repair (self, state->teams->pdata[i]))
      repair (self, state->teams->pdata[i]);
  nt_engine_look_again (self);
  return G_SOURCE_REMOVE;
}

/* Schedules a repair if there is drift that has to be repaired. */
void
nt_engine_plan_repair (NtEngine *self)
{
  for (guint i = 0; self->repairs && self->repair_source == 0 && i < self->state->teams->len; i++)
    if (needs_repair (self, self->state->teams->pdata[i]))
      self->repair_source = g_timeout_add (SETTLE_MS, repair_cb, self);
}

void
nt_engine_drop_repair (NtEngine *self)
{
  g_clear_handle_id (&self->repair_source, g_source_remove);
  g_clear_pointer (&self->repaired, g_hash_table_unref);
}

/**
 * nt_engine_set_repairs:
 * @repairs: %TRUE to repair drift automatically; otherwise it is only shown
 */
void
nt_engine_set_repairs (NtEngine *self, gboolean repairs)
{
  self->repairs = repairs;
  nt_engine_plan_repair (self);
}
