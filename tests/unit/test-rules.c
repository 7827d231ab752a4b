/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hosts.h"

#include "model/rules.h"

#include <string.h>

/* The host has nic1 to nic40; old (nic30 nic31) is a managed team, bond0 (nic32) a foreign one, nic33 has an address,
 * nic34 is a bridge port, nic35 is wireless, nic36 has no known speed, nic37 is slow, nic38 has a VLAN on it. */
static NtSnapshot *
make_host (void)
{
  NtSnapshot *snapshot = host_with_adapters (40);
  NtLink *vlan;

  host_add_bond (snapshot, "old", NT_BOND_BALANCE_XOR, "nic30 nic31");
  host_add_bond (snapshot, "bond0", NT_BOND_BALANCE_RR, "nic32");
  host_add_address (host_get_link (snapshot, "nic33"), "192.0.2.1/24");
  host_add_link (snapshot, "br0", NT_LINK_OTHER);
  host_get_link (snapshot, "nic34")->master = g_strdup ("br0");
  host_get_link (snapshot, "nic35")->wireless = TRUE;
  host_get_link (snapshot, "nic36")->speed = -1;
  host_get_link (snapshot, "nic37")->speed = 1000;
  vlan = host_add_link (snapshot, "nic38.5", NT_LINK_VLAN);
  vlan->parent = g_strdup ("nic38");
  return snapshot;
}

#define THIRTY_THREE \
  "[\"nic1\",\"nic2\",\"nic3\",\"nic4\",\"nic5\",\"nic6\",\"nic7\",\"nic8\",\"nic9\",\"nic10\",\"nic11\"," \
  "\"nic12\",\"nic13\",\"nic14\",\"nic15\",\"nic16\",\"nic17\",\"nic18\",\"nic19\",\"nic20\",\"nic21\"," \
  "\"nic22\",\"nic23\",\"nic24\",\"nic25\",\"nic26\",\"nic27\",\"nic28\",\"nic29\",\"nic37\",\"nic39\",\"nic40\",\"nic36\"]"
#define TEAM(rest) "{\"set\":[{" rest "}]}"
#define INTERFACE(rest) TEAM ("\"name\":\"t\",\"interfaces\":[{" rest "}]," TWO)
#define TWO "\"members\":[\"nic1\",\"nic2\"]"

typedef struct
{
  const char *name;
  const char *request;
  const char *problems; /* "field rule", divided by "; " */
} Case;

static const Case cases[] = {
  { "fine", TEAM ("\"name\":\"t\"," TWO), "" },
  { "team-of-one", TEAM ("\"name\":\"t\",\"members\":[\"nic1\"]"), "" },
  { "any-script", TEAM ("\"name\":\"Équipe 日本\"," TWO), "" },
  { "name-empty", TEAM ("\"name\":\"\"," TWO), "set[0].name name_empty" },
  { "name-slash", TEAM ("\"name\":\"a/b\"," TWO), "set[0].name name_invalid" },
  { "name-newline", TEAM ("\"name\":\"a\\nb\"," TWO), "set[0].name name_invalid" },
  { "name-taken", TEAM ("\"name\":\"old\"," TWO), "set[0].name name_taken" },
  { "name-of-foreign", TEAM ("\"name\":\"bond0\"," TWO), "set[0].name name_taken" },
  { "name-of-adapter", TEAM ("\"name\":\"nic5\"," TWO), "set[0].name name_taken" },
  { "name-of-bridge", TEAM ("\"name\":\"br0\"," TWO), "set[0].name name_taken" },
  { "interface-name-of-team", TEAM ("\"name\":\"t\",\"interfaces\":[{},{\"vlan\":2,\"name\":\"old\"}]," TWO),
    "set[0].interfaces[1].name name_taken" },
  { "interface-name-of-own-team", TEAM ("\"name\":\"t\",\"interfaces\":[{},{\"vlan\":2,\"name\":\"t\"}]," TWO),
    "set[0].interfaces[1].name name_taken" },
  { "device-invalid", TEAM ("\"name\":\"t\",\"device\":\"a b\"," TWO), "set[0].device device_invalid" },
  { "device-taken", TEAM ("\"name\":\"t\",\"device\":\"nic5\"," TWO), "set[0].device device_taken" },
  { "members-none", TEAM ("\"name\":\"t\",\"members\":[]"), "set[0].members members_none" },
  { "members-too-many", TEAM ("\"name\":\"t\",\"mode\":\"static\",\"members\":" THIRTY_THREE),
    "set[0].members members_too_many; set[0].members mixed_speeds" },
  { "member-unknown", TEAM ("\"name\":\"t\",\"members\":[\"nic1\",\"eth9\"]"), "set[0].members[1] member_unknown" },
  { "member-twice", TEAM ("\"name\":\"t\",\"members\":[\"nic1\",\"nic1\"]"), "set[0].members[1] member_twice" },
  { "member-of-other", TEAM ("\"name\":\"t\",\"members\":[\"nic30\"]"), "set[0].members[0] member_of_other_team" },
  { "member-of-foreign", TEAM ("\"name\":\"t\",\"members\":[\"nic32\"]"), "set[0].members[0] member_not_teamable" },
  { "member-has-address", TEAM ("\"name\":\"t\",\"members\":[\"nic33\"]"), "set[0].members[0] addresses_move" },
  { "address", INTERFACE ("\"addresses\":[\"192.0.2.9/24\",\"2001:DB8::1/64\"],\"gateways\":[\"192.0.2.1\",\"fe80::1\"]"), "" },
  { "address-without-length", INTERFACE ("\"addresses\":[\"192.0.2.9\"]"),
    "set[0].interfaces[0].addresses[0] address_invalid" },
  { "address-length", INTERFACE ("\"addresses\":[\"192.0.2.9/33\",\"2001:db8::1/129\",\"192.0.2.9/0\"]"),
    "set[0].interfaces[0].addresses[0] address_invalid; set[0].interfaces[0].addresses[1] address_invalid; "
    "set[0].interfaces[0].addresses[2] address_invalid" },
  { "address-multicast", INTERFACE ("\"addresses\":[\"224.0.0.1/24\",\"::/64\",\"127.0.0.1/8\"]"),
    "set[0].interfaces[0].addresses[0] address_invalid; set[0].interfaces[0].addresses[1] address_invalid; "
    "set[0].interfaces[0].addresses[2] address_invalid" },
  { "address-taken", INTERFACE ("\"addresses\":[\"192.0.2.1/24\"]"), "set[0].interfaces[0].addresses[0] address_taken" },
  { "address-twice", TEAM ("\"name\":\"t\",\"interfaces\":[{\"addresses\":[\"192.0.2.9/24\"]},"
                           "{\"vlan\":5,\"addresses\":[\"192.0.2.9/24\"]}]," TWO),
    "set[0].interfaces[1].addresses[0] address_taken" },
  { "address-brought", TEAM ("\"name\":\"t\",\"interfaces\":[{\"addresses\":[\"192.0.2.1/24\"]}],"
                             "\"members\":[\"nic33\"]"), "set[0].members[0] addresses_move" },
  { "gateway-invalid", INTERFACE ("\"addresses\":[\"192.0.2.9/24\"],\"gateways\":[\"router\"]"),
    "set[0].interfaces[0].gateways[0] gateway_invalid" },
  { "gateway-elsewhere", INTERFACE ("\"addresses\":[\"192.0.2.9/25\"],\"gateways\":[\"192.0.2.129\"]"),
    "set[0].interfaces[0].gateways[0] gateway_unreachable" },
  { "gateway-twice", INTERFACE ("\"addresses\":[\"192.0.2.9/24\"],\"gateways\":[\"192.0.2.2\",\"192.0.2.3\"]"),
    "set[0].interfaces[0].gateways[1] gateway_twice" },
  { "interface-mtu", TEAM ("\"name\":\"t\",\"mtu\":9000,\"interfaces\":[{},{\"vlan\":5,\"mtu\":1400}]," TWO), "" },
  { "interface-mtu-above", TEAM ("\"name\":\"t\",\"interfaces\":[{},{\"vlan\":5,\"mtu\":1501}]," TWO),
    "set[0].interfaces[1].mtu mtu_above_team" },
  { "interface-mtu-small", INTERFACE ("\"mtu\":1"), "set[0].interfaces[0].mtu mtu_range" },
  { "primary-mtu", TEAM ("\"name\":\"t\",\"mtu\":9000,\"interfaces\":[{\"mtu\":1400}]," TWO),
    "set[0].interfaces[0].mtu mtu_not_teams" },
  { "member-in-bridge", TEAM ("\"name\":\"t\",\"members\":[\"nic34\"]"), "set[0].members[0] member_not_teamable" },
  { "member-wireless", TEAM ("\"name\":\"t\",\"members\":[\"nic35\"]"), "set[0].members[0] member_not_teamable" },
  { "member-has-vlan", TEAM ("\"name\":\"t\",\"members\":[\"nic38\"]"), "set[0].members[0] member_not_teamable" },
  { "member-loopback", TEAM ("\"name\":\"t\",\"members\":[\"lo\"]"), "set[0].members[0] member_not_teamable" },
  { "member-bridge", TEAM ("\"name\":\"t\",\"members\":[\"br0\"]"), "set[0].members[0] member_not_teamable" },
  { "member-team", TEAM ("\"name\":\"t\",\"members\":[\"old\"]"), "set[0].members[0] member_unknown" },
  { "speed-unknown", TEAM ("\"name\":\"t\",\"members\":[\"nic36\"]"), "set[0].members[0] member_speed_unknown" },
  { "speed-unknown-lacp", TEAM ("\"name\":\"t\",\"mode\":\"lacp\",\"members\":[\"nic36\"]"),
    "set[0].members[0] member_speed_unknown" },
  { "speed-unknown-static", TEAM ("\"name\":\"t\",\"mode\":\"static\",\"members\":[\"nic36\"]"), "" },
  { "mixed-speeds", TEAM ("\"name\":\"t\",\"members\":[\"nic1\",\"nic37\"]"), "set[0].members mixed_speeds" },
  { "standby", TEAM ("\"name\":\"t\",\"standby\":\"nic2\"," TWO), "" },
  { "standby-of-three", TEAM ("\"name\":\"t\",\"standby\":\"nic2\",\"members\":[\"nic1\",\"nic2\",\"nic3\"]"), "" },
  { "standby-not-member", TEAM ("\"name\":\"t\",\"standby\":\"nic3\"," TWO), "set[0].standby standby_not_member" },
  { "standby-only", TEAM ("\"name\":\"t\",\"standby\":\"nic1\",\"members\":[\"nic1\"]"),
    "set[0].standby standby_only_member" },
  { "standby-lacp", TEAM ("\"name\":\"t\",\"mode\":\"lacp\",\"standby\":\"nic1\"," TWO),
    "set[0].standby standby_needs_switch_independent" },
  { "hyper-v-port", TEAM ("\"name\":\"t\",\"balance\":\"hyper_v_port\"," TWO), "set[0].balance balance_not_available" },
  { "hyper-v-port-lacp", TEAM ("\"name\":\"t\",\"mode\":\"lacp\",\"balance\":\"hyper_v_port\"," TWO), "" },
  { "mtu-small", TEAM ("\"name\":\"t\",\"mtu\":67," TWO), "set[0].mtu mtu_range" },
  { "mtu-large", TEAM ("\"name\":\"t\",\"mtu\":65536," TWO), "set[0].mtu mtu_range" },
  { "vlan", TEAM ("\"name\":\"t\",\"interfaces\":[{\"vlan\":4094},{\"vlan\":1}]," TWO), "" },
  { "vlan-4095", TEAM ("\"name\":\"t\",\"interfaces\":[{\"vlan\":4095}]," TWO), "set[0].interfaces[0].vlan vlan_range" },
  { "vlan-negative", TEAM ("\"name\":\"t\",\"interfaces\":[{\"vlan\":-2}]," TWO), "set[0].interfaces[0].vlan vlan_range" },
  { "vlan-twice", TEAM ("\"name\":\"t\",\"interfaces\":[{},{\"vlan\":5},{\"vlan\":5,\"name\":\"x\"}]," TWO),
    "set[0].interfaces[2].vlan vlan_twice" },
  { "second-default", TEAM ("\"name\":\"t\",\"interfaces\":[{\"vlan\":5},{\"vlan\":0}]," TWO),
    "set[0].interfaces[1].vlan default_not_primary" },
  { "interface-name", TEAM ("\"name\":\"t\",\"interfaces\":[{\"name\":\"a/b\"}]," TWO),
    "set[0].interfaces[0].name name_invalid" },
  { "interface-name-twice", TEAM ("\"name\":\"t\",\"interfaces\":[{\"name\":\"x\"},{\"vlan\":2,\"name\":\"x\"}]," TWO),
    "set[0].interfaces[1].name name_taken" },
  { "id-unknown", TEAM ("\"id\":\"nobody\",\"name\":\"t\"," TWO), "set[0].id team_unknown" },
  { "id-of-foreign", TEAM ("\"id\":\"bond:43\",\"name\":\"t\"," TWO), "set[0].id team_unknown" },
  { "rename", TEAM ("\"id\":\"id-of-old\",\"name\":\"new\",\"members\":[\"nic30\",\"nic31\",\"nic1\"]"), "" },
  { "same-name", TEAM ("\"id\":\"id-of-old\",\"name\":\"old\",\"members\":[\"nic31\"]"), "" },
  { "twice", "{\"set\":[{\"name\":\"t\",\"members\":[\"nic1\"]},{\"name\":\"t\",\"members\":[\"nic1\"]}]}",
    "set[1].name name_taken; set[1].members[0] member_of_other_team" },
  { "remove", "{\"remove\":[\"old\"]}", "" },
  { "remove-unknown", "{\"remove\":[\"old\",\"nobody\"]}", "remove[1] team_unknown" },
  { "remove-foreign", "{\"remove\":[\"bond0\"]}", "remove[0] team_unknown" },
  { "move-member", "{\"remove\":[\"old\"],\"set\":[{\"name\":\"old\",\"members\":[\"nic30\"]}]}", "" },
  { "disable", "{\"disable\":[\"nic1\",\"nic30\",\"old\"],\"enable\":[\"nic2\"]}", "" },
  { "disable-unknown", "{\"disable\":[\"nobody\"],\"enable\":[\"nic1\",\"nobody\"]}",
    "enable[1] link_unknown; disable[0] link_unknown" },
  { "disable-with-addresses", "{\"disable\":[\"nic33\"]}", "disable[0] disable_has_addresses" },
  { "nothing", "{}", "" },
};

static char *
list_problems (const GPtrArray *problems)
{
  g_autoptr (GPtrArray) words = nt_strings_new ();

  for (guint i = 0; i < problems->len; i++)
    {
      const NtProblem *problem = problems->pdata[i];

      /* Every sentence is filled in. */
      g_assert_null (strchr (problem->message, '{'));
      g_ptr_array_add (words, g_strdup_printf ("%s %s", problem->field, problem->rule));
    }
  g_ptr_array_add (words, NULL);
  return g_strjoinv ("; ", (char **) words->pdata);
}

static void
test_rules (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtSnapshot) snapshot = make_host ();
  g_autoptr (NtWanted) wanted = wanted_of (team_spec ("old", "nic30 nic31"));
  g_autoptr (NtState) state = state_of (snapshot, wanted);
  g_autoptr (NtRequest) request = nt_record_from_text (&nt_request_type, test->request, NT_JSON_STRICT, &error);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *list = NULL;

  g_assert_no_error (error);
  problems = nt_rules_check (state, request);
  list = list_problems (problems);
  g_assert_cmpstr (list, ==, test->problems);
}

static void
test_long_name (void)
{
  g_autoptr (NtSnapshot) snapshot = make_host ();
  g_autoptr (NtWanted) wanted = wanted_of (NULL);
  g_autoptr (NtState) state = state_of (snapshot, wanted);
  g_autoptr (NtRequest) request = nt_request_new ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *name = g_strnfill (NT_NAME_MAX + 1, 'x');
  g_autofree char *words = NULL;

  g_ptr_array_add (request->set, team_spec (name, "nic1"));
  problems = nt_rules_check (state, request);
  g_assert_cmpuint (problems->len, ==, 1);
  words = nt_problem_describe (problems->pdata[0]);
  g_assert_cmpstr (words, ==, "The name is 201 characters long; at most 200 are possible.");
}

/* A rule of a newer agent is told in its words. */
static void
test_unknown_rule (void)
{
  g_autoptr (NtProblem) problem = nt_problem_make (NT_RULE_NAME_EMPTY, "set[0].name", NULL, NULL);
  g_autofree char *words = NULL;

  g_free (problem->rule);
  problem->rule = g_strdup ("of_the_future");
  words = nt_problem_describe (problem);
  g_assert_cmpstr (words, ==, "A team needs a name.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_rules);
    }
  g_test_add_func ("/rules/long-name", test_long_name);
  g_test_add_func ("/rules/unknown-rule", test_unknown_rule);
  return g_test_run ();
}
