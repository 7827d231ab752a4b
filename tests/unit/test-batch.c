/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/same-change.h"
#include "backend/varlink/wire/error.h"
#include "fake-agent.h"

#define N_SERVERS 3

/* Servers with an agent each; the last one is not connected. */
typedef struct
{
  FakeAgent *agents[N_SERVERS];
  NtServer *servers[N_SERVERS];
  NtBatch *batch;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_SERVERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("server%u", i + 1);
      g_autoptr (NtServerAddress) address = NULL;

      fixture->agents[i] = fake_agent_new ();
      address = nt_server_address_parse (fake_agent_get_address (fixture->agents[i]), NULL);
      fixture->servers[i] = nt_server_new (name, address);
      if (i == N_SERVERS - 1)
        continue;
      fake_agent_start (fixture->agents[i]);
      nt_server_connect (fixture->servers[i]);
      while (nt_server_get_state (fixture->servers[i]) == NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  fixture->batch = nt_batch_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->batch));
  for (guint i = 0; i < N_SERVERS; i++)
    {
      nt_server_disconnect (fixture->servers[i]);
      fake_agent_free (fixture->agents[i]);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < N_SERVERS; i++)
    g_assert_finalize_object (g_steal_pointer (&fixture->servers[i]));
}

static void
wait (Fixture *fixture)
{
  while (nt_batch_is_busy (fixture->batch))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_job (Fixture *fixture, guint index, NtJobState state, const char *text)
{
  g_autoptr (NtBatchJob) job = g_list_model_get_item (nt_batch_get_jobs (fixture->batch), index);
  g_autofree char *present = NULL;

  g_object_get (job, "text", &present, NULL);
  g_assert_cmpint (nt_batch_job_get_state (job), ==, state);
  if (text != NULL)
    g_assert_cmpstr (present, ==, text);
}

static NtRequest *
make_request (const char *name)
{
  NtRequest *request = nt_request_new ();
  NtTeamSpec *spec = nt_team_spec_new ();

  spec->name = g_strdup (name);
  g_ptr_array_add (spec->members, g_strdup ("nic2"));
  g_ptr_array_add (request->set, spec);
  return request;
}

/* Each server is checked first, without a change; then the possible ones are changed, and each has its own result. */
static void
test_creation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtRequest) request = make_request ("Team2");

  for (guint i = 0; i < N_SERVERS; i++)
    nt_same_change_add_creation (fixture->batch, fixture->servers[i], request);
  nt_batch_plan (fixture->batch);
  assert_job (fixture, 0, NT_JOB_PLANNING, "");
  wait (fixture);
  assert_job (fixture, 0, NT_JOB_READY, "No interruption.");
  assert_job (fixture, 1, NT_JOB_READY, NULL);
  assert_job (fixture, 2, NT_JOB_IMPOSSIBLE, "The server is not connected.");
  g_assert_cmpuint (fake_agent_count_changes (fixture->agents[0]), ==, 0);

  fake_agent_refuse_changes (fixture->agents[1], VARLINK_INTERFACE ".StaleGeneration");
  nt_batch_apply (fixture->batch, 0);
  g_assert_cmpuint (nt_batch_count (fixture->batch, NT_JOB_APPLYING), ==, 2);
  wait (fixture);
  assert_job (fixture, 0, NT_JOB_DONE, "");
  assert_job (fixture, 1, NT_JOB_FAILED,
              "The configuration of this server has changed in the meantime. Check it and try again.");
  assert_job (fixture, 2, NT_JOB_IMPOSSIBLE, NULL);
  g_assert_cmpuint (fake_agent_count_changes (fixture->agents[0]), ==, 1);
}

/* A change is undone where it was applied; a failure there is reported, and does not affect other servers. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtRequest) request = make_request ("Team2");

  for (guint i = 0; i < N_SERVERS; i++)
    nt_same_change_add_creation (fixture->batch, fixture->servers[i], request);
  nt_batch_plan (fixture->batch);
  wait (fixture);
  nt_batch_undo (fixture->batch);
  g_assert_false (nt_batch_is_busy (fixture->batch));
  nt_batch_apply (fixture->batch, 0);
  wait (fixture);
  g_assert_cmpuint (nt_batch_count (fixture->batch, NT_JOB_DONE), ==, 2);

  fake_agent_refuse_changes (fixture->agents[1], VARLINK_INTERFACE ".NothingToUndo");
  nt_batch_undo (fixture->batch);
  g_assert_cmpuint (nt_batch_count (fixture->batch, NT_JOB_UNDOING), ==, 2);
  wait (fixture);
  assert_job (fixture, 0, NT_JOB_UNDONE, "");
  assert_job (fixture, 1, NT_JOB_FAILED, "There is no change to undo.");
  assert_job (fixture, 2, NT_JOB_IMPOSSIBLE, "The server is not connected.");
  g_assert_cmpuint (fake_agent_count_changes (fixture->agents[0]), ==, 0);
  g_assert_cmpuint (fake_agent_count_changes (fixture->agents[1]), ==, 1);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtRequest) request = make_request ("Team2");

  fake_agent_refuse_changes (fixture->agents[0], VARLINK_INTERFACE ".ChangePending");
  nt_same_change_add_creation (fixture->batch, fixture->servers[0], request);
  nt_batch_plan (fixture->batch);
  wait (fixture);
  assert_job (fixture, 0, NT_JOB_IMPOSSIBLE,
              "Another change is waiting for confirmation. Confirm or revert it first.");
  nt_batch_apply (fixture->batch, 0);
  g_assert_false (nt_batch_is_busy (fixture->batch));
}

static void
test_removal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtBatchJob) job = NULL;

  nt_same_change_add_removal (fixture->batch, fixture->servers[0], "Team1");
  nt_same_change_add_removal (fixture->batch, fixture->servers[1], "Team9");
  job = g_list_model_get_item (nt_batch_get_jobs (fixture->batch), 0);
  g_assert_cmpstr (nt_batch_job_get_request (job)->remove->pdata[0], ==, "t1");
  assert_job (fixture, 1, NT_JOB_IMPOSSIBLE, "No team named “Team9” can be changed on this server.");
}

/* Only the differences are applied to the other server, and settings of its own stay. */
static void
test_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtTeamSpec) before = nt_team_spec_new ();
  g_autoptr (NtTeamSpec) after = NULL;
  g_autoptr (NtRequest) wanted = nt_request_new ();
  g_autoptr (NtBatchJob) job = NULL;
  NtTeam *team = (NtTeam *) nt_same_change_find_team (fixture->servers[0], "Team1");
  const NtTeamSpec *spec;

  g_ptr_array_add (team->spec->members, g_strdup ("nic1"));
  g_ptr_array_add (team->spec->members, g_strdup ("nic3"));
  team->spec->balance = NT_BALANCE_IP_ADDRESSES;
  before->name = g_strdup ("Team1");
  g_ptr_array_add (before->members, g_strdup ("nic1"));
  after = nt_team_spec_copy (before);
  after->mode = NT_MODE_LACP;
  g_free (after->name);
  after->name = g_strdup ("Uplink");
  g_ptr_array_set_size (after->members, 0);
  g_ptr_array_add (after->members, g_strdup ("nic2"));

  g_ptr_array_add (wanted->set, g_steal_pointer (&after));
  wanted->take_over = TRUE;
  nt_same_change_add_change (fixture->batch, fixture->servers[0], before, wanted);
  job = g_list_model_get_item (nt_batch_get_jobs (fixture->batch), 0);
  spec = nt_batch_job_get_request (job)->set->pdata[0];
  g_assert_cmpstr (spec->id, ==, "t1");
  g_assert_cmpstr (spec->name, ==, "Uplink");
  g_assert_cmpint (spec->mode, ==, NT_MODE_LACP);
  g_assert_cmpint (spec->balance, ==, NT_BALANCE_IP_ADDRESSES);
  g_assert_cmpuint (spec->members->len, ==, 2);
  g_assert_cmpstr (spec->members->pdata[0], ==, "nic3");
  g_assert_cmpstr (spec->members->pdata[1], ==, "nic2");
  g_assert_cmpint (nt_batch_job_get_request (job)->generation, ==, 1);
  g_assert_true (nt_batch_job_get_request (job)->take_over);
}

static NtInterfaceSpec *
make_interface (gint64 vlan, const char *device, const char *address)
{
  NtInterfaceSpec *interface = nt_interface_spec_new ();

  interface->vlan = vlan;
  interface->device = g_strdup (device);
  g_ptr_array_add (interface->addresses, g_strdup (address));
  return interface;
}

/* A team as on server1, with an interface for untagged traffic and one for VLAN 7. */
static NtTeamSpec *
make_spec_with_interfaces (void)
{
  NtTeamSpec *spec = nt_team_spec_new ();

  spec->name = g_strdup ("Team1");
  g_ptr_array_add (spec->interfaces, make_interface (0, "Team1", "192.0.2.1/24"));
  g_ptr_array_add (spec->interfaces, make_interface (7, "Team1.7", "198.51.100.1/24"));
  return spec;
}

/* The resulting interfaces of another server, as "vlan name mtu device address" of each, after a change of
 * interfaces here. */
static char *
change_interfaces (Fixture *fixture, const NtTeamSpec *before, const NtTeamSpec *after)
{
  g_autoptr (NtRequest) wanted = nt_request_new ();
  g_autoptr (NtBatchJob) job = NULL;
  g_autofree char *text = NULL;
  GListModel *jobs = nt_batch_get_jobs (fixture->batch);
  GString *line = g_string_new (NULL);
  const NtRequest *request;

  g_ptr_array_add (wanted->set, nt_team_spec_copy (after));
  nt_same_change_add_change (fixture->batch, fixture->servers[0], before, wanted);
  job = g_list_model_get_item (jobs, g_list_model_get_n_items (jobs) - 1);
  request = nt_batch_job_get_request (job);
  g_object_get (job, "text", &text, NULL);
  if (request == NULL)
    g_string_append (line, text);
  for (guint i = 0; request != NULL && i < ((const NtTeamSpec *) request->set->pdata[0])->interfaces->len; i++)
    {
      const NtInterfaceSpec *interface = ((const NtTeamSpec *) request->set->pdata[0])->interfaces->pdata[i];

      g_string_append_printf (line, "%s%d %s %d %s %s", i > 0 ? ", " : "", (int) interface->vlan,
                              interface->name ? interface->name : "-", (int) interface->mtu,
                              interface->device ? interface->device : "-",
                              interface->addresses->len > 0 ? (char *) interface->addresses->pdata[0] : "-");
    }
  return g_string_free (line, FALSE);
}

/* Interfaces are matched by VLAN, and keep the addresses of their server. */
static void
test_interfaces (Fixture *fixture, gconstpointer data)
{
  NtTeam *team = (NtTeam *) nt_same_change_find_team (fixture->servers[0], "Team1");
  g_autoptr (NtTeamSpec) before = make_spec_with_interfaces ();
  g_autoptr (NtTeamSpec) changed = nt_team_spec_copy (before);
  g_autoptr (NtTeamSpec) more = nt_team_spec_copy (before);
  g_autoptr (NtTeamSpec) primary = nt_team_spec_copy (before);
  g_autofree char *of_changed = NULL;
  g_autofree char *of_more = NULL;
  g_autofree char *of_primary = NULL;
  g_autofree char *missing = NULL;
  NtInterfaceSpec *interface = nt_team_spec_edit_interface (changed, 1);

  g_ptr_array_add (team->spec->interfaces, make_interface (0, "bond0", "192.0.2.2/24"));
  g_ptr_array_add (team->spec->interfaces, make_interface (9, "bond0.9", "203.0.113.2/24"));
  g_ptr_array_add (team->spec->interfaces, make_interface (7, "bond0.7", "198.51.100.2/24"));
  interface->vlan = 8;
  interface->name = g_strdup ("Storage");
  interface->mtu = 9000;
  g_ptr_array_add (interface->addresses, g_strdup ("198.51.100.9/24"));
  g_ptr_array_add (more->interfaces, make_interface (42, NULL, "10.0.0.1/8"));
  g_ptr_array_add (more->interfaces, make_interface (9, NULL, "10.0.0.1/8"));
  nt_team_spec_edit_interface (primary, 0)->vlan = 5;

  of_changed = change_interfaces (fixture, before, changed);
  g_assert_cmpstr (of_changed, ==,
                   "0 - -1 bond0 192.0.2.2/24, 9 - -1 bond0.9 203.0.113.2/24, 8 Storage 9000 - 198.51.100.2/24");
  of_more = change_interfaces (fixture, before, more);
  g_assert_cmpstr (of_more, ==,
                   "0 - -1 bond0 192.0.2.2/24, 9 - -1 bond0.9 203.0.113.2/24, 7 - -1 bond0.7 198.51.100.2/24, 42 - -1 - -");
  of_primary = change_interfaces (fixture, before, primary);
  g_assert_cmpstr (of_primary, ==,
                   "5 - -1 - 192.0.2.2/24, 9 - -1 bond0.9 203.0.113.2/24, 7 - -1 bond0.7 198.51.100.2/24");
  g_ptr_array_remove_index (team->spec->interfaces, 2);
  missing = change_interfaces (fixture, before, changed);
  g_assert_cmpstr (missing, ==, "Team “Team1” has no interface for VLAN 7.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/batch/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("creation", test_creation);
  ADD ("undo", test_undo);
  ADD ("refused", test_refused);
  ADD ("removal", test_removal);
  ADD ("change", test_change);
  ADD ("interfaces", test_interfaces);
#undef ADD
  return g_test_run ();
}
