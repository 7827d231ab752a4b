/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hosts.h"

#include "backend/model/base/record-json.h"
#include "backend/model/request/rules.h"

#include <net/if_arp.h>
#include <string.h>

/* The host has nic1 to nic40; old (nic30 nic31) is a managed team, bond0 (nic32) a foreign one, nic33 has an address,
 * nic34 is a bridge port, nic35 is wireless, nic36 has no known speed, nic37 is slow, nic38 has a VLAN on it, and so has
 * nic31, which got it when it was a member already. */
static NtSnapshot *
make_host (void)
{
  NtSnapshot *snapshot = host_with_adapters (40);

  host_add_bond (snapshot, "old", NT_BOND_BALANCE_XOR, "nic30 nic31");
  host_add_bond (snapshot, "bond0", NT_BOND_BALANCE_RR, "nic32");
  host_add_address (host_get_link (snapshot, "nic33"), "192.0.2.1/24");
  host_add_link (snapshot, "br0", NT_LINK_OTHER);
  host_get_link (snapshot, "nic34")->master = g_strdup ("br0");
  host_get_link (snapshot, "nic35")->wireless = TRUE;
  host_get_link (snapshot, "nic36")->speed_mbps = -1;
  host_get_link (snapshot, "nic37")->speed_mbps = 1000;
  host_add_link (snapshot, "nic38.5", NT_LINK_VLAN)->parent = g_strdup ("nic38");
  host_add_link (snapshot, "nic31.5", NT_LINK_VLAN)->parent = g_strdup ("nic31");
  return snapshot;
}

/* An adapter and a bond for each of the tools. */
static void
add_owned (NtSnapshot *snapshot)
{
  static const struct
  {
    const char *link;
    NtTool tool;
    const char *by;
  } owned[] = {
    { "nm", NT_TOOL_NETWORK_MANAGER, "Office" },
    { "nm-all", NT_TOOL_NETWORK_MANAGER, NULL },
    { "networkd", NT_TOOL_NETWORKD, "/etc/a.network" },
    { "ifupdown", NT_TOOL_IFUPDOWN, "/etc/network/interfaces:1" },
    { "teamd", NT_TOOL_TEAMD, "team0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (owned); i++)
    {
      host_add_link (snapshot, owned[i].link, NT_LINK_ADAPTER);
      nt_owned_links_add (snapshot->owners, owned[i].link, nt_owner_make (owned[i].tool, owned[i].by));
    }
  host_add_link (snapshot, "hand1", NT_LINK_ADAPTER);
  host_add_bond (snapshot, "hand", NT_BOND_8023AD, "hand1");
  host_add_link (snapshot, "port1", NT_LINK_ADAPTER);
  host_add_bond (snapshot, "bond-nm", NT_BOND_BALANCE_XOR, "port1");
  nt_owned_links_add (snapshot->owners, "bond-nm", nt_owner_make (NT_TOOL_NETWORK_MANAGER, "Uplink"));
  nt_owned_links_add (snapshot->owners, "port1", nt_owner_make (NT_TOOL_NETWORK_MANAGER, "Uplink port"));
}

/* Further links that do not fit into make_host(). */
static void
add_odd_adapters (NtSnapshot *snapshot)
{
  static const struct
  {
    const char *name;
    const char *master_kind;
  } ports[] = { { "ovs1", "openvswitch" }, { "teamd1", "team" }, { "vrf1", "vrf" } };

  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_autofree char *master = g_strdup_printf ("master%u", i);

      host_add_link (snapshot, master, NT_LINK_OTHER)->info_kind = g_strdup (ports[i].master_kind);
      host_add_link (snapshot, ports[i].name, NT_LINK_ADAPTER)->master = g_strdup (master);
    }
  host_add_link (snapshot, "ib0", NT_LINK_ADAPTER)->arp_type = ARPHRD_INFINIBAND;
  host_add_link (snapshot, "half", NT_LINK_ADAPTER)->duplex = NT_DUPLEX_HALF;
  host_add_link (snapshot, "rdma", NT_LINK_ADAPTER)->rdma = TRUE;
  host_add_link (snapshot, "vfs", NT_LINK_ADAPTER)->virtual_functions = 4;
  host_add_link (snapshot, "novfs", NT_LINK_ADAPTER)->virtual_functions = 0;
  host_add_link (snapshot, "novlan", NT_LINK_ADAPTER)->vlan_challenged = TRUE;
  host_add_link (snapshot, "below", NT_LINK_ADAPTER);
  host_add_link (snapshot, "macvlan0", NT_LINK_OTHER)->parent = g_strdup ("below");
  add_owned (snapshot);
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
  const char *problems; /* "field rule", separated by "; " */
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
  { "member-team", TEAM ("\"name\":\"t\",\"members\":[\"old\"]"), "set[0].members[0] member_is_team" },
  { "member-foreign-team", TEAM ("\"name\":\"t\",\"members\":[\"bond0\"]"), "set[0].members[0] member_is_team" },
  { "member-vlan", TEAM ("\"name\":\"t\",\"members\":[\"nic38.5\"]"), "set[0].members[0] member_not_teamable" },
  { "member-in-switch", TEAM ("\"name\":\"t\",\"members\":[\"ovs1\"]"), "set[0].members[0] member_not_teamable" },
  { "member-in-team-device", TEAM ("\"name\":\"t\",\"members\":[\"teamd1\"]"), "set[0].members[0] member_not_teamable" },
  { "member-in-vrf", TEAM ("\"name\":\"t\",\"members\":[\"vrf1\"]"), "set[0].members[0] member_not_teamable" },
  { "member-not-ethernet", TEAM ("\"name\":\"t\",\"members\":[\"ib0\"]"), "set[0].members[0] member_not_teamable" },
  { "member-below-macvlan", TEAM ("\"name\":\"t\",\"members\":[\"below\"]"), "set[0].members[0] member_not_teamable" },
  { "member-half-duplex", TEAM ("\"name\":\"t\",\"members\":[\"half\"]"), "set[0].members[0] member_caution" },
  { "member-rdma", TEAM ("\"name\":\"t\",\"members\":[\"rdma\"]"), "set[0].members[0] member_caution" },
  { "member-virtual-functions", TEAM ("\"name\":\"t\",\"members\":[\"novfs\",\"vfs\"]"),
    "set[0].members[1] member_caution" },
  { "member-vlan-challenged", TEAM ("\"name\":\"t\",\"members\":[\"novlan\"]"), "" },
  { "member-vlan-challenged-with-vlan", TEAM ("\"name\":\"t\",\"interfaces\":[{},{\"vlan\":7}],\"members\":[\"nic1\",\"novlan\"]"),
    "set[0].members[1] member_vlan_challenged" },
  { "member-vlan-challenged-in-vlan", TEAM ("\"name\":\"t\",\"interfaces\":[{\"vlan\":7}],\"members\":[\"novlan\"]"),
    "set[0].members[0] member_vlan_challenged" },
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
  { "hyper-v-port", TEAM ("\"name\":\"t\",\"balance\":\"hyper_v_port\"," TWO), "set[0].balance balance_needs_nftables" },
  { "hyper-v-port-standby", TEAM ("\"name\":\"t\",\"balance\":\"hyper_v_port\",\"standby\":\"nic2\"," TWO), "" },
  { "hyper-v-port-lacp", TEAM ("\"name\":\"t\",\"mode\":\"lacp\",\"balance\":\"hyper_v_port\"," TWO), "" },
  { "mtu-small", TEAM ("\"name\":\"t\",\"mtu\":67," TWO), "set[0].mtu mtu_range" },
  { "option", TEAM ("\"name\":\"t\",\"mode\":\"lacp\",\"options\":{\"min_links\":\"2\"}," TWO), "" },
  { "option-too-many", TEAM ("\"name\":\"t\",\"mode\":\"lacp\",\"options\":{\"min_links\":\"3\"}," TWO),
    "set[0].options.min_links min_links" },
  { "option-range", TEAM ("\"name\":\"t\",\"mode\":\"lacp\",\"options\":{\"min_links\":\"-1\"}," TWO),
    "set[0].options.min_links option_value" },
  { "option-no-number", TEAM ("\"name\":\"t\",\"mode\":\"lacp\",\"options\":{\"min_links\":\"2x\"}," TWO),
    "set[0].options.min_links option_value" },
  { "option-other-mode", TEAM ("\"name\":\"t\",\"options\":{\"min_links\":\"1\"}," TWO),
    "set[0].options.min_links option_mode" },
  { "option-unknown", TEAM ("\"name\":\"t\",\"options\":{\"max_links\":\"1\"}," TWO),
    "set[0].options.max_links option_unknown" },
  { "up-delay", TEAM ("\"name\":\"t\",\"up_delay_ms\":2000," TWO), "" },
  { "up-delay-odd", TEAM ("\"name\":\"t\",\"up_delay_ms\":70," TWO), "set[0].up_delay_ms up_delay" },
  { "up-delay-long", TEAM ("\"name\":\"t\",\"up_delay_ms\":60050," TWO), "set[0].up_delay_ms up_delay" },
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
  { "rename", TEAM ("\"id\":\"id-of-old\",\"name\":\"new\",\"members\":[\"nic30\",\"nic31\",\"nic1\"]"),
    "set[0].members[1] member_no_longer_teamable" },
  { "same-name", TEAM ("\"id\":\"id-of-old\",\"name\":\"old\",\"members\":[\"nic30\"]"), "" },
  { "joins-with-obstacle", TEAM ("\"id\":\"id-of-old\",\"name\":\"old\",\"members\":[\"nic30\",\"nic34\"]"),
    "set[0].members[1] member_not_teamable" },
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
  { "owned", TEAM ("\"name\":\"t\",\"members\":[\"nm\",\"nm-all\",\"networkd\",\"ifupdown\",\"teamd\"]"),
    "set[0].members[0] member_owned; set[0].members[1] member_owned; set[0].members[2] member_owned; "
    "set[0].members[3] member_owned" },
  { "taken-over", "{\"take_over\":true,\"set\":[{\"name\":\"t\",\"members\":[\"nm\",\"nm-all\",\"networkd\",\"ifupdown\"]}]}",
    "set[0].members[0] take_over; set[0].members[1] take_over; set[0].members[2] take_over; set[0].members[3] member_owned" },
  { "adopted", "{\"adopt\":[\"hand\"],\"set\":[{\"name\":\"hand\",\"device\":\"hand\",\"members\":[\"hand1\",\"nic1\"],\"mode\":\"lacp\"}]}", "" },
  { "not-adopted", TEAM ("\"name\":\"t\",\"device\":\"hand\",\"members\":[\"hand1\"],\"mode\":\"lacp\""),
    "set[0].device device_taken; set[0].members[0] member_not_teamable" },
  { "adopted-owned", "{\"adopt\":[\"bond-nm\"],\"set\":[{\"name\":\"t\",\"device\":\"bond-nm\",\"members\":[\"port1\"],\"mode\":\"static\"}]}",
    "set[0].device bond_owned; set[0].members[0] member_owned" },
  { "adopted-taken-over", "{\"adopt\":[\"bond-nm\"],\"take_over\":true,\"set\":[{\"name\":\"t\",\"device\":\"bond-nm\","
    "\"members\":[\"port1\"],\"mode\":\"static\"}]}", "set[0].device take_over; set[0].members[0] take_over" },
  { "adopted-round-robin", "{\"adopt\":[\"bond0\"],\"set\":[{\"name\":\"t\",\"device\":\"bond0\",\"members\":[\"nic32\"],\"mode\":\"static\"}]}",
    "set[0].device bond_not_adoptable" },
  { "adopted-nobody", "{\"adopt\":[\"b\"],\"set\":[{\"name\":\"t\",\"device\":\"b\",\"members\":[\"nic1\"]}]}", "set[0].device bond_unknown" },
  { "nothing", "{}", "" },
};

static char *
list_problems (const GPtrArray *problems)
{
  g_autoptr (GPtrArray) words = nt_strings_new ();

  for (guint i = 0; i < problems->len; i++)
    {
      const NtProblem *problem = problems->pdata[i];

      /* Every message has its arguments, and ends with a suggestion. */
      g_assert_null (strchr (problem->message, '{'));
      g_assert_null (strstr (problem->message, ". ."));
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
  g_autoptr (NtDefinitions) wanted = wanted_of (team_spec ("old", "nic30 nic31"));
  g_autoptr (NtState) state = NULL;
  g_autoptr (NtRequest) request = nt_record_from_text (&nt_request_type, test->request, NT_JSON_STRICT, &error);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *list = NULL;

  g_assert_no_error (error);
  add_odd_adapters (snapshot);
  state = state_of (snapshot, wanted);
  problems = nt_rules_check (state, request);
  list = list_problems (problems);
  g_assert_cmpstr (list, ==, test->problems);
}

static void
test_long_name (void)
{
  g_autoptr (NtSnapshot) snapshot = make_host ();
  g_autoptr (NtDefinitions) wanted = wanted_of (NULL);
  g_autoptr (NtState) state = state_of (snapshot, wanted);
  g_autoptr (NtRequest) request = nt_request_new ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *name = g_strnfill (NT_NAME_MAX + 1, 'x');
  g_autofree char *words = NULL;

  g_ptr_array_add (request->set, team_spec (name, "nic1"));
  problems = nt_rules_check (state, request);
  g_assert_cmpuint (problems->len, ==, 1);
  words = nt_problem_describe (problems->pdata[0]);
  g_assert_cmpstr (words, ==, "The name is 201 characters long; at most 200 are allowed.");
}

/* Requests that are refused in a virtual machine, by its setting. */
static const struct
{
  const char *name;
  int server_type;
  gboolean guest_modes;
  gboolean filters;
  int mode;
  int balance;
  const char *problems;
} guest_cases[] = {
  { "hash", NT_SERVER_VIRTUAL, FALSE, FALSE, NT_MODE_SWITCH_INDEPENDENT, NT_BALANCE_MAC_ADDRESSES, "" },
  { "default", NT_SERVER_VIRTUAL, FALSE, FALSE, -1, -1, "" },
  { "static", NT_SERVER_VIRTUAL, FALSE, FALSE, NT_MODE_STATIC, -1, "set[0].mode guest_needs_switch_independent" },
  { "lacp", NT_SERVER_VIRTUAL, FALSE, FALSE, NT_MODE_LACP, -1, "set[0].mode guest_needs_switch_independent" },
  { "dynamic", NT_SERVER_VIRTUAL, FALSE, FALSE, -1, NT_BALANCE_DYNAMIC, "set[0].balance guest_needs_address_hash" },
  { "hyper-v-port", NT_SERVER_VIRTUAL, FALSE, FALSE, -1, NT_BALANCE_HYPER_V_PORT, "set[0].balance guest_needs_address_hash" },
  { "both", NT_SERVER_VIRTUAL, FALSE, FALSE, NT_MODE_LACP, NT_BALANCE_DYNAMIC,
    "set[0].mode guest_needs_switch_independent; set[0].balance guest_needs_address_hash" },
  { "allowed", NT_SERVER_VIRTUAL, TRUE, FALSE, NT_MODE_LACP, NT_BALANCE_DYNAMIC, "" },
  { "filters", NT_SERVER_VIRTUAL, FALSE, TRUE, -1, NT_BALANCE_HYPER_V_PORT, "set[0].balance guest_needs_address_hash" },
  { "allowed-filters", NT_SERVER_VIRTUAL, TRUE, TRUE, -1, NT_BALANCE_HYPER_V_PORT, "" },
  { "no-filters", NT_SERVER_PHYSICAL, FALSE, FALSE, -1, NT_BALANCE_HYPER_V_PORT, "set[0].balance balance_needs_nftables" },
  { "physical-filters", NT_SERVER_PHYSICAL, FALSE, TRUE, -1, NT_BALANCE_HYPER_V_PORT, "" },
  { "physical", NT_SERVER_PHYSICAL, FALSE, FALSE, NT_MODE_LACP, NT_BALANCE_DYNAMIC, "" },
};

static void
test_guests (void)
{
  g_autoptr (NtSnapshot) snapshot = make_host ();
  g_autoptr (NtDefinitions) wanted = wanted_of (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (guest_cases); i++)
    {
      g_autoptr (NtState) state = state_of (snapshot, wanted);
      g_autoptr (NtRequest) request = nt_request_new ();
      NtTeamSpec *spec = team_spec ("t", "nic1 nic2");
      g_autoptr (GPtrArray) problems = NULL;
      g_autofree char *list = NULL;

      state->host->server_type = guest_cases[i].server_type;
      state->host->guest_modes = guest_cases[i].guest_modes;
      state->host->filters = guest_cases[i].filters;
      spec->mode = guest_cases[i].mode;
      spec->balance = guest_cases[i].balance;
      g_ptr_array_add (request->set, spec);
      problems = nt_rules_check (state, request);
      list = list_problems (problems);
      g_test_message ("%s", guest_cases[i].name);
      g_assert_cmpstr (list, ==, guest_cases[i].problems);
    }
}

/* Every obstacle and every caution has a message with a suggestion. */
static void
test_sentences (void)
{
  static const struct
  {
    NtRule rule;
    const NtEnum *words;
  } vocabularies[] = {
    { NT_RULE_MEMBER_NOT_TEAMABLE, &nt_obstacle_enum },
    { NT_RULE_MEMBER_NO_LONGER_TEAMABLE, &nt_obstacle_enum },
    { NT_RULE_MEMBER_CAUTION, &nt_caution_enum },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vocabularies); i++)
    for (int word = 0; word < vocabularies[i].words->n_values; word++)
      {
        const char *nick = nt_enum_nick (vocabularies[i].words, word);
        g_autoptr (NtProblem) problem = nt_problem_make (vocabularies[i].rule, "set[0].members[0]", "nic1", nick);
        g_auto (GStrv) sentences = g_strsplit (problem->message, ". ", -1);

        g_test_message ("%s", problem->message);
        g_assert_cmpuint (g_strv_length (sentences), ==, 3);
        g_assert_cmpstr (sentences[1], ==, nt_enum_label (vocabularies[i].words, word));
        g_assert_cmpstr (sentences[2], !=, ".");
      }
}

/* A name that is also a keyword is a name. */
static void
test_name_is_no_word (void)
{
  g_autoptr (NtProblem) problem = nt_problem_make (NT_RULE_MEMBER_OF_OTHER_TEAM, "set[0].members[0]", "nic1", "wireless");

  g_assert_cmpstr (problem->message, ==,
                   "The adapter “nic1” is a member of the team “wireless”; remove it from there first.");
}

/* A rule of a newer agent is shown in the agent's words. */
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
  g_test_add_func ("/rules/guests", test_guests);
  g_test_add_func ("/rules/sentences", test_sentences);
  g_test_add_func ("/rules/name-is-no-word", test_name_is_no_word);
  g_test_add_func ("/rules/unknown-rule", test_unknown_rule);
  return g_test_run ();
}
