/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/record-json.h"
#include "engine-fixture.h"
#include "hosts.h"

/* Changes of a team by others are found, reported, and repaired if the team is set so. */

#define CREATE \
  "{\"set\":[{\"name\":\"t\",\"members\":[\"nic1\",\"nic2\"],\"mtu\":9000,\"mode\":\"lacp\",\"interfaces\":[" \
  "{\"addresses\":[\"192.0.2.1/24\"],\"gateways\":[\"192.0.2.254\"]},{\"vlan\":42}]}]}"

static const NtTeam *
get_team (Fixture *fixture)
{
  return nt_state_find_team (nt_host_view_update_state (nt_engine_get_view (fixture->engine)), "t");
}

static NtLink *
get_link (NtSnapshot *snapshot, const char *name)
{
  return host_get_link (snapshot, name);
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static void
free_adapter (NtLink *adapter)
{
  g_clear_pointer (&adapter->master, g_free);
  g_clear_pointer (&adapter->member, nt_bond_member_unref);
}

static void
take_member_out (NtSnapshot *snapshot)
{
  g_ptr_array_remove_index (get_link (snapshot, "t")->bond->members, 1);
  free_adapter (get_link (snapshot, "nic2"));
}

static void
put_member_in (NtSnapshot *snapshot)
{
  g_ptr_array_add (get_link (snapshot, "t")->bond->members, g_strdup ("nic3"));
  get_link (snapshot, "nic3")->master = g_strdup ("t");
  get_link (snapshot, "nic3")->member = nt_bond_member_new ();
}

static void
delete_bond (NtSnapshot *snapshot)
{
  g_ptr_array_remove (snapshot->links, get_link (snapshot, "t.42"));
  g_ptr_array_remove (snapshot->links, get_link (snapshot, "t"));
  free_adapter (get_link (snapshot, "nic1"));
  free_adapter (get_link (snapshot, "nic2"));
}

static void
change_option (NtSnapshot *snapshot)
{
  get_link (snapshot, "t")->bond->options->miimon = 200;
}

static void
change_mode (NtSnapshot *snapshot)
{
  get_link (snapshot, "t")->bond->options->mode = NT_BOND_BALANCE_RR;
}

static void
move_vlan (NtSnapshot *snapshot)
{
  get_link (snapshot, "t.42")->vlan = 43;
}

static void
take_down (NtSnapshot *snapshot)
{
  get_link (snapshot, "nic1")->up = FALSE;
}

static void
shrink (NtSnapshot *snapshot)
{
  get_link (snapshot, "t")->mtu = 1500;
}

static void
change_mac (NtSnapshot *snapshot)
{
  set_text (&get_link (snapshot, "t")->mac, get_link (snapshot, "nic4")->mac);
}

static void
rename_interface (NtSnapshot *snapshot)
{
  set_text (&get_link (snapshot, "t.42")->alias, "mine");
}

static void
remove_address (NtSnapshot *snapshot)
{
  g_ptr_array_set_size (get_link (snapshot, "t")->addresses, 0);
}

static void
remove_route (NtSnapshot *snapshot)
{
  g_ptr_array_set_size (snapshot->routes, 0);
}

static void
take_adapter_away (NtSnapshot *snapshot)
{
  take_member_out (snapshot);
  g_ptr_array_remove (snapshot->links, get_link (snapshot, "nic2"));
}

static const struct
{
  const char *name;
  void (*change) (NtSnapshot *snapshot);
  const char *message; /* of the only difference; NULL = no difference */
} cases[] = {
  { "bond", delete_bond, "t does not exist." },
  { "member-missing", take_member_out, "The adapter nic2 is not a member of t." },
  { "member-strange", put_member_in, "The adapter nic3 is a member of t, but is not in its definition." },
  { "option", change_option, "The bonding option miimon of t is 200; it should be 50." },
  { "mode", change_mode, "The bonding option mode of t is balance-rr; it should be 802.3ad." },
  { "vlan", move_vlan, "t.42 is VLAN 43@t; it should be VLAN 42@t." },
  { "down", take_down, "nic1 is down; it should be up." },
  { "mtu", shrink, "The MTU of t is 1500; it should be 9000." },
  { "mac", change_mac, "The MAC address of t is 02:00:00:00:00:05; it should be 02:00:00:00:00:02." },
  { "name", rename_interface, "t.42 does not have the name “t - VLAN 42”." },
  { "address", remove_address, "t does not have the address 192.0.2.1/24." },
  { "gateway", remove_route, "t has no default route via 192.0.2.254." },
  { "no-adapter", take_adapter_away, NULL },
};

/* A missing bond has no members or interfaces either; the missing bond itself is reported first. */
static void
assert_drift (const NtTeam *team, const char *message)
{
  const NtDrift *drift;

  g_assert_cmpuint (team->drift->len > 0, ==, message != NULL);
  if (message == NULL)
    return;
  drift = team->drift->pdata[0];
  g_assert_cmpstr (drift->message, ==, message);
  g_assert_cmpstr (drift->by, ==, "somebody (7)");
  g_assert_cmpint (drift->since_s, >, 0);
  g_assert_cmpuint (team->drift->len, ==, drift->kind == NT_DRIFT_LINK_MISSING ? 2 : 1);
}

static void
test_found (Fixture *fixture, gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  NtSnapshot *snapshot = nt_memory_kernel_edit (fixture->kernel);

  fixture_apply (fixture, CREATE);
  g_assert_cmpuint (get_team (fixture)->drift->len, ==, 0);
  cases[i].change (snapshot);
  nt_memory_kernel_tell (fixture->kernel);
  assert_drift (get_team (fixture), cases[i].message);
  nt_memory_kernel_tell (fixture->kernel);
  assert_drift (get_team (fixture), cases[i].message);
}

static void
repair (Fixture *fixture)
{
  g_autofree char *spec = nt_record_to_text (get_team (fixture)->spec, FALSE);
  g_autofree char *request = g_strdup_printf ("{\"set\":[%s]}", spec);

  g_assert_cmpint (fixture_apply (fixture, request), ==, NT_CHANGE_DONE);
}

/* “nicteam team repair” and the console apply the same definition again. */
static void
test_repaired (Fixture *fixture, gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);

  fixture_apply (fixture, CREATE);
  cases[i].change (nt_memory_kernel_edit (fixture->kernel));
  nt_memory_kernel_tell (fixture->kernel);
  repair (fixture);
  g_assert_cmpuint (get_team (fixture)->drift->len, ==, 0);
}

static void
wait_for_repair (Fixture *fixture)
{
  while (get_team (fixture)->drift->len > 0)
    g_main_context_iteration (NULL, TRUE);
}

/* A team with Repair=true is repaired automatically, a limited number of times; a repair cannot be undone. */
static void
test_by_itself (Fixture *fixture, gconstpointer data)
{
  const NtHistoryEntry *entry;

  fixture_apply (fixture, CREATE);
  nt_engine_set_repairs (fixture->engine, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      shrink (nt_memory_kernel_edit (fixture->kernel));
      nt_memory_kernel_tell (fixture->kernel);
      g_assert_cmpuint (get_team (fixture)->drift->len, ==, 1);
      g_test_expect_message ("nicteam-agent", G_LOG_LEVEL_MESSAGE, "repairing: *");
      if (i == 2)
        g_test_expect_message ("nicteam-agent", G_LOG_LEVEL_WARNING, "*3 times*");
      wait_for_repair (fixture);
    }
  g_test_assert_expected_messages ();
  entry = nt_change_queue_get_history (nt_engine_get_queue (fixture->engine))->entries->pdata[0];
  g_assert_cmpint (entry->outcome, ==, NT_OUTCOME_REPAIRED);
  g_assert_cmpuint (nt_change_queue_get_history (nt_engine_get_queue (fixture->engine))->entries->len, ==, 4);
  g_assert_cmpint (nt_history_find_undoable (nt_change_queue_get_history (nt_engine_get_queue (fixture->engine)))->outcome, ==, NT_OUTCOME_KEPT);

  shrink (nt_memory_kernel_edit (fixture->kernel));
  nt_memory_kernel_tell (fixture->kernel);
  g_assert_false (g_main_context_pending (NULL));
  g_assert_cmpuint (get_team (fixture)->drift->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = g_strdup_printf ("/drift/found/%s", cases[i].name);
      g_autofree char *repaired = g_strdup_printf ("/drift/repaired/%s", cases[i].name);

      g_test_add (found, Fixture, GUINT_TO_POINTER (i), fixture_set_up, test_found, fixture_tear_down);
      g_test_add (repaired, Fixture, GUINT_TO_POINTER (i), fixture_set_up, test_repaired, fixture_tear_down);
    }
  g_test_add ("/drift/by-itself", Fixture, NULL, fixture_set_up, test_by_itself, fixture_tear_down);
  return g_test_run ();
}
