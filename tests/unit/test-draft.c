/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/team-draft.h"
#include "app/servers/sampler.h"
#include "fake-agent.h"

static void
assert_problem (NtTeamDraft *draft, const char *field, const char *expected)
{
  g_autofree char *problem = nt_team_draft_get_problem (draft, field, NT_SEVERITY_ERROR);

  g_assert_cmpstr (problem, ==, expected);
}

static void
test_draft (void)
{
  g_autoptr (NtState) state = make_state ();
  g_autoptr (NtTeamDraft) draft = nt_team_draft_new (state);
  g_autoptr (NtRequest) request = NULL;
  const NtTeamSpec *spec;

  assert_problem (draft, "name", "A team needs a name.");
  assert_problem (draft, "members", "A team needs at least one member; specify an adapter.");
  g_assert_false (nt_team_draft_is_valid (draft));

  nt_team_draft_set_name (draft, " Team2 ");
  nt_team_draft_set_member (draft, "nic2", TRUE);
  nt_team_draft_set_member (draft, "nic3", TRUE);
  nt_team_draft_set_standby (draft, "nic3");
  nt_team_draft_set_vlan (draft, 0, 42);
  assert_problem (draft, "name", NULL);
  assert_problem (draft, "members", NULL);
  g_assert_true (nt_team_draft_is_valid (draft));

  request = nt_team_draft_get_request (draft);
  spec = g_ptr_array_index (request->set, 0);
  g_assert_cmpstr (spec->name, ==, "Team2");
  g_assert_cmpuint (spec->members->len, ==, 2);
  g_assert_cmpstr (spec->standby, ==, "nic3");
  g_assert_cmpint (((const NtInterfaceSpec *) spec->interfaces->pdata[0])->vlan, ==, 42);
}

static void
test_draft_refuses (void)
{
  g_autoptr (NtState) state = make_state ();
  g_autoptr (NtTeamDraft) draft = nt_team_draft_new (state);

  nt_team_draft_set_name (draft, "Team1");
  assert_problem (draft, "name", "The name “Team1” is already in use; choose another one.");
  nt_team_draft_set_vlan (draft, 0, 4095);
  assert_problem (draft, "interfaces", "4095 is not a valid VLAN ID. Use 1 to 4094, or 0 for untagged traffic.");
  g_assert_false (nt_team_draft_is_valid (draft));
}

/* A setting that depends on another one is reset with it. */
static void
test_draft_standby (void)
{
  g_autoptr (NtState) state = make_state ();
  g_autoptr (NtTeamDraft) draft = nt_team_draft_new (state);
  g_autoptr (NtRequest) request = NULL;

  nt_team_draft_set_member (draft, "nic2", TRUE);
  nt_team_draft_set_standby (draft, "nic2");
  nt_team_draft_set_member (draft, "nic2", FALSE);
  nt_team_draft_set_member (draft, "nic3", TRUE);
  nt_team_draft_set_standby (draft, "nic3");
  nt_team_draft_set_mode (draft, NT_MODE_LACP);
  request = nt_team_draft_get_request (draft);
  g_assert_null (((const NtTeamSpec *) request->set->pdata[0])->standby);
}

/* An existing team is changed as a whole, and only if it has not been changed in the meantime. */
static void
test_draft_for_team (void)
{
  g_autoptr (NtState) state = make_state ();
  NtTeam *team = g_ptr_array_index (state->teams, 0);
  g_autoptr (NtTeamDraft) draft = NULL;
  g_autoptr (NtRequest) request = NULL;
  const NtTeamSpec *spec;

  team->spec->mtu = 9000;
  g_ptr_array_add (team->spec->members, g_strdup ("nic1"));
  draft = nt_team_draft_new_for_team (state, team);
  g_assert_false (nt_team_draft_is_valid (draft));
  nt_team_draft_set_member (draft, "nic2", TRUE);
  nt_team_draft_set_member (draft, "nic1", TRUE);
  nt_team_draft_set_mode (draft, NT_MODE_LACP);
  nt_team_draft_set_lacp_timer (draft, NT_LACP_TIMER_FAST);
  g_assert_true (nt_team_draft_is_valid (draft));

  request = nt_team_draft_get_request (draft);
  spec = g_ptr_array_index (request->set, 0);
  g_assert_cmpint (request->generation, ==, state->generation);
  g_assert_cmpstr (spec->id, ==, "t1");
  g_assert_cmpstr (spec->members->pdata[0], ==, "nic1");
  g_assert_cmpint (spec->lacp_timer, ==, NT_LACP_TIMER_FAST);
  g_assert_cmpint (spec->mtu, ==, 9000);
  g_assert_cmpuint (team->spec->members->len, ==, 1);
}

/* An adapter that another tool configures is refused with its name, unless it is taken over. */
static void
test_draft_take_over (void)
{
  g_autoptr (NtState) state = make_state ();
  NtAdapter *adapter = (NtAdapter *) nt_state_find_adapter (state, "nic2");
  g_autoptr (NtTeamDraft) draft = NULL;
  g_autoptr (NtRequest) request = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *warning = NULL;

  adapter->owner = nt_owner_make (NT_TOOL_NETWORK_MANAGER, "Office");
  g_ptr_array_add (adapter->obstacles, g_strdup ("network_manager"));
  draft = nt_team_draft_new (state);
  nt_team_draft_set_name (draft, "Team2");
  nt_team_draft_set_member (draft, "nic3", TRUE);
  g_assert_null (nt_team_draft_find_owner (draft));
  nt_team_draft_set_member (draft, "nic2", TRUE);
  g_assert_true (nt_team_draft_find_owner (draft) == adapter->owner);
  problem = nt_team_draft_get_problem (draft, "members", NT_SEVERITY_ERROR);
  g_assert_nonnull (strstr (problem, "NetworkManager manages it (Office)"));
  g_assert_false (nt_team_draft_is_valid (draft));

  nt_team_draft_set_take_over (draft, TRUE);
  assert_problem (draft, "members", NULL);
  warning = nt_team_draft_get_problem (draft, "members", NT_SEVERITY_WARNING);
  g_assert_nonnull (strstr (warning, "is taken over from NetworkManager (Office)"));
  g_assert_true (nt_team_draft_is_valid (draft));
  request = nt_team_draft_get_request (draft);
  g_assert_true (request->take_over);
}

/* An interface with another VLAN is another device; with its original VLAN it is the original device again. */
static void
test_draft_interfaces (void)
{
  g_autoptr (NtState) state = make_state ();
  NtTeam *team = g_ptr_array_index (state->teams, 0);
  NtInterfaceSpec *primary = nt_interface_spec_new (), *vlan = nt_interface_spec_new ();
  g_autoptr (NtTeamDraft) draft = NULL;
  guint index;

  g_ptr_array_add (team->spec->members, g_strdup ("nic1"));
  g_ptr_array_add (team->spec->interfaces, primary);
  g_ptr_array_add (team->spec->interfaces, vlan);
  vlan->vlan = 7;
  vlan->device = g_strdup ("Team1.7");
  draft = nt_team_draft_new_for_team (state, team);
  g_assert_true (nt_team_draft_find_interface (draft, "Team1.7", &index));
  g_assert_cmpuint (index, ==, 1);
  nt_team_draft_set_vlan (draft, 1, 8);
  g_assert_null (((const NtInterfaceSpec *) nt_team_draft_get_spec (draft)->interfaces->pdata[1])->device);
  nt_team_draft_set_vlan (draft, 1, 7);
  g_assert_false (nt_team_draft_is_valid (draft));

  g_assert_cmpuint (nt_team_draft_add_interface (draft), ==, 2);
  nt_team_draft_set_vlan (draft, 2, 7);
  assert_problem (draft, "interfaces[2].vlan", "VLAN 7 is already in use by another interface of this team; choose another ID.");
  nt_team_draft_remove_interface (draft, 1);
  g_assert_true (nt_team_draft_is_valid (draft));
}

static void
take (NtSampler *sampler, gint64 time, gint64 rx, gint64 tx)
{
  g_autoptr (NtSamples) samples = nt_samples_new ();
  NtSample *sample = nt_sample_new ();

  sample->link = g_strdup ("nic1");
  sample->rx_bytes = rx;
  sample->tx_bytes = tx;
  samples->time_us = time;
  g_ptr_array_add (samples->samples, sample);
  nt_sampler_take_samples (sampler, samples);
}

static void
test_sampler (void)
{
  g_autoptr (NtSampler) sampler = nt_sampler_new ();
  const NtSeries *series;

  g_assert_null (nt_sampler_get_series (sampler, "nic1"));
  take (sampler, 0, 1000, 0);
  take (sampler, 500000, 2000, 100);
  series = nt_sampler_get_series (sampler, "nic1");
  g_assert_cmpuint (series->length, ==, 1);
  g_assert_cmpfloat (series->rx[NT_SERIES_LENGTH - 1], ==, 2000);
  g_assert_cmpfloat (series->tx[NT_SERIES_LENGTH - 1], ==, 200);

  /* A counter that was reset does not give a negative rate. */
  take (sampler, 1000000, 0, 100);
  g_assert_cmpfloat (series->rx[NT_SERIES_LENGTH - 1], ==, 0);
  for (int i = 0; i < 2 * NT_SERIES_LENGTH; i++)
    take (sampler, 2000000 + i * 1000000, i, i);
  g_assert_cmpuint (series->length, ==, NT_SERIES_LENGTH);
  g_assert_cmpfloat (series->rx[0], ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/draft/valid", test_draft);
  g_test_add_func ("/draft/refuses", test_draft_refuses);
  g_test_add_func ("/draft/standby", test_draft_standby);
  g_test_add_func ("/draft/for-team", test_draft_for_team);
  g_test_add_func ("/draft/take-over", test_draft_take_over);
  g_test_add_func ("/draft/interfaces", test_draft_interfaces);
  g_test_add_func ("/sampler", test_sampler);
  return g_test_run ();
}
