/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "engine-fixture.h"
#include "hosts.h"

#include <glib/gstdio.h>

#define CREATE "{\"set\":[{\"name\":\"t\",\"members\":[\"nic1\",\"nic2\"],\"interfaces\":[{},{\"vlan\":42}]}]}"

static char *
change_of_everything (Fixture *fixture)
{
  const NtTeam *team = nt_state_find_team (nt_host_view_update_state (nt_engine_get_view (fixture->engine)), "t");

  return g_strdup_printf ("{\"set\":[{\"id\":\"%s\",\"name\":\"t\",\"members\":[\"nic2\",\"nic3\"],\"mode\":\"lacp\","
                          "\"mtu\":9000,\"interfaces\":[{},{\"vlan\":43}]}]}",
                          team->id);
}

static void
test_life (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = fixture_dump_kernel (fixture);
  g_autofree char *change = NULL;
  g_autofree char *after = NULL;
  const NtTeam *team;

  g_assert_cmpint (fixture_apply (fixture, CREATE), ==, NT_CHANGE_DONE);
  g_assert_cmpint (fixture->generation, ==, 1);
  g_assert_cmpuint (fixture->n_progress, ==, nt_memory_kernel_get_n_applied (fixture->kernel));
  g_assert_cmpuint (fixture->n_changed, >, 0);
  team = nt_state_find_team (nt_host_view_update_state (nt_engine_get_view (fixture->engine)), "t");
  g_assert_cmpuint (team->members->len, ==, 2);
  g_assert_cmpuint (team->interfaces->len, ==, 2);

  change = change_of_everything (fixture);
  g_assert_cmpint (fixture_apply (fixture, change), ==, NT_CHANGE_DONE);
  g_assert_cmpint (fixture_apply (fixture, "{\"remove\":[\"t\"]}"), ==, NT_CHANGE_DONE);
  after = fixture_dump_kernel (fixture);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (fixture->generation, ==, 3);
}

static void
test_same_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *change = NULL;
  guint n_applied;

  fixture_apply (fixture, CREATE);
  change = change_of_everything (fixture);
  fixture_apply (fixture, change);
  n_applied = nt_memory_kernel_get_n_applied (fixture->kernel);
  g_assert_cmpint (fixture_apply (fixture, change), ==, NT_CHANGE_DONE);
  g_assert_cmpuint (nt_memory_kernel_get_n_applied (fixture->kernel), ==, n_applied);
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture_apply (fixture, "{\"dry_run\":true,\"set\":[{\"name\":\"t\",\"members\":[\"nic1\"]}]}"), ==,
                   NT_CHANGE_DONE);
  g_assert_cmpuint (nt_memory_kernel_get_n_applied (fixture->kernel), ==, 0);
  g_assert_cmpint (fixture->generation, ==, 0);
  g_assert_null (nt_state_find_team (nt_host_view_update_state (nt_engine_get_view (fixture->engine)), "t"));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (fixture_apply (fixture, "{\"set\":[{\"name\":\"t\",\"members\":[]}]}"), ==, NT_CHANGE_REFUSED);
  g_assert_cmpint (fixture_apply (fixture, "{\"generation\":5,\"set\":[{\"name\":\"t\",\"members\":[\"nic1\"]}]}"), ==,
                   NT_CHANGE_STALE);
  g_assert_cmpuint (nt_memory_kernel_get_n_applied (fixture->kernel), ==, 0);
}

/* With two requests at once for one adapter the first succeeds, and the second is refused with the reason. */
static void
test_two_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtRequest) first = nt_request_new ();
  g_autoptr (NtRequest) second = nt_request_new ();
  Fixture other = { 0 };

  g_ptr_array_add (first->set, team_spec ("a", "nic1 nic2"));
  g_ptr_array_add (second->set, team_spec ("b", "nic2 nic3"));
  nt_change_queue_apply (nt_engine_get_queue (fixture->engine), first, "somebody", fixture_progress_cb, fixture_done_cb, fixture);
  nt_change_queue_apply (nt_engine_get_queue (fixture->engine), second, "somebody", fixture_progress_cb, fixture_done_cb, &other);
  fixture_wait (&other);
  g_assert_true (fixture->done);
  g_assert_cmpint (fixture->result, ==, NT_CHANGE_DONE);
  g_assert_cmpint (other.result, ==, NT_CHANGE_REFUSED);
}

/* The kernel refuses each operation in turn: every time, the change is rolled back completely. */
static void
sweep (Fixture *fixture, const char *request)
{
  for (int i = 0;; i++)
    {
      g_autofree char *before = fixture_dump_kernel (fixture);
      g_autofree char *after = NULL;
      NtChangeResult result;

      nt_memory_kernel_fail_at (fixture->kernel, i);
      result = fixture_apply (fixture, request);
      nt_memory_kernel_fail_at (fixture->kernel, -1);
      if (result == NT_CHANGE_DONE)
        {
          g_assert_cmpint (i, >, 1);
          return;
        }
      after = fixture_dump_kernel (fixture);
      g_assert_cmpint (result, ==, NT_CHANGE_FAILED);
      g_assert_true (fixture->undone);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_every_refusal (Fixture *fixture, gconstpointer data)
{
  g_autofree char *change = NULL;

  sweep (fixture, CREATE);
  change = change_of_everything (fixture);
  sweep (fixture, change);
  sweep (fixture, "{\"remove\":[\"t\"]}");
}

/* The agent crashes before each operation in turn; the next one finds a partial change and rolls it back. */
static void
die_everywhere (Fixture *fixture, const char *request)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *before = fixture_dump_kernel (fixture);
      g_autofree char *after = NULL;

      fixture->freeze_at = i;
      g_assert_cmpint (fixture_apply (fixture, request), ==, NT_CHANGE_DONE);
      fixture->freeze_at = 0;
      if (fixture->frozen.snapshot == NULL)
        return;
      fixture_thaw (fixture);
      after = fixture_dump_kernel (fixture);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_every_death (Fixture *fixture, gconstpointer data)
{
  g_autofree char *change = NULL;

  die_everywhere (fixture, CREATE);
  change = change_of_everything (fixture);
  die_everywhere (fixture, change);
  die_everywhere (fixture, "{\"remove\":[\"t\"]}");
}

/* nic1 has an address and a default route; a team takes them over, and returns them. */
static void
set_up_with_network (Fixture *fixture, gconstpointer data)
{
  NtSnapshot *snapshot = host_with_adapters (4);

  host_add_address (host_get_link (snapshot, "nic1"), "192.0.2.1/24");
  g_ptr_array_add (snapshot->routes, nt_route_make_default ("192.0.2.254", "nic1"));
  fixture_set_up_on (fixture, snapshot);
}

static void
test_moved_network (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = fixture_dump_kernel (fixture);
  g_autofree char *after = NULL;
  const NtTeam *team;
  const NtInterfaceSpec *primary;

  g_assert_cmpint (fixture_apply (fixture, CREATE), ==, NT_CHANGE_DONE);
  team = nt_state_find_team (nt_host_view_update_state (nt_engine_get_view (fixture->engine)), "t");
  primary = team->spec->interfaces->pdata[0];
  g_assert_cmpstr (primary->addresses->pdata[0], ==, "192.0.2.1/24");
  g_assert_cmpstr (primary->gateways->pdata[0], ==, "192.0.2.254");
  g_assert_true (nt_addresses_contain (((NtInterface *) team->interfaces->pdata[0])->addresses, "192.0.2.1/24"));
  g_assert_cmpint (fixture_apply (fixture, "{\"remove\":[\"t\"]}"), ==, NT_CHANGE_DONE);
  after = fixture_dump_kernel (fixture);
  g_assert_cmpstr (after, ==, before);
}

/* A store that cannot be written: a directory stands where the file should be. */
static void
test_store_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "teams.json", NULL);
  g_autofree char *inside = g_build_filename (path, "x", NULL);
  g_autofree char *before = fixture_dump_kernel (fixture);
  g_autofree char *after = NULL;

  g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0);
  g_assert_cmpint (fixture_apply (fixture, CREATE), ==, NT_CHANGE_STORE_FAILED);
  after = fixture_dump_kernel (fixture);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (fixture->generation, ==, 0);
  g_rmdir (inside);
  g_rmdir (path);
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  guint n_applied;

  fixture_apply (fixture, CREATE);
  n_applied = nt_memory_kernel_get_n_applied (fixture->kernel);
  g_clear_object (&fixture->engine);
  fixture_start_engine (fixture);
  g_assert_cmpuint (nt_memory_kernel_get_n_applied (fixture->kernel), ==, n_applied);
  g_assert_true (nt_state_find_team (nt_host_view_update_state (nt_engine_get_view (fixture->engine)), "t")->managed);
  g_assert_cmpint (nt_host_view_update_state (nt_engine_get_view (fixture->engine))->generation, ==, 1);
}

/* After a boot the links are as they were before the team was created. */
static void
test_boot (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_apply (fixture, CREATE);
  before = fixture_dump_kernel (fixture);
  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->kernel);
  fixture->kernel = nt_memory_kernel_new (host_with_adapters (4));
  fixture_start_engine (fixture);
  after = fixture_dump_kernel (fixture);
  g_assert_cmpstr (after, ==, before);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
#define ADD_WITH_NETWORK(path, func) g_test_add (path, Fixture, NULL, set_up_with_network, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/engine/life", test_life);
  ADD ("/engine/same-again", test_same_again);
  ADD ("/engine/dry-run", test_dry_run);
  ADD ("/engine/refused", test_refused);
  ADD ("/engine/two-at-once", test_two_at_once);
  ADD ("/engine/every-refusal", test_every_refusal);
  ADD ("/engine/every-death", test_every_death);
  ADD_WITH_NETWORK ("/engine/moved-network", test_moved_network);
  ADD_WITH_NETWORK ("/engine/moved-network/every-refusal", test_every_refusal);
  ADD_WITH_NETWORK ("/engine/moved-network/every-death", test_every_death);
  ADD ("/engine/store-fails", test_store_fails);
  ADD ("/engine/restart", test_restart);
  ADD ("/engine/boot", test_boot);
  return g_test_run ();
}
