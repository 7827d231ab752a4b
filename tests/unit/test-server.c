/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/rows/adapter-row.h"
#include "app/rows/team-row.h"
#include "backend/varlink/wire/error.h"
#include "fake-agent.h"

/* A server, and the agent that it connects to. */
typedef struct
{
  FakeAgent *agent;
  NtServer *server;
  GListStore *servers;
  NtRowList *rows;
  guint n_items_changed;
  guint last[3];
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->n_items_changed++;
  fixture->last[0] = position;
  fixture->last[1] = removed;
  fixture->last[2] = added;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtServerAddress) address = NULL;

  fixture->agent = fake_agent_new ();
  address = nt_server_address_parse (fake_agent_get_address (fixture->agent), NULL);
  fixture->server = nt_server_new ("server1", address);
  fixture->servers = g_list_store_new (NT_TYPE_SERVER);
  g_list_store_append (fixture->servers, fixture->server);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->rows);
  g_clear_object (&fixture->servers);
  nt_server_disconnect (fixture->server);
  fake_agent_free (fixture->agent);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->server));
}

static void
wait_for_connection (Fixture *fixture, NtConnection connection)
{
  while (nt_server_get_connection (fixture->server) != connection)
    g_main_context_iteration (NULL, TRUE);
}

static void
send_and_wait (Fixture *fixture, NtChanges *changes)
{
  const NtState *before = nt_server_get_state (fixture->server);

  fake_agent_send (fixture->agent, changes);
  while (nt_server_get_state (fixture->server) == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_online (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (nt_server_get_health (fixture->server), ==, NT_HEALTH_BUSY);
  fake_agent_start (fixture->agent);
  nt_server_connect (fixture->server);
  wait_for_connection (fixture, NT_CONNECTION_ONLINE);
  g_assert_cmpint (nt_server_get_health (fixture->server), ==, NT_HEALTH_OK);
  g_assert_cmpstr (nt_server_get_status_text (fixture->server), ==, "OK");
}

/* The server reconnects by itself, after the first delay of a second. */
static void
test_gone_and_back (Fixture *fixture, gconstpointer data)
{
  fake_agent_start (fixture->agent);
  nt_server_connect (fixture->server);
  wait_for_connection (fixture, NT_CONNECTION_ONLINE);

  fake_agent_stop (fixture->agent);
  wait_for_connection (fixture, NT_CONNECTION_UNREACHABLE);
  g_assert_null (nt_server_get_state (fixture->server));
  g_assert_cmpstr (nt_server_get_status_text (fixture->server), ==, "Not reachable");
  g_assert_nonnull (nt_server_get_message (fixture->server));

  fake_agent_start (fixture->agent);
  wait_for_connection (fixture, NT_CONNECTION_ONLINE);
}

static void
test_no_agent (Fixture *fixture, gconstpointer data)
{
  nt_server_connect (fixture->server);
  wait_for_connection (fixture, NT_CONNECTION_NO_AGENT);
}

static void
test_denied (Fixture *fixture, gconstpointer data)
{
  fake_agent_refuse (fixture->agent, NT_VARLINK_PERMISSION_DENIED);
  fake_agent_start (fixture->agent);
  nt_server_connect (fixture->server);
  wait_for_connection (fixture, NT_CONNECTION_NO_ACCESS);
}

/* The access level is known with the first state, so no change is possible before. */
static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  fake_agent_set_level (fixture->agent, NT_ACCESS_READ);
  fake_agent_start (fixture->agent);
  nt_server_connect (fixture->server);
  wait_for_connection (fixture, NT_CONNECTION_ONLINE);
  g_assert_true (nt_server_is_read_only (fixture->server));

  fake_agent_stop (fixture->agent);
  wait_for_connection (fixture, NT_CONNECTION_UNREACHABLE);
  fake_agent_set_level (fixture->agent, NT_ACCESS_MANAGE);
  fake_agent_start (fixture->agent);
  wait_for_connection (fixture, NT_CONNECTION_ONLINE);
  g_assert_false (nt_server_is_read_only (fixture->server));
}

/* A user without access is told so by the agent's message, with a suggestion. */
static void
test_access_denied (Fixture *fixture, gconstpointer data)
{
  fake_agent_refuse (fixture->agent, NT_VARLINK_ACCESS_DENIED);
  fake_agent_start (fixture->agent);
  nt_server_connect (fixture->server);
  wait_for_connection (fixture, NT_CONNECTION_NO_ACCESS);
  g_assert_cmpstr (nt_server_get_status_text (fixture->server), ==, "Access denied");
  g_assert_nonnull (strstr (nt_server_get_message (fixture->server), "nicteam"));
}

static void
start_with_rows (Fixture *fixture, NtRowCollectFunc collect)
{
  fake_agent_start (fixture->agent);
  nt_server_connect (fixture->server);
  wait_for_connection (fixture, NT_CONNECTION_ONLINE);
  fixture->rows = nt_row_list_new (collect);
  g_signal_connect (fixture->rows, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  nt_row_list_set_servers (fixture->rows, G_LIST_MODEL (fixture->servers));
}

static void
assert_changed (Fixture *fixture, guint n, guint position, guint removed, guint added)
{
  g_assert_cmpuint (fixture->n_items_changed, ==, n);
  g_assert_cmpuint (fixture->last[0], ==, position);
  g_assert_cmpuint (fixture->last[1], ==, removed);
  g_assert_cmpuint (fixture->last[2], ==, added);
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtChanges) added = nt_changes_new ();
  g_autoptr (NtChanges) changed = nt_changes_new ();
  g_autoptr (NtChanges) removed = nt_changes_new ();
  g_autoptr (GObject) row = NULL;
  g_autofree char *status = NULL;

  start_with_rows (fixture, nt_team_row_collect);
  assert_changed (fixture, 1, 0, 0, 1);

  g_ptr_array_add (added->teams, make_team ("t2", "Team2", NT_STATUS_OK));
  send_and_wait (fixture, added);
  assert_changed (fixture, 2, 1, 0, 1);

  /* A change within a row keeps the row, its place, and the selection. */
  row = g_list_model_get_item (G_LIST_MODEL (fixture->rows), 0);
  g_ptr_array_add (changed->teams, make_team ("t1", "Team1", NT_STATUS_WARNING));
  send_and_wait (fixture, changed);
  assert_changed (fixture, 3, 0, 1, 1);
  g_assert_true (row == (GObject *) nt_row_list_find (fixture->rows, fixture->server, "t1"));
  g_object_get (row, "status-text", &status, NULL);
  g_assert_cmpstr (status, ==, "Warning");

  g_ptr_array_add (removed->removed_teams, g_strdup ("t1"));
  send_and_wait (fixture, removed);
  assert_changed (fixture, 4, 0, 1, 0);
}

static void
test_groups (Fixture *fixture, gconstpointer data)
{
  NtRow *row;
  g_autofree char *title = NULL;

  start_with_rows (fixture, nt_adapter_row_collect);
  row = nt_row_list_find (fixture->rows, fixture->server, "nic1");
  g_assert_cmpstr (nt_row_get_group (row), ==, NT_GROUP_TEAM "Team1");
  title = nt_rows_get_group_title (nt_row_get_group (row));
  g_assert_cmpstr (title, ==, "Team1");
  row = nt_row_list_find (fixture->rows, fixture->server, "nic2");
  g_assert_cmpstr (nt_row_get_group (row), ==, NT_GROUP_AVAILABLE);
}

/* The rows of a server that is removed are removed with it, at once. */
static void
test_rows_of_gone_server (Fixture *fixture, gconstpointer data)
{
  start_with_rows (fixture, nt_adapter_row_collect);
  assert_changed (fixture, 1, 0, 0, 3);
  fake_agent_stop (fixture->agent);
  wait_for_connection (fixture, NT_CONNECTION_UNREACHABLE);
  assert_changed (fixture, 2, 0, 3, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/server/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("online", test_online);
  ADD ("gone-and-back", test_gone_and_back);
  ADD ("no-agent", test_no_agent);
  ADD ("denied", test_denied);
  ADD ("access-denied", test_access_denied);
  ADD ("read-only", test_read_only);
  ADD ("rows", test_rows);
  ADD ("groups", test_groups);
  ADD ("rows-of-gone-server", test_rows_of_gone_server);
#undef ADD
  return g_test_run ();
}
