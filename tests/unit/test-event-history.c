/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/event-history.h"

/* The last change of the list, from items-changed. */
typedef struct
{
  guint n_changes;
  guint position;
  guint removed;
  guint added;
} ListChange;

static void
changed_cb (GListModel *list, guint position, guint removed, guint added, gpointer user_data)
{
  ListChange *last_change = user_data;

  *last_change = (ListChange) { last_change->n_changes + 1, position, removed, added };
}

/* One event per millisecond from @first. */
static GPtrArray *
events_at (gint64 first, guint count)
{
  GPtrArray *events = nt_records_new ();

  for (guint i = 0; i < count; i++)
    {
      NtEvent *event = nt_event_new ();

      event->time_ms = first + i;
      event->kind = NT_EVENT_TEAM_DISAPPEARED;
      event->team = g_strdup ("T");
      g_ptr_array_add (events, event);
    }
  return events;
}

static gint64
get_time (NtEventHistory *history, guint position)
{
  g_autoptr (NtEventItem) item = g_list_model_get_item (G_LIST_MODEL (history), position);

  return nt_event_item_get_event (item)->time_ms;
}

static void
assert_change (const ListChange *last_change, guint n_changes, guint position, guint removed, guint added)
{
  g_assert_cmpuint (last_change->n_changes, ==, n_changes);
  g_assert_cmpuint (last_change->position, ==, position);
  g_assert_cmpuint (last_change->removed, ==, removed);
  g_assert_cmpuint (last_change->added, ==, added);
}

static void
test_history (void)
{
  g_autoptr (NtEventHistory) history = nt_event_history_new ("server1");
  g_autoptr (GPtrArray) first = events_at (1000, 3);
  g_autoptr (GPtrArray) second = events_at (1010, 2);
  g_autoptr (GPtrArray) again = events_at (1002, 5);
  g_autoptr (GPtrArray) nothing = nt_records_new ();
  g_autoptr (GPtrArray) many = events_at (2000, 250);
  ListChange last_change = { 0 };

  g_signal_connect (history, "items-changed", G_CALLBACK (changed_cb), &last_change);
  nt_event_history_replace (history, first);
  assert_change (&last_change, 1, 0, 0, 3);
  nt_event_history_append (history, second);
  assert_change (&last_change, 2, 3, 0, 2);
  nt_event_history_append (history, nothing);
  g_assert_cmpuint (last_change.n_changes, ==, 2);

  /* On a new connection the events from the agent replace those from the same time on. */
  nt_event_history_replace (history, again);
  assert_change (&last_change, 3, 2, 3, 5);
  g_assert_cmpint (get_time (history, 1), ==, 1001);
  g_assert_cmpint (get_time (history, 2), ==, 1002);

  /* A restarted agent has no events; the list is kept. */
  nt_event_history_replace (history, nothing);
  g_assert_cmpuint (last_change.n_changes, ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 7);

  nt_event_history_append (history, many);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 200);
  g_assert_cmpint (get_time (history, 199), ==, 2249);
}

static void
test_line (void)
{
  g_autoptr (GPtrArray) events = events_at (1000, 1);
  g_autoptr (NtEventItem) item = nt_event_item_new ("server1", events->pdata[0]);
  g_autofree char *line = nt_event_item_to_line (item);

  g_assert_true (g_str_has_suffix (line, "\tserver1\tT\tDisappeared"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-history/life", test_history);
  g_test_add_func ("/event-history/line", test_line);
  return g_test_run ();
}
