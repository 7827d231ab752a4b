/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/command-line.h"
#include "app/change/team-draft.h"
#include "backend/model/request/adopt.h"
#include "fake-agent.h"

#define PREFIX "nicteam -s server1 "

/* A state with a team of nic1, which has an untagged interface and one for VLAN 7. */
static NtState *
make_host (void)
{
  NtState *state = make_state ();
  NtTeamSpec *spec = ((NtTeam *) state->teams->pdata[0])->spec;
  NtInterfaceSpec *primary = nt_interface_spec_new (), *vlan = nt_interface_spec_new ();

  g_ptr_array_add (spec->members, g_strdup ("nic1"));
  primary->device = g_strdup ("Team1");
  vlan->device = g_strdup ("Team1.7");
  vlan->vlan = 7;
  vlan->mtu = 1400;
  g_ptr_array_add (vlan->addresses, g_strdup ("192.0.2.1/24"));
  g_ptr_array_add (spec->interfaces, primary);
  g_ptr_array_add (spec->interfaces, vlan);
  return state;
}

static void
assert_lines (const NtState *state, const NtRequest *request, const char *expected)
{
  g_autofree char *lines = nt_command_line_new ("server1", state, request);

  g_assert_cmpstr (lines, ==, expected);
}

static void
name_it (NtTeamDraft *draft)
{
  nt_team_draft_set_name (draft, "Team2");
  nt_team_draft_set_member (draft, "nic2", TRUE);
}

static void
name_like_options (NtTeamDraft *draft)
{
  nt_team_draft_set_name (draft, "-nasty");
  nt_team_draft_set_member (draft, "nic2", TRUE);
  nt_team_draft_set_mode (draft, NT_MODE_STATIC);
  nt_team_draft_set_interface_name (draft, 0, "--name");
}

static void
choose_all (NtTeamDraft *draft)
{
  nt_team_draft_set_name (draft, "It’s a team");
  nt_team_draft_set_member (draft, "nic2", TRUE);
  nt_team_draft_set_member (draft, "nic3", TRUE);
  nt_team_draft_set_balance (draft, NT_BALANCE_IP_ADDRESSES);
  nt_team_draft_set_standby (draft, "nic3");
  nt_team_draft_set_vlan (draft, 0, 42);
}

static void
choose_lacp (NtTeamDraft *draft)
{
  name_it (draft);
  nt_team_draft_set_mode (draft, NT_MODE_LACP);
  nt_team_draft_set_lacp_timer (draft, NT_LACP_TIMER_FAST);
  nt_team_draft_set_vlan (draft, nt_team_draft_add_interface (draft), 5);
  nt_team_draft_set_addresses (draft, 1, "192.0.2.9/24");
}

static const struct
{
  void (*fill) (NtTeamDraft *draft);
  const char *expected;
} new_teams[] = {
  { name_it, PREFIX "team create Team2 nic2" },
  { name_like_options, PREFIX "team create --mode static --interface-name=--name -- -nasty nic2" },
  { choose_all, PREFIX "team create 'It’s a team' nic2 nic3 --balance ip-addresses --standby nic3 --vlan 42" },
  { choose_lacp, PREFIX "team create Team2 nic2 --mode lacp --lacp-timer fast --vlan 0 --vlan 5\n"
                 PREFIX "interface set Team2 5 --address 192.0.2.9/24" },
};

static void
test_new_team (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (new_teams); i++)
    {
      g_autoptr (NtState) state = make_host ();
      g_autoptr (NtTeamDraft) draft = nt_team_draft_new (state);
      g_autoptr (NtRequest) request = NULL;

      new_teams[i].fill (draft);
      request = nt_team_draft_get_request (draft);
      assert_lines (state, request, new_teams[i].expected);
    }
}

static void
exchange_members (NtTeamDraft *draft)
{
  nt_team_draft_set_member (draft, "nic1", FALSE);
  nt_team_draft_set_member (draft, "nic2", TRUE);
  nt_team_draft_set_name (draft, "Uplink");
}

static void
change_mode (NtTeamDraft *draft)
{
  nt_team_draft_set_mode (draft, NT_MODE_STATIC);
}

static void
change_vlan (NtTeamDraft *draft)
{
  nt_team_draft_set_vlan (draft, 1, 8);
}

static void
change_network (NtTeamDraft *draft)
{
  nt_team_draft_set_interface_name (draft, 1, "Storage net");
  nt_team_draft_set_addresses (draft, 1, "");
  nt_team_draft_set_interface_mtu (draft, 1, 9000);
  nt_team_draft_set_vlan (draft, nt_team_draft_add_interface (draft), 9);
}

static void
clear_mtu (NtTeamDraft *draft)
{
  nt_team_draft_set_interface_mtu (draft, 1, -1);
}

static void
delete_interface (NtTeamDraft *draft)
{
  nt_team_draft_remove_interface (draft, 1);
}

static void
tag_primary (NtTeamDraft *draft)
{
  nt_team_draft_set_vlan (draft, 0, 3);
}

static void
change_nothing (NtTeamDraft *draft)
{
}

static const struct
{
  void (*change) (NtTeamDraft *draft);
  const char *expected;
} changes[] = {
  { exchange_members, PREFIX "member add Team1 nic2\n" PREFIX "member remove Team1 nic1\n" PREFIX "team set Team1 --name Uplink" },
  { change_mode, PREFIX "team set Team1 --mode static" },
  { change_vlan, PREFIX "interface set Team1 7 --vlan 8" },
  { change_network, PREFIX "interface set Team1 7 --name 'Storage net' --no-addresses --mtu 9000\n"
                    PREFIX "interface add Team1 --vlan 9" },
  { clear_mtu, PREFIX "interface set Team1 7 --mtu default" },
  { delete_interface, PREFIX "interface delete Team1 7" },
  { change_nothing, PREFIX "team repair Team1" },
  { tag_primary, PREFIX "interface set Team1 0 --vlan 3" },
};

static void
test_change (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (NtState) state = make_host ();
      g_autoptr (NtTeamDraft) draft = nt_team_draft_new_for_team (state, state->teams->pdata[0]);
      g_autoptr (NtRequest) request = NULL;

      changes[i].change (draft);
      request = nt_team_draft_get_request (draft);
      assert_lines (state, request, changes[i].expected);
    }
}

static void
test_others (void)
{
  g_autoptr (NtState) state = make_host ();
  g_autoptr (NtRequest) request = nt_request_new ();

  g_ptr_array_add (request->remove, g_strdup ("t1"));
  assert_lines (state, request, PREFIX "team delete Team1");
  g_ptr_array_set_size (request->remove, 0);
  g_ptr_array_add (request->disable, g_strdup ("nic1"));
  g_ptr_array_add (request->disable, g_strdup ("Team1.7"));
  g_ptr_array_add (request->enable, g_strdup ("nic2"));
  assert_lines (state, request,
                PREFIX "adapter disable nic1\n" PREFIX "interface disable Team1.7\n" PREFIX "adapter enable nic2");
}

/* A bond is adopted, without and with a take-over of its adapters. */
static void
test_adopt (void)
{
  g_autoptr (NtState) state = make_host ();
  g_autoptr (NtRequest) adoption = nt_request_new ();
  NtTeam *bond = make_team ("bond0", "bond0", NT_STATUS_OK);

  bond->managed = FALSE;
  g_clear_pointer (&bond->spec, nt_team_spec_unref);
  g_ptr_array_add (state->teams, bond);
  g_ptr_array_add (adoption->adopt, g_strdup ("bond0"));
  g_ptr_array_add (adoption->set, nt_adopt_make_spec (bond, "Uplink"));
  assert_lines (state, adoption, PREFIX "team adopt bond0 --name Uplink");
  adoption->take_over = TRUE;
  assert_lines (state, adoption, PREFIX "team adopt bond0 --name Uplink --take-over");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-line/new-team", test_new_team);
  g_test_add_func ("/command-line/change", test_change);
  g_test_add_func ("/command-line/others", test_others);
  g_test_add_func ("/command-line/adopt", test_adopt);
  return g_test_run ();
}
