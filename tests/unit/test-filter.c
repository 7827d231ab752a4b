/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hosts.h"

#include "backend/kernel/filters/nftables.h"
#include "backend/model/plan/operation.h"
#include "backend/model/plan/packet-filter.h"

#define OF_TEAM(table, bond, first) \
  "add table netdev " table "\n" \
  "delete table netdev " table "\n" \
  "table netdev " table " {\n" \
  "\tset sent { typeof ether saddr; flags dynamic,timeout; timeout 5s; }\n" \
  "\tset sent-tagged { typeof ether saddr . vlan id; flags dynamic,timeout; timeout 5s; }\n" \
  "\tchain from-team {\n" \
  "\t\ttype filter hook egress device \"" bond "\" priority filter;\n" \
  "\t\tupdate @sent-tagged { ether saddr . vlan id } return\n" \
  "\t\tupdate @sent { ether saddr }\n" \
  "\t}\n" \
  "\tchain to-team {\n" \
  "\t\ttype filter hook ingress device \"" bond "\" priority filter;\n" \
  "\t\tether saddr . vlan id @sent-tagged drop\n" \
  "\t\tether type vlan return\n" \
  "\t\tether saddr @sent drop\n" \
  "\t}\n" \
  "\tchain to-first {\n" \
  "\t\ttype filter hook ingress device \"" first "\" priority filter;\n" \
  "\t}\n"
#define OF_OTHERS(first, others) \
  "\tchain to-others {\n" \
  "\t\ttype filter hook ingress devices = { " others " } priority filter;\n" \
  "\t\tmeta pkttype { broadcast, multicast } drop\n" \
  "\t}\n" \
  "\tchain from-others {\n" \
  "\t\ttype filter hook egress devices = { " others " } priority filter;\n" \
  "\t\tigmp type { membership-report-v1, membership-report-v2, membership-report-v3 } fwd to \"" first "\"\n" \
  "\t\ticmpv6 type { mld-listener-report, mld2-listener-report } fwd to \"" first "\"\n" \
  "\t}\n"

static const struct
{
  const char *bond;
  const char *members;
  const char *text; /* NULL = refused */
} formats[] = {
  { "t", "nic1", OF_TEAM ("nicteam-t", "t", "nic1") "}\n" },
  { "t", "nic2 nic1", OF_TEAM ("nicteam-t", "t", "nic2") OF_OTHERS ("nic2", "\"nic1\"") "}\n" },
  { "t", "nic2 nic1 nic3", OF_TEAM ("nicteam-t", "t", "nic2") OF_OTHERS ("nic2", "\"nic1\", \"nic3\"") "}\n" },
  /* A table name is limited to fewer characters than a device name. */
  { "a+ö", "nic1", OF_TEAM ("nicteam-a/2b/c3/b6", "a+ö", "nic1") "}\n" },
  { "t", "", NULL },
  { "t", "nic\"1", NULL },
  { "t\"", "nic1", NULL },
  { "t", "nic1 nic*", NULL },
};

static void
test_format (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = nt_nftables_format (formats[i].bond, formats[i].members, &error);

      g_assert_cmpstr (text, ==, formats[i].text);
      g_assert_true ((text == NULL) == (error != NULL));
    }
}

#define TABLE(name, chains) "table netdev " name " {\n\tset sent {\n\t\ttypeof ether saddr\n\t}\n\n" chains "}\n"
#define CHAIN(name, hook, devices) \
  "\tchain " name " {\n\t\ttype filter hook " hook " " devices "priority filter; policy accept;\n\t\tcounter\n\t}\n"
#define TEAM CHAIN ("from-team", "egress", "device \"t.\" ") CHAIN ("to-team", "ingress", "device \"t.\" ")
#define FIRST CHAIN ("to-first", "ingress", "device \"nic2\" ")

static const struct
{
  const char *text;
  const char *filters;
} lists[] = {
  { "", "" },
  { TABLE ("nicteam-t/2e", TEAM FIRST), "t.=nic2;" },
  { TABLE ("nicteam-t/2e", TEAM FIRST CHAIN ("to-others", "ingress", "device \"nic1\" ")), "t.=nic2 nic1;" },
  { TABLE ("nicteam-t/2e", TEAM FIRST CHAIN ("to-others", "ingress", "devices = { nic3, a,b } ")), "t.=nic2 a,b nic3;" },
  { TABLE ("nicteam-t/2e", TEAM FIRST CHAIN ("to-others", "ingress", "devices = { \"nic3\", \"nic1\" } ")),
    "t.=nic2 nic1 nic3;" },
  /* The chains of removed links are gone, or left without a device. */
  { TABLE ("nicteam-t/2e", FIRST), "t.=;" },
  { TABLE ("nicteam-t/2e", TEAM), "t.=;" },
  { TABLE ("nicteam-t/2e", TEAM CHAIN ("to-first", "ingress", "")), "t.=;" },
  /* Tables of others, and two of ours. */
  { TABLE ("nm-mlag-t", TEAM FIRST), "" },
  { TABLE ("nicteam-u", "") TABLE ("other", FIRST) TABLE ("nicteam-t/2e", TEAM FIRST), "t.=nic2;u=;" },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GPtrArray) filters = nt_nftables_parse (lists[i].text);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < filters->len; j++)
        {
          const NtPacketFilter *filter = filters->pdata[j];

          g_string_append_printf (text, "%s=%s;", filter->bond, filter->members);
        }
      g_assert_cmpstr (text->str, ==, lists[i].filters);
    }
}

/* The current filters of the team t (nic1 nic2 nic3, in that order in its bond). */
static const struct
{
  const char *name;
  const char *present; /* NULL = none */
  const char *broken;  /* adapters without a link */
  const char *standby;
  const char *plan;
} plans[] = {
  { "there", "nic1 nic2 nic3", "", NULL, "" },
  { "missing", NULL, "", NULL, "nic1 nic2 nic3" },
  { "not-whole", "", "", NULL, "nic1 nic2 nic3" },
  { "first-stays", "nic2 nic1 nic3", "", NULL, "" },
  { "first-pulled", "nic1 nic2 nic3", "nic1", NULL, "nic2 nic1 nic3" },
  { "other-pulled", "nic1 nic2 nic3", "nic2", NULL, "" },
  { "two-pulled", "nic2 nic1 nic3", "nic2 nic1", NULL, "nic3 nic1 nic2" },
  { "all-pulled", "nic2 nic1 nic3", "nic1 nic2 nic3", NULL, "" },
  { "member-more", "nic2 nic1", "", NULL, "nic2 nic1 nic3" },
  { "member-less", "nic1 nic2 nic3 nic4", "", NULL, "nic1 nic2 nic3" },
  { "first-gone", "nic4 nic1 nic2 nic3", "", NULL, "nic1 nic2 nic3" },
  /* Members that wait outside the bond are filtered before they join. */
  { "spare", "nic1 nic2 nic3", "", "nic4", "nic1 nic2 nic3 nic4" },
};

static void
test_plan (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autoptr (NtSnapshot) snapshot = host_with_adapters (4);
      g_autoptr (NtTeamSpec) spec = team_spec ("t", plans[i].standby ? "nic1 nic2 nic3 nic4" : "nic1 nic2 nic3");
      g_auto (GStrv) broken = g_strsplit (plans[i].broken, " ", -1);
      g_autoptr (GPtrArray) operations = NULL;

      spec->device = g_strdup ("t");
      spec->mode = NT_MODE_SWITCH_INDEPENDENT;
      spec->balance = NT_BALANCE_HYPER_V_PORT;
      spec->standby = g_strdup (plans[i].standby);
      host_add_bond (snapshot, "t", NT_BOND_BALANCE_XOR, "nic1 nic2 nic3");
      if (plans[i].present != NULL)
        host_add_filter (snapshot, "t", plans[i].present);
      for (guint j = 0; broken[j] != NULL && *broken[j] != '\0'; j++)
        host_get_link (snapshot, broken[j])->carrier = FALSE;
      operations = nt_packet_filter_plan (spec, snapshot);
      g_test_message ("%s", plans[i].name);
      g_assert_cmpuint (operations->len, ==, *plans[i].plan != '\0');
      if (operations->len > 0)
        {
          const NtOperation *operation = operations->pdata[0];
          g_autofree char *members = nt_strings_join (operation->devices, " ");

          g_assert_cmpstr (members, ==, plans[i].plan);
        }
    }
}

/* A member that has a link again, but is not active yet, receives nothing. */
static void
test_waited_for (void)
{
  g_autoptr (NtSnapshot) snapshot = host_with_adapters (2);
  g_autoptr (NtTeamSpec) spec = team_spec ("t", "nic1 nic2");
  g_autofree char *members = NULL;

  spec->device = g_strdup ("t");
  host_add_bond (snapshot, "t", NT_BOND_BALANCE_XOR, "nic1 nic2");
  host_get_link (snapshot, "nic1")->member->mii = NT_MII_BACK;
  members = nt_packet_filter_choose (spec, snapshot, spec->members);
  g_assert_cmpstr (members, ==, "nic2 nic1");
}

static const struct
{
  int mode;
  int balance;
  const char *standby;
  const char *members;
  gboolean is_needed;
} needs[] = {
  { NT_MODE_SWITCH_INDEPENDENT, NT_BALANCE_HYPER_V_PORT, NULL, "nic1 nic2", TRUE },
  { NT_MODE_SWITCH_INDEPENDENT, NT_BALANCE_DYNAMIC, NULL, "nic1 nic2", FALSE },
  { NT_MODE_STATIC, NT_BALANCE_HYPER_V_PORT, NULL, "nic1 nic2", FALSE },
  { NT_MODE_LACP, NT_BALANCE_HYPER_V_PORT, NULL, "nic1 nic2", FALSE },
  /* A team of two with one standby member is active-backup. */
  { NT_MODE_SWITCH_INDEPENDENT, NT_BALANCE_HYPER_V_PORT, "nic1", "nic1 nic2", FALSE },
  { NT_MODE_SWITCH_INDEPENDENT, NT_BALANCE_HYPER_V_PORT, "nic1", "nic1 nic2 nic3", TRUE },
};

static void
test_needs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      g_autoptr (NtTeamSpec) spec = team_spec ("t", needs[i].members);

      spec->mode = needs[i].mode;
      spec->balance = needs[i].balance;
      spec->standby = g_strdup (needs[i].standby);
      g_assert_true (nt_packet_filter_is_needed (spec) == needs[i].is_needed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/format", test_format);
  g_test_add_func ("/filter/parse", test_parse);
  g_test_add_func ("/filter/plan", test_plan);
  g_test_add_func ("/filter/waited-for", test_waited_for);
  g_test_add_func ("/filter/needs", test_needs);
  return g_test_run ();
}
