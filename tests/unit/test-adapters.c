/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engine-fixture.h"
#include "hosts.h"

#include <glib/gstdio.h>

/* Adapters that are renamed, replaced, missing or return: after a boot, and while the agent runs. */

#define CREATE "{\"set\":[{\"name\":\"t\",\"members\":[\"nic1\",\"nic2\"],\"interfaces\":[{},{\"vlan\":42}]}]}"

static const NtTeam *
get_team (Fixture *fixture)
{
  return nt_state_find_team (nt_host_view_update_state (nt_engine_get_view (fixture->engine)), "t");
}

static const NtMember *
get_member (Fixture *fixture, guint index)
{
  return get_team (fixture)->members->pdata[index];
}

static NtLink *
get_link (Fixture *fixture, const char *name)
{
  return host_get_link (nt_memory_kernel_edit (fixture->kernel), name);
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

/* The links are those of @snapshot (taken), without configuration, and the agent starts. */
static void
boot (Fixture *fixture, NtSnapshot *snapshot)
{
  g_autofree char *noted = g_build_filename (fixture->directory, "boot", NULL);

  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->kernel);
  g_unlink (noted);
  fixture->kernel = nt_memory_kernel_new (snapshot);
  fixture_start_engine (fixture);
}

static void
test_swapped_at_boot (Fixture *fixture, gconstpointer data)
{
  NtSnapshot *snapshot = host_with_adapters (4);

  fixture_apply (fixture, "{\"set\":[{\"name\":\"t\",\"members\":[\"nic1\",\"nic2\",\"nic4\"],\"standby\":\"nic4\"}]}");
  set_text (&host_get_link (snapshot, "nic1")->name, "eth9");
  set_text (&host_get_link (snapshot, "nic4")->name, "nic1");
  boot (fixture, snapshot);

  g_assert_cmpstr (get_member (fixture, 0)->adapter, ==, "eth9");
  g_assert_true (get_member (fixture, 0)->present);
  g_assert_cmpstr (get_team (fixture)->spec->standby, ==, "nic1");
  g_assert_null (get_link (fixture, "nic1")->master);
  g_assert_cmpint (nt_host_view_update_state (nt_engine_get_view (fixture->engine))->generation, ==, 2);
}

static void
test_replaced_at_boot (Fixture *fixture, gconstpointer data)
{
  NtSnapshot *snapshot = host_with_adapters (4);
  g_autofree char *repair = NULL;

  fixture_apply (fixture, CREATE);
  set_text (&host_get_link (snapshot, "nic1")->mac, "02:00:00:00:00:99");
  boot (fixture, snapshot);

  g_assert_cmpint (get_member (fixture, 0)->reason, ==, NT_REASON_ADAPTER_REPLACED);
  g_assert_true (get_member (fixture, 1)->present);
  g_assert_cmpint (get_team (fixture)->status, ==, NT_STATUS_WARNING);
  g_assert_null (get_link (fixture, "nic1")->master);

  /* A request that disables an interface does not affect members. */
  g_assert_cmpint (fixture_apply (fixture, "{\"disable\":[\"t.42\"]}"), ==, NT_CHANGE_DONE);
  g_assert_null (get_link (fixture, "nic1")->master);

  repair = g_strdup_printf ("{\"set\":[{\"id\":\"%s\",\"name\":\"t\",\"members\":[\"nic1\",\"nic2\"]}]}", get_team (fixture)->id);
  g_assert_cmpint (fixture_apply (fixture, repair), ==, NT_CHANGE_DONE);
  g_assert_true (get_member (fixture, 0)->present);
  g_assert_cmpint (get_team (fixture)->status, ==, NT_STATUS_OK);
}

/* The driver of an adapter loads late, or the adapter is plugged in while the machine runs. */
static void
test_arrival (Fixture *fixture, gconstpointer data)
{
  NtSnapshot *snapshot = host_with_adapters (4);
  NtLink *late = nt_link_ref (host_get_link (snapshot, "nic2"));

  fixture_apply (fixture, CREATE);
  g_ptr_array_remove (snapshot->links, late);
  boot (fixture, snapshot);
  g_assert_cmpint (get_member (fixture, 1)->reason, ==, NT_REASON_ADAPTER_NOT_PRESENT);

  g_ptr_array_add (nt_memory_kernel_edit (fixture->kernel)->links, late);
  nt_memory_kernel_tell (fixture->kernel);
  nt_memory_kernel_tell (fixture->kernel);
  g_assert_true (get_member (fixture, 1)->present);
}

/* A member that was removed by another tool was present all the time, so it does not rejoin. */
static void
test_taken_out (Fixture *fixture, gconstpointer data)
{
  const NtOperation *operation;

  fixture_apply (fixture, CREATE);
  operation = nt_operation_make (NT_OPERATION_REMOVE_MEMBER, "nic2", "t");
  nt_kernel_apply (NT_KERNEL (fixture->kernel), operation, NULL);
  nt_operation_unref ((NtOperation *) operation);
  nt_memory_kernel_tell (fixture->kernel);
  g_assert_false (get_member (fixture, 1)->present);
}

static void
test_renamed_while_it_runs (Fixture *fixture, gconstpointer data)
{
  fixture_apply (fixture, CREATE);
  set_text (&get_link (fixture, "nic2")->name, "lan2");
  set_text ((char **) &get_link (fixture, "t")->bond->members->pdata[1], "lan2");
  nt_memory_kernel_tell (fixture->kernel);

  g_assert_cmpstr (get_member (fixture, 1)->adapter, ==, "lan2");
  g_assert_true (get_member (fixture, 1)->present);
  g_assert_cmpint (get_team (fixture)->status, ==, NT_STATUS_OK);
  g_clear_object (&fixture->engine);
  fixture_start_engine (fixture);
  g_assert_cmpstr (get_member (fixture, 1)->adapter, ==, "lan2");
}

/* An agent that crashed while it restored a team after a boot left a partial one; it is completed. */
static void
test_half_a_boot (Fixture *fixture, gconstpointer data)
{
  NtSnapshot *snapshot = host_with_adapters (4);

  fixture_apply (fixture, CREATE);
  host_add_bond (snapshot, "t", NT_BOND_BALANCE_RR, "");
  boot (fixture, snapshot);
  g_assert_true (get_member (fixture, 0)->present && get_member (fixture, 1)->present);
  g_assert_cmpint (get_team (fixture)->status, ==, NT_STATUS_OK);
  g_assert_cmpuint (get_team (fixture)->interfaces->len, ==, 2);
  g_assert_nonnull (get_link (fixture, "t.42"));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/adapters/swapped-at-boot", test_swapped_at_boot);
  ADD ("/adapters/replaced-at-boot", test_replaced_at_boot);
  ADD ("/adapters/arrival", test_arrival);
  ADD ("/adapters/taken-out", test_taken_out);
  ADD ("/adapters/renamed-while-it-runs", test_renamed_while_it_runs);
  ADD ("/adapters/half-a-boot", test_half_a_boot);
  return g_test_run ();
}
