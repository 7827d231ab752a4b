/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hosts.h"

#include "backend/model/base/record-json.h"
#include "backend/model/plan/capture.h"
#include "backend/model/plan/compile-target.h"
#include "backend/model/plan/make-plan.h"
#include "backend/model/plan/packet-filter.h"
#include "backend/model/team/spec-to-bond.h"

/* A change of the team t, as definitions before and after; NULL = no team. */
typedef struct
{
  const char *name;
  const char *before;
  const char *after;
  const char *operations;
} Case;

#define SPEC(rest) "{\"id\":\"1\",\"name\":\"t\",\"device\":\"t\"," rest "}"
#define RENAMED(rest) "{\"id\":\"1\",\"name\":\"u\",\"device\":\"t\"," rest "}"
#define VLAN9 "\"interfaces\":[{\"vlan\":0,\"device\":\"t\"},{\"vlan\":9,\"device\":\"t.9\"}]"
#define PLAIN "\"interfaces\":[{\"vlan\":0,\"device\":\"t\"}]"
#define VLAN42 "\"interfaces\":[{\"vlan\":0,\"device\":\"t\"},{\"vlan\":42,\"device\":\"t.42\"}]"
#define DISABLED42 "\"interfaces\":[{\"vlan\":0,\"device\":\"t\"},{\"vlan\":42,\"device\":\"t.42\",\"disabled\":true}]"
#define DISABLED "\"interfaces\":[{\"vlan\":0,\"device\":\"t\",\"disabled\":true},{\"vlan\":42,\"device\":\"t.42\"}]"
#define VLAN43 "\"interfaces\":[{\"vlan\":0,\"device\":\"t\"},{\"vlan\":43,\"device\":\"t.42\"}]"
#define NIC12 "\"members\":[\"nic1\",\"nic2\"],"
#define NIC123 "\"members\":[\"nic1\",\"nic2\",\"nic3\"],"
#define NIC2 "\"members\":[\"nic2\"],"
#define STATIC "\"mode\":\"static\","
#define PORT "\"balance\":\"hyper_v_port\","
#define LACP "\"mode\":\"lacp\","

static const Case cases[] = {
  { "nothing", SPEC (NIC12 PLAIN), SPEC (NIC12 PLAIN), "" },
  { "create", NULL, SPEC (NIC12 PLAIN),
    "create_bond t=02:00:00:00:00:02; set_down nic1; add_member nic1>t; set_down nic2; add_member nic2>t; set_up t" },
  { "create-with-vlan", NULL, SPEC (NIC2 VLAN42),
    "create_bond t=02:00:00:00:00:03; set_down nic2; add_member nic2>t; set_up t; create_vlan t.42>t=42; set_up t.42; "
    "set_alias t.42=t - VLAN 42; add_name t.42=t - VLAN 42" },
  { "delete", SPEC (NIC12 VLAN42), NULL, "delete t.42; delete t; set_up nic1; set_up nic2" },
  { "add-member", SPEC (NIC12 PLAIN), SPEC (NIC123 PLAIN), "set_down nic3; add_member nic3>t" },
  { "remove-member", SPEC (NIC123 PLAIN), SPEC (NIC12 PLAIN), "remove_member nic3>t~5; set_up nic3" },
  /* The team had the MAC address of nic1, which now uses it on its own. */
  { "remove-first-member", SPEC (NIC12 PLAIN), SPEC (NIC2 PLAIN),
    "remove_member nic1>t~5; set_up nic1; set_mac t=02:00:00:00:00:03" },
  { "balance-is-live", SPEC (NIC12 STATIC PLAIN), SPEC (NIC12 STATIC "\"balance\":\"ip_addresses\"," PLAIN),
    "change_bond t[xmit_hash_policy]" },
  { "timer-takes-down", SPEC (NIC12 LACP PLAIN), SPEC (NIC12 LACP "\"lacp_timer\":\"fast\"," PLAIN),
    "set_down t~2; change_bond t[lacp_rate]; set_up t" },
  { "remove-first-of-three", SPEC (NIC123 PLAIN), SPEC ("\"members\":[\"nic2\",\"nic3\"]," PLAIN),
    "remove_member nic1>t~5; set_up nic1; remove_member nic3>t~5; set_mac t=02:00:00:00:00:03; add_member nic3>t" },
  { "remove-first-of-three-static", SPEC (NIC123 STATIC PLAIN), SPEC ("\"members\":[\"nic2\",\"nic3\"]," STATIC PLAIN),
    "remove_member nic1>t~5; set_up nic1; set_mac t=02:00:00:00:00:03" },
  { "mode-takes-members", SPEC (NIC12 STATIC PLAIN), SPEC (NIC12 LACP PLAIN),
    "set_down t~2000; remove_member nic1>t; remove_member nic2>t; change_bond t[mode,lacp_rate,ad_select,min_links]; "
    "set_mac t=02:00:00:00:00:02; add_member nic1>t; add_member nic2>t; set_up t" },
  { "mode-and-member", SPEC (NIC12 STATIC PLAIN), SPEC (NIC2 LACP PLAIN),
    "remove_member nic1>t~5; set_up nic1; set_down t~2000; remove_member nic2>t; change_bond t[mode,lacp_rate,ad_select,min_links]; "
    "set_mac t=02:00:00:00:00:03; add_member nic2>t; set_up t" },
  { "standby", SPEC (NIC12 PLAIN), SPEC (NIC12 "\"standby\":\"nic1\"," PLAIN),
    "set_down t~6; remove_member nic1>t; remove_member nic2>t; change_bond t[mode,primary_reselect]; "
    "set_mac t=02:00:00:00:00:02; add_member nic1>t; add_member nic2>t; change_bond t[primary]; set_up t" },
  { "vlan-added", SPEC (NIC12 PLAIN), SPEC (NIC12 VLAN42),
    "create_vlan t.42>t=42; set_up t.42; set_alias t.42=t - VLAN 42; add_name t.42=t - VLAN 42" },
  { "vlan-removed", SPEC (NIC12 VLAN42), SPEC (NIC12 PLAIN), "delete t.42" },
  /* The kernel ignores a new id silently, so the device is created again. */
  { "vlan-changed", SPEC (NIC12 VLAN42), SPEC (NIC12 VLAN43),
    "delete t.42; create_vlan t.42>t=43; set_up t.42; set_alias t.42=t - VLAN 43; add_name t.42=t - VLAN 43" },
  { "rename", SPEC (NIC12 VLAN42), RENAMED (NIC12 VLAN42),
    "remove_name t.42=t - VLAN 42; set_alias t=u; add_name t=u; set_alias t.42=u - VLAN 42; add_name t.42=u - VLAN 42" },
  { "vlan-id", SPEC (NIC12 VLAN42), SPEC (NIC12 VLAN9),
    "delete t.42; create_vlan t.9>t=9; set_up t.9; set_alias t.9=t - VLAN 9; add_name t.9=t - VLAN 9" },
  /* The standby member stays in the bond until the new member is active; the agent removes it then. */
  { "missing-adapter", SPEC (NIC12 PLAIN), SPEC ("\"members\":[\"nic9\",\"nic1\",\"nic2\"]," PLAIN), "" },
  { "standby-of-three", SPEC (NIC12 PLAIN), SPEC (NIC123 "\"standby\":\"nic1\"," PLAIN),
    "disable_ipv6 nic1; set_down nic3; add_member nic3>t" },
  { "create-with-standby", NULL, SPEC (NIC123 "\"standby\":\"nic1\"," PLAIN),
    "disable_ipv6 nic1; create_bond t=02:00:00:00:00:03; set_down nic2; add_member nic2>t; set_down nic3; add_member nic3>t; "
    "set_up t" },
  /* Filters are created before the members join, and are removed after the bond. */
  { "create-filtered", NULL, SPEC (NIC12 PORT PLAIN),
    "create_bond t=02:00:00:00:00:02; set_filter t=nic1 nic2; set_down nic1; add_member nic1>t; set_down nic2; add_member nic2>t; "
    "set_up t" },
  { "same-filtered", SPEC (NIC12 PORT PLAIN), SPEC (NIC12 PORT PLAIN), "" },
  { "delete-filtered", SPEC (NIC12 PORT PLAIN), NULL, "delete t; set_up nic1; set_up nic2; remove_filter t" },
  { "add-filtered", SPEC (NIC12 PORT PLAIN), SPEC (NIC123 PORT PLAIN),
    "set_filter t=nic1 nic2 nic3; set_down nic3; add_member nic3>t" },
  { "remove-filtered", SPEC (NIC123 PORT PLAIN), SPEC (NIC12 PORT PLAIN),
    "remove_member nic3>t~5; set_up nic3; set_filter t=nic1 nic2" },
  { "static-to-filtered", SPEC (NIC12 STATIC PORT PLAIN), SPEC (NIC12 PORT PLAIN), "set_filter t=nic1 nic2" },
  { "filtered-to-static", SPEC (NIC12 PORT PLAIN), SPEC (NIC12 STATIC PORT PLAIN), "remove_filter t" },
  { "disable-first", SPEC (NIC12 PORT PLAIN), SPEC (NIC12 PORT "\"disabled\":[\"nic1\"]," PLAIN),
    "set_filter t=nic2 nic1; set_down nic1~55" },
  { "spare-filtered", NULL, SPEC (NIC123 PORT "\"standby\":\"nic1\"," PLAIN),
    "disable_ipv6 nic1; create_bond t=02:00:00:00:00:03; set_filter t=nic2 nic1 nic3; set_down nic2; add_member nic2>t; "
    "set_down nic3; add_member nic3>t; set_up t" },
  { "disable-member", SPEC (NIC12 PLAIN), SPEC (NIC12 "\"disabled\":[\"nic2\"]," PLAIN), "set_down nic2~55" },
  { "enable-member", SPEC (NIC12 "\"disabled\":[\"nic2\"]," PLAIN), SPEC (NIC12 PLAIN), "set_up nic2" },
  { "create-with-disabled", NULL, SPEC (NIC2 "\"disabled\":[\"nic2\"]," PLAIN),
    "create_bond t=02:00:00:00:00:03; set_down nic2; add_member nic2>t; set_up t; set_down nic2" },
  { "disable-vlan", SPEC (NIC12 VLAN42), SPEC (NIC12 DISABLED42), "set_down t.42" },
  { "disable-team", SPEC (NIC12 VLAN42), SPEC (NIC12 DISABLED), "set_down t; set_down t.42" },
  /* When the team comes up again, so do its VLANs, including the disabled one. */
  { "disabled-vlan-raised", SPEC (NIC12 LACP DISABLED42), SPEC (NIC12 LACP "\"lacp_timer\":\"fast\"," DISABLED42),
    "set_down t~2; change_bond t[lacp_rate]; set_up t; set_down t.42" },
  { "mtu-with-vlan", SPEC (NIC12 VLAN42), SPEC (NIC12 "\"mtu\":9000," VLAN42), "set_mtu t=9000; set_mtu t.42=9000" },
  { "mtu", SPEC (NIC12 PLAIN), SPEC (NIC12 "\"mtu\":9000," PLAIN), "set_mtu t=9000" },
};

static NtTeamSpec *
parse_spec (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtTeamSpec) spec = nt_record_from_text (&nt_team_spec_type, text, NT_JSON_STRICT, &error);

  g_assert_no_error (error);
  return nt_team_spec_complete (spec);
}

/* The links in the kernel once the definition is applied. */
static void
build_team (NtSnapshot *snapshot, const NtTeamSpec *spec)
{
  g_autofree char *members = NULL;
  NtLink *bond;

  g_ptr_array_add (spec->members, NULL);
  members = g_strjoinv (" ", (char **) spec->members->pdata);
  g_ptr_array_set_size (spec->members, (int) spec->members->len - 1);
  bond = host_add_bond (snapshot, spec->device, NT_BOND_BALANCE_RR, members);
  nt_bond_options_unref (bond->bond->options);
  bond->bond->options = nt_spec_to_bond_options (spec);
  g_free (bond->mac);
  bond->mac = g_strdup (host_get_link (snapshot, spec->members->pdata[0])->mac);
  if (nt_packet_filter_is_needed (spec))
    {
      g_autofree char *filter = nt_packet_filter_choose (spec, snapshot, spec->members);

      host_add_filter (snapshot, spec->device, filter);
    }
  for (guint i = 0; i < spec->disabled->len; i++)
    host_get_link (snapshot, spec->disabled->pdata[i])->up = FALSE;
  for (guint i = 1; i < spec->interfaces->len; i++)
    {
      const NtInterfaceSpec *interface = spec->interfaces->pdata[i];
      NtLink *vlan = host_add_link (snapshot, interface->device, NT_LINK_VLAN);

      vlan->parent = g_strdup (spec->device);
      vlan->vlan = interface->vlan;
      vlan->up = !interface->disabled;
      vlan->alias = nt_interface_spec_get_display_name (interface, spec->name);
      g_ptr_array_add (vlan->alternative_names, g_strdup (vlan->alias));
    }
}

static char *
list_options (const NtBondOptions *options)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < nt_bond_options_type.n_fields; i++)
    if (nt_field_is_set (&nt_bond_options_type.fields[i], options))
      g_ptr_array_add (names, (gpointer) nt_bond_options_type.fields[i].name);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (",", (char **) names->pdata);
}

/* The field that the kind of operation needs, in addition to links and options. */
static char *
get_value (const NtOperation *operation)
{
  switch (operation->kind)
    {
    case NT_OPERATION_CREATE_VLAN:
      return g_strdup_printf ("%d", (int) operation->vlan_id);
    case NT_OPERATION_SET_MTU:
      return g_strdup_printf ("%d", (int) operation->mtu_bytes);
    case NT_OPERATION_AWAIT_CARRIER:
      return g_strdup_printf ("%d", (int) operation->timeout_s);
    case NT_OPERATION_CREATE_BOND:
    case NT_OPERATION_SET_MAC:
      return g_strdup (operation->mac);
    case NT_OPERATION_SET_ALIAS:
      return g_strdup (operation->alias);
    case NT_OPERATION_ADD_NAME:
    case NT_OPERATION_REMOVE_NAME:
      return g_strdup (operation->name);
    case NT_OPERATION_ADD_ADDRESS:
    case NT_OPERATION_REMOVE_ADDRESS:
      return g_strdup (operation->address->address);
    case NT_OPERATION_ADD_ROUTE:
    case NT_OPERATION_REMOVE_ROUTE:
      return g_strdup (operation->route->text);
    case NT_OPERATION_SET_FILTER:
      return nt_strings_join (operation->devices, " ");
    default:
      return NULL;
    }
}

static char *
list_operations (const GPtrArray *operations)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < operations->len; i++)
    {
      const NtOperation *operation = operations->pdata[i];
      g_autofree char *value = get_value (operation);

      g_string_append_printf (list, "%s%s %s", i > 0 ? "; " : "", nt_enum_nick (&nt_operation_kind_enum, operation->kind),
                              operation->link);
      if (operation->other != NULL)
        g_string_append_printf (list, ">%s", operation->other);
      if (value != NULL)
        g_string_append_printf (list, "=%s", value);
      if (operation->outage_ms > 0)
        g_string_append_printf (list, "~%d", (int) operation->outage_ms);
      if (operation->kind == NT_OPERATION_CHANGE_BOND)
        {
          g_autofree char *options = list_options (operation->bond);

          g_string_append_printf (list, "[%s]", options);
        }
    }
  return g_string_free (list, FALSE);
}

/* The plan from one definition to another; either may be missing. */
typedef struct
{
  NtTarget *target;
  NtTarget *capture;
  char *operations;
} Way;

static Way
find_way (NtSnapshot *snapshot, GPtrArray *before, const char *text)
{
  g_autoptr (GPtrArray) after = nt_records_new ();
  g_autoptr (GPtrArray) operations = NULL;
  Way way;

  if (text != NULL)
    g_ptr_array_add (after, parse_spec (text));
  way.target = nt_target_compile (snapshot, before, after);
  way.capture = nt_target_capture (snapshot, way.target);
  operations = nt_make_plan (snapshot, way.target);
  way.operations = list_operations (operations);
  return way;
}

static void
way_clear (Way *way)
{
  nt_target_unref (way->target);
  nt_target_unref (way->capture);
  g_free (way->operations);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Way, way_clear)

/* The links with that definition, if any. */
static GPtrArray *
build_before (NtSnapshot *snapshot, const char *text)
{
  GPtrArray *before = nt_records_new ();

  if (text != NULL)
    {
      g_ptr_array_add (before, parse_spec (text));
      build_team (snapshot, before->pdata[0]);
    }
  return before;
}

static void
test_diff (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (NtSnapshot) snapshot = host_with_adapters (4);
  g_autoptr (GPtrArray) before = build_before (snapshot, test->before);
  g_auto (Way) way = find_way (snapshot, before, test->after);

  g_assert_cmpstr (way.operations, ==, test->operations);
}

/* A target that is captured before a change does not differ from the current state. */
static void
test_capture (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (NtSnapshot) snapshot = host_with_adapters (4);
  g_autoptr (GPtrArray) before = build_before (snapshot, test->before);
  g_auto (Way) way = find_way (snapshot, before, test->after);
  g_autoptr (GPtrArray) operations = nt_make_plan (snapshot, way.capture);

  g_assert_cmpuint (operations->len, ==, 0);
}

/* A change while one link has the addresses 192.0.2.1/24 and 2001:db8::1/64 and a default route. */
typedef struct
{
  const char *name;
  const char *device;
  const char *before;
  const char *after;
  const char *operations;
} NetworkCase;

#define STATIC_ADDRESS(list) "\"interfaces\":[{\"vlan\":0,\"device\":\"t\"," list "}]"
#define TWO_ADDRESSES STATIC_ADDRESS ("\"addresses\":[\"192.0.2.1/24\",\"2001:db8::1/64\"],\"gateways\":[\"192.0.2.254\"]")
#define ONE_ADDRESS STATIC_ADDRESS ("\"addresses\":[\"2001:db8::1/64\"]")

static const NetworkCase network_cases[] = {
  /* IPv6 addresses that the kernel drops when a bond goes down are planned again; IPv4 ones stay. */
  { "down", "t", SPEC (NIC12 LACP PLAIN), SPEC (NIC12 LACP "\"lacp_timer\":\"fast\"," PLAIN),
    "set_down t~2; change_bond t[lacp_rate]; set_up t; add_address t=2001:db8::1/64; add_route t=default via 192.0.2.254" },
  /* Addresses follow their interface: to the device of a new VLAN id, and from the bond to a primary VLAN. */
  { "vlan-id", "t.42", SPEC (NIC12 VLAN42), SPEC (NIC12 VLAN9),
    "delete t.42~5; create_vlan t.9>t=9; set_up t.9; set_alias t.9=t - VLAN 9; add_name t.9=t - VLAN 9; "
    "add_address t.9=192.0.2.1/24; add_address t.9=2001:db8::1/64; add_route t.9=default via 192.0.2.254" },
  { "primary-vlan", "t", SPEC (NIC12 PLAIN), SPEC (NIC12 "\"interfaces\":[{\"vlan\":9,\"device\":\"t.9\"}]"),
    "create_vlan t.9>t=9; set_up t.9; set_alias t.9=t - VLAN 9; add_name t.9=t - VLAN 9; "
    "add_address t.9=192.0.2.1/24; add_address t.9=2001:db8::1/64; "
    "remove_address t=2001:db8::1/64; remove_address t=192.0.2.1/24; add_route t.9=default via 192.0.2.254" },
  /* The adapter with the addresses joins last, after the team has them, so one link has them at any time. */
  { "create", "nic1", NULL, SPEC (NIC12 PLAIN),
    "create_bond t=02:00:00:00:00:02; set_down nic2; add_member nic2>t; set_up t; add_address t=192.0.2.1/24; "
    "add_address t=2001:db8::1/64; await_carrier t=10; add_route t=default via 192.0.2.254; set_down nic1~2; "
    "add_member nic1>t; remove_address nic1=2001:db8::1/64; remove_address nic1=192.0.2.1/24" },
  { "create-of-one", "nic2", NULL, SPEC (NIC2 PLAIN),
    "create_bond t=02:00:00:00:00:03; set_down nic2~4; add_member nic2>t; set_up t; add_address t=192.0.2.1/24; "
    "add_address t=2001:db8::1/64; add_route t=default via 192.0.2.254; remove_address nic2=2001:db8::1/64; "
    "remove_address nic2=192.0.2.1/24" },
  { "create-with-vlan", "nic2", NULL, SPEC (NIC12 "\"interfaces\":[{\"vlan\":9,\"device\":\"t.9\"}]"),
    "create_bond t=02:00:00:00:00:03; set_down nic1; add_member nic1>t; set_up t; create_vlan t.9>t=9; set_up t.9; "
    "set_alias t.9=t - VLAN 9; add_name t.9=t - VLAN 9; add_address t.9=192.0.2.1/24; add_address t.9=2001:db8::1/64; "
    "await_carrier t=10; add_route t.9=default via 192.0.2.254; set_down nic2~2; add_member nic2>t; "
    "remove_address nic2=2001:db8::1/64; remove_address nic2=192.0.2.1/24" },
  /* Neighbours know the addresses by the MAC address of nic3. */
  { "add-member", "nic3", SPEC (NIC12 PLAIN), SPEC (NIC123 PLAIN),
    "remove_member nic2>t~5; set_mac t=02:00:00:00:00:04; add_member nic2>t; add_address t=192.0.2.1/24; add_address t=2001:db8::1/64; "
    "add_route t=default via 192.0.2.254; set_down nic3~2; add_member nic3>t; remove_address nic3=2001:db8::1/64; "
    "remove_address nic3=192.0.2.1/24" },
  /* An adapter with addresses receives broadcasts until it joins. */
  { "create-filtered", "nic1", NULL, SPEC (NIC12 PORT PLAIN),
    "create_bond t=02:00:00:00:00:02; set_filter t=nic2; set_down nic2; add_member nic2>t; set_up t; "
    "add_address t=192.0.2.1/24; add_address t=2001:db8::1/64; await_carrier t=10; add_route t=default via 192.0.2.254; "
    "set_filter t=nic2 nic1; set_down nic1~2; add_member nic1>t; remove_address nic1=2001:db8::1/64; "
    "remove_address nic1=192.0.2.1/24" },
  { "late-primary", "nic2", NULL, SPEC (NIC12 "\"standby\":\"nic1\"," PLAIN),
    "create_bond t=02:00:00:00:00:03; set_down nic1; add_member nic1>t; set_up t; add_address t=192.0.2.1/24; "
    "add_address t=2001:db8::1/64; await_carrier t=10; add_route t=default via 192.0.2.254; set_down nic2~2; "
    "add_member nic2>t; change_bond t[primary]; remove_address nic2=2001:db8::1/64; remove_address nic2=192.0.2.1/24" },
  /* The member whose MAC address the team uses takes over, while the other member still carries traffic. */
  { "delete", "t", SPEC (NIC12 PLAIN), NULL,
    "remove_member nic1>t~5; set_up nic1; await_carrier nic1=10; add_address nic1=192.0.2.1/24; "
    "add_address nic1=2001:db8::1/64; add_route nic1=default via 192.0.2.254; delete t; set_up nic2" },
  { "delete-of-one", "t", SPEC (NIC2 PLAIN), NULL,
    "remove_member nic2>t~5; set_up nic2; add_address nic2=192.0.2.1/24; add_address nic2=2001:db8::1/64; "
    "add_route nic2=default via 192.0.2.254; delete t" },
  { "define", "nic4", SPEC (NIC12 PLAIN), SPEC (NIC12 STATIC_ADDRESS ("\"addresses\":[\"198.51.100.1/24\"],"
                                                              "\"gateways\":[\"198.51.100.2\"]")),
    "add_address t=198.51.100.1/24; add_route t=default via 198.51.100.2" },
  { "already-there", "t", SPEC (NIC12 PLAIN), SPEC (NIC12 TWO_ADDRESSES), "" },
  { "no-longer", "t", SPEC (NIC12 TWO_ADDRESSES), SPEC (NIC12 ONE_ADDRESS),
    "remove_address t=192.0.2.1/24; remove_route t=default via 192.0.2.254" },
};

static NtSnapshot *
host_with_network (const char *before, const char *device, GPtrArray **specs)
{
  NtSnapshot *snapshot = host_with_adapters (4);

  *specs = build_before (snapshot, before);
  host_add_address (host_get_link (snapshot, device), "192.0.2.1/24");
  host_add_address (host_get_link (snapshot, device), "2001:db8::1/64");
  g_ptr_array_add (snapshot->routes, nt_route_make_default ("192.0.2.254", device));
  return snapshot;
}

static void
test_network (gconstpointer data)
{
  const NetworkCase *test = data;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (NtSnapshot) snapshot = host_with_network (test->before, test->device, &before);
  g_auto (Way) way = find_way (snapshot, before, test->after);
  g_autoptr (GPtrArray) back = nt_make_plan (snapshot, way.capture);

  g_assert_cmpstr (way.operations, ==, test->operations);
  g_assert_cmpuint (back->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/diff/", cases[i].name, NULL);
      g_autofree char *capture = g_strconcat ("/capture/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_diff);
      g_test_add_data_func (capture, &cases[i], test_capture);
    }
  for (guint i = 0; i < G_N_ELEMENTS (network_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/diff/network/", network_cases[i].name, NULL);

      g_test_add_data_func (path, &network_cases[i], test_network);
    }
  return g_test_run ();
}
