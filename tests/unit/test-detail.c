/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/text/health.h"
#include "app/text/status-reasons.h"
#include "fake-agent.h"

static NtMember *
make_member (const char *adapter, int reason)
{
  NtMember *member = nt_member_new ();

  member->adapter = g_strdup (adapter);
  member->reason = reason;
  return member;
}

static NtDrift *
make_drift (void)
{
  NtDrift *drift = nt_drift_new ();

  drift->kind = NT_DRIFT_MTU;
  drift->link = g_strdup ("Team1");
  drift->present = g_strdup ("1500");
  drift->expected = g_strdup ("9000");
  return drift;
}

static void
test_team (void)
{
  g_autoptr (NtTeam) team = make_team ("t1", "Team1", NT_STATUS_WARNING);
  g_autofree char *nothing = nt_status_reasons_of_team (team);
  g_autofree char *detail = NULL;

  g_assert_null (nothing);
  g_ptr_array_add (team->members, make_member ("nic1", -1));
  g_ptr_array_add (team->members, make_member ("nic2", NT_REASON_MEDIA_DISCONNECTED));
  g_ptr_array_add (team->members, make_member ("nic3", NT_REASON_NO_LACP_PARTNER));
  g_ptr_array_add (team->drift, make_drift ());
  detail = nt_status_reasons_of_team (team);
  g_assert_cmpstr (detail, ==,
                   "nic2: Media disconnected\nnic3: No LACP partner\nThe MTU of Team1 is 1500; it should be 9000.");
}

/* A team that is OK but differs from its definition has a warning. */
static void
test_health (void)
{
  g_autoptr (NtTeam) team = make_team ("t1", "Team1", NT_STATUS_OK);

  g_assert_cmpint (nt_health_of_team (team), ==, NT_HEALTH_OK);
  g_ptr_array_add (team->drift, make_drift ());
  g_assert_cmpint (nt_health_of_team (team), ==, NT_HEALTH_WARNING);
  team->status = NT_STATUS_FAULT;
  g_assert_cmpint (nt_health_of_team (team), ==, NT_HEALTH_FAULT);
}

static void
test_state (void)
{
  g_autoptr (NtState) state = make_state ();
  g_autofree char *nothing = nt_status_reasons_of_state (state);
  g_autofree char *detail = NULL;

  g_assert_null (nothing);
  g_ptr_array_add (state->teams, make_team ("t2", "Team2", NT_STATUS_FAULT));
  detail = nt_status_reasons_of_state (state);
  g_assert_cmpstr (detail, ==, "Team2: Fault");
}

/* In a list sorted by status, items that need attention come first. */
static void
test_rank (void)
{
  static const NtHealth order[] = { NT_HEALTH_FAULT, NT_HEALTH_UNKNOWN, NT_HEALTH_WARNING,
                                    NT_HEALTH_BUSY,  NT_HEALTH_IDLE,    NT_HEALTH_OK };

  for (guint i = 1; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpint (nt_health_get_rank (order[i - 1]), <, nt_health_get_rank (order[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/detail/team", test_team);
  g_test_add_func ("/detail/health", test_health);
  g_test_add_func ("/detail/state", test_state);
  g_test_add_func ("/detail/rank", test_rank);
  return g_test_run ();
}
