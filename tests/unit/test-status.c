/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hosts.h"

/* The kernel's report of the member nic1 of a team with nic2, and the status that is derived from it. */
typedef struct
{
  const char *name;
  NtBondMode mode;
  gboolean up;
  gboolean carrier;
  int mii;
  gint64 speed_mbps;
  int duplex;
  int actor;         /* LACP port state, -1 outside LACP */
  int aggregator;    /* the active one is 1 */
  const char *partner;
  int state;
  int reason;
} Case;

#define UP NT_MII_UP
#define PARTNER "02:00:00:00:01:01"
#define NOBODY "00:00:00:00:00:00"
#define FLOWING 0x3f /* active, short, aggregation, in sync, collecting, distributing */

static const Case cases[] = {
  { "active", NT_BOND_BALANCE_XOR, TRUE, TRUE, UP, 1000, NT_DUPLEX_FULL, -1, -1, NULL, NT_LINK_STATE_ACTIVE, -1 },
  { "disabled", NT_BOND_BALANCE_XOR, FALSE, FALSE, NT_MII_DOWN, -1, -1, -1, -1, NULL, NT_LINK_STATE_FAULTED,
    NT_REASON_ADMINISTRATIVE_DECISION },
  { "pulled", NT_BOND_BALANCE_XOR, TRUE, FALSE, NT_MII_DOWN, -1, -1, -1, -1, NULL, NT_LINK_STATE_FAULTED,
    NT_REASON_MEDIA_DISCONNECTED },
  /* When a cable is pulled, the LACP state in the kernel no longer changes. */
  { "pulled-lacp", NT_BOND_8023AD, TRUE, FALSE, NT_MII_DOWN, -1, -1, FLOWING, 1, PARTNER, NT_LINK_STATE_FAULTED,
    NT_REASON_MEDIA_DISCONNECTED },
  { "updelay", NT_BOND_BALANCE_XOR, TRUE, TRUE, NT_MII_BACK, 1000, NT_DUPLEX_FULL, -1, -1, NULL, NT_LINK_STATE_FAULTED,
    NT_REASON_WAITING_FOR_STABLE_CONNECTIVITY },
  { "unknown-speed", NT_BOND_BALANCE_TLB, TRUE, TRUE, NT_MII_DOWN, -1, -1, -1, -1, NULL, NT_LINK_STATE_FAULTED,
    NT_REASON_UNKNOWN_SPEED },
  { "lacp", NT_BOND_8023AD, TRUE, TRUE, UP, 1000, NT_DUPLEX_FULL, FLOWING, 1, PARTNER, NT_LINK_STATE_ACTIVE, -1 },
  { "no-partner", NT_BOND_8023AD, TRUE, TRUE, UP, 1000, NT_DUPLEX_FULL, 0x45, 1, NOBODY, NT_LINK_STATE_FAULTED,
    NT_REASON_NO_LACP_PARTNER },
  { "expired", NT_BOND_8023AD, TRUE, TRUE, UP, 1000, NT_DUPLEX_FULL, 0x87, 1, PARTNER, NT_LINK_STATE_FAULTED,
    NT_REASON_LACP_PARTNER_EXPIRED },
  /* A port that has no partner yet, beside one that has. */
  { "new-port", NT_BOND_8023AD, TRUE, TRUE, UP, 1000, NT_DUPLEX_FULL, 0xc7, 2, PARTNER, NT_LINK_STATE_FAULTED,
    NT_REASON_NO_LACP_PARTNER },
  { "defaulted", NT_BOND_8023AD, TRUE, TRUE, UP, 1000, NT_DUPLEX_FULL, 0x45, 2, PARTNER, NT_LINK_STATE_FAULTED,
    NT_REASON_NO_LACP_PARTNER },
  { "other-aggregator", NT_BOND_8023AD, TRUE, TRUE, UP, 1000, NT_DUPLEX_FULL, 0x07, 2, PARTNER, NT_LINK_STATE_FAULTED,
    NT_REASON_LACP_OTHER_AGGREGATOR },
  { "negotiating", NT_BOND_8023AD, TRUE, TRUE, UP, 1000, NT_DUPLEX_FULL, 0x0f, 1, PARTNER, NT_LINK_STATE_FAULTED,
    NT_REASON_LACP_NEGOTIATING },
  { "half-duplex", NT_BOND_8023AD, TRUE, TRUE, UP, 100, NT_DUPLEX_HALF, 0x05, 2, PARTNER, NT_LINK_STATE_FAULTED,
    NT_REASON_HALF_DUPLEX },
  { "half-duplex-static", NT_BOND_BALANCE_XOR, TRUE, TRUE, UP, 100, NT_DUPLEX_HALF, -1, -1, NULL, NT_LINK_STATE_ACTIVE, -1 },
};

static NtSnapshot *
make_host (const Case *test)
{
  NtSnapshot *snapshot = host_with_adapters (2);
  NtLink *bond = host_add_bond (snapshot, "t", test->mode, "nic1 nic2");
  NtLink *link = host_get_link (snapshot, "nic1");

  bond->bond->aggregator = 1;
  bond->bond->partner_mac = g_strdup (test->partner);
  link->up = test->up;
  link->carrier = test->carrier;
  link->speed_mbps = test->speed_mbps;
  link->duplex = test->duplex;
  link->member->mii = test->mii;
  link->member->actor_state = test->actor;
  link->member->aggregator = test->aggregator;
  return snapshot;
}

static void
test_member (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (NtSnapshot) snapshot = make_host (test);
  g_autoptr (NtDefinitions) wanted = wanted_of (team_spec ("t", "nic1 nic2"));
  g_autoptr (NtState) state = state_of (snapshot, wanted);
  const NtTeam *team = nt_state_find_team (state, "t");
  const NtMember *member = team->members->pdata[0];
  const NtAdapter *adapter = nt_state_find_adapter (state, "nic1");
  int status = test->state == NT_LINK_STATE_FAULTED ? NT_STATUS_WARNING : NT_STATUS_OK;

  g_assert_cmpstr (nt_enum_nick (&nt_link_state_enum, member->state), ==, nt_enum_nick (&nt_link_state_enum, test->state));
  g_assert_cmpstr (nt_enum_nick (&nt_reason_enum, member->reason), ==, nt_enum_nick (&nt_reason_enum, test->reason));
  g_assert_cmpint (adapter->state, ==, test->state);
  g_assert_cmpint (adapter->reason, ==, test->reason);
  g_assert_cmpint (team->status, ==, status);
  g_assert_cmpint (state->status, ==, status);
}

static void
test_fault (void)
{
  g_autoptr (NtSnapshot) snapshot = host_with_adapters (2);
  g_autoptr (NtDefinitions) wanted = wanted_of (team_spec ("t", "nic1 nic2"));
  g_autoptr (NtState) state = NULL;
  const NtTeam *team;
  const NtInterface *interface;

  host_add_bond (snapshot, "t", NT_BOND_BALANCE_XOR, "nic1 nic2")->carrier = FALSE;
  host_get_link (snapshot, "nic1")->carrier = FALSE;
  host_get_link (snapshot, "nic2")->carrier = FALSE;
  state = state_of (snapshot, wanted);
  team = nt_state_find_team (state, "t");
  interface = team->interfaces->pdata[0];
  g_assert_cmpint (team->status, ==, NT_STATUS_FAULT);
  g_assert_cmpint (state->status, ==, NT_STATUS_FAULT);
  g_assert_cmpint (interface->state, ==, NT_LINK_STATE_FAULTED);
  g_assert_cmpint (interface->reason, ==, NT_REASON_NO_ACTIVE_MEMBER);
}

static void
test_standby (void)
{
  g_autoptr (NtSnapshot) snapshot = host_with_adapters (2);
  NtTeamSpec *spec = team_spec ("t", "nic1 nic2");
  g_autoptr (NtDefinitions) wanted = NULL;
  g_autoptr (NtState) state = NULL;
  const NtTeam *team;

  spec->standby = g_strdup ("nic2");
  wanted = wanted_of (spec);
  host_add_bond (snapshot, "t", NT_BOND_ACTIVE_BACKUP, "nic1 nic2");
  host_get_link (snapshot, "nic2")->member->backup = TRUE;
  state = state_of (snapshot, wanted);
  team = nt_state_find_team (state, "t");
  g_assert_cmpint (((NtMember *) team->members->pdata[0])->role, ==, NT_ROLE_ACTIVE);
  g_assert_cmpint (((NtMember *) team->members->pdata[1])->role, ==, NT_ROLE_STANDBY);
  g_assert_cmpint (((NtMember *) team->members->pdata[1])->state, ==, NT_LINK_STATE_STANDBY);
  g_assert_cmpint (team->status, ==, NT_STATUS_OK);
  g_assert_cmpint (team->speed_mbps, ==, 10000);
}

/* Missing members that are in the definition, and present ones that are not, are shown as such. */
static void
test_drift (void)
{
  g_autoptr (NtSnapshot) snapshot = host_with_adapters (3);
  g_autoptr (NtDefinitions) wanted = wanted_of (team_spec ("t", "nic1 nic2 nic9"));
  g_autoptr (NtState) state = NULL;
  const NtTeam *team;
  const NtMember *member;

  host_add_bond (snapshot, "t", NT_BOND_BALANCE_XOR, "nic1 nic3");
  state = state_of (snapshot, wanted);
  team = nt_state_find_team (state, "t");
  g_assert_cmpuint (team->members->len, ==, 4);
  member = team->members->pdata[1];
  g_assert_cmpint (member->reason, ==, NT_REASON_NOT_A_MEMBER);
  g_assert_false (member->present);
  member = team->members->pdata[2];
  g_assert_cmpint (member->reason, ==, NT_REASON_ADAPTER_NOT_PRESENT);
  member = team->members->pdata[3];
  g_assert_cmpstr (member->adapter, ==, "nic3");
  g_assert_false (member->defined);
  g_assert_cmpint (team->status, ==, NT_STATUS_WARNING);
}

/* A team whose device is gone, and a foreign bond. */
static void
test_gone_and_foreign (void)
{
  g_autoptr (NtSnapshot) snapshot = host_with_adapters (2);
  g_autoptr (NtDefinitions) wanted = wanted_of (team_spec ("t", "nic1"));
  g_autoptr (NtState) state = NULL;
  const NtTeam *team;

  host_add_bond (snapshot, "bond0", NT_BOND_BALANCE_XOR, "nic2");
  state = state_of (snapshot, wanted);
  team = nt_state_find_team (state, "t");
  g_assert_cmpint (team->status, ==, NT_STATUS_FAULT);
  g_assert_false (((NtInterface *) team->interfaces->pdata[0])->present);
  team = nt_state_find_team (state, "bond0");
  g_assert_false (team->managed);
  g_assert_null (team->spec);
  g_assert_cmpint (team->mode, ==, NT_MODE_STATIC);
  g_assert_cmpint (team->status, ==, NT_STATUS_OK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/status/member/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_member);
    }
  g_test_add_func ("/status/fault", test_fault);
  g_test_add_func ("/status/standby", test_standby);
  g_test_add_func ("/status/drift", test_drift);
  g_test_add_func ("/status/gone-and-foreign", test_gone_and_foreign);
  return g_test_run ();
}
