/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hosts.h"

#include "model/bond-map.h"
#include "model/diff.h"

/* A change of the team t, as definitions before and after; NULL = there is none. */
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
  { "remove-member", SPEC (NIC123 PLAIN), SPEC (NIC12 PLAIN), "remove_member nic3>t; set_up nic3" },
  /* The team had the address of nic1, which has it for itself from now on. */
  { "remove-first-member", SPEC (NIC12 PLAIN), SPEC (NIC2 PLAIN),
    "remove_member nic1>t; set_up nic1; set_mac t=02:00:00:00:00:03" },
  { "balance-is-live", SPEC (NIC12 STATIC PLAIN), SPEC (NIC12 STATIC "\"balance\":\"ip_addresses\"," PLAIN),
    "change_bond t[xmit_hash_policy]" },
  { "timer-takes-down", SPEC (NIC12 LACP PLAIN), SPEC (NIC12 LACP "\"lacp_timer\":\"fast\"," PLAIN),
    "set_down t; change_bond t[lacp_rate]; set_up t" },
  { "mode-takes-members", SPEC (NIC12 STATIC PLAIN), SPEC (NIC12 LACP PLAIN),
    "set_down t; remove_member nic1>t; remove_member nic2>t; change_bond t[mode,lacp_rate,ad_select]; "
    "set_mac t=02:00:00:00:00:02; add_member nic1>t; add_member nic2>t; set_up t" },
  { "mode-and-member", SPEC (NIC12 STATIC PLAIN), SPEC (NIC2 LACP PLAIN),
    "remove_member nic1>t; set_up nic1; set_down t; remove_member nic2>t; change_bond t[mode,lacp_rate,ad_select]; "
    "set_mac t=02:00:00:00:00:03; add_member nic2>t; set_up t" },
  { "standby", SPEC (NIC12 PLAIN), SPEC (NIC12 "\"standby\":\"nic1\"," PLAIN),
    "set_down t; remove_member nic1>t; remove_member nic2>t; change_bond t[mode,primary_reselect]; "
    "set_mac t=02:00:00:00:00:02; add_member nic1>t; add_member nic2>t; change_bond t[primary]; set_up t" },
  { "vlan-added", SPEC (NIC12 PLAIN), SPEC (NIC12 VLAN42),
    "create_vlan t.42>t=42; set_up t.42; set_alias t.42=t - VLAN 42; add_name t.42=t - VLAN 42" },
  { "vlan-removed", SPEC (NIC12 VLAN42), SPEC (NIC12 PLAIN), "delete t.42" },
  /* The kernel ignores a new id without a word, so the device is made anew. */
  { "vlan-changed", SPEC (NIC12 VLAN42), SPEC (NIC12 VLAN43),
    "delete t.42; create_vlan t.42>t=43; set_up t.42; set_alias t.42=t - VLAN 43; add_name t.42=t - VLAN 43" },
  { "rename", SPEC (NIC12 VLAN42), RENAMED (NIC12 VLAN42),
    "remove_name t.42=t - VLAN 42; set_alias t=u; add_name t=u; set_alias t.42=u - VLAN 42; add_name t.42=u - VLAN 42" },
  { "vlan-id", SPEC (NIC12 VLAN42), SPEC (NIC12 VLAN9),
    "delete t.42; create_vlan t.9>t=9; set_up t.9; set_alias t.9=t - VLAN 9; add_name t.9=t - VLAN 9" },
  /* The spare stays in until the new member works; the agent releases it then. */
  { "missing-adapter", SPEC (NIC12 PLAIN), SPEC ("\"members\":[\"nic9\",\"nic1\",\"nic2\"]," PLAIN), "" },
  { "standby-of-three", SPEC (NIC12 PLAIN), SPEC (NIC123 "\"standby\":\"nic1\"," PLAIN),
    "set_ipv6 nic1=off; set_down nic3; add_member nic3>t" },
  { "create-with-standby", NULL, SPEC (NIC123 "\"standby\":\"nic1\"," PLAIN),
    "set_ipv6 nic1=off; create_bond t=02:00:00:00:00:03; set_down nic2; add_member nic2>t; set_down nic3; add_member nic3>t; "
    "set_up t" },
  { "disable-member", SPEC (NIC12 PLAIN), SPEC (NIC12 "\"disabled\":[\"nic2\"]," PLAIN), "set_down nic2" },
  { "enable-member", SPEC (NIC12 "\"disabled\":[\"nic2\"]," PLAIN), SPEC (NIC12 PLAIN), "set_up nic2" },
  { "create-with-disabled", NULL, SPEC (NIC2 "\"disabled\":[\"nic2\"]," PLAIN),
    "create_bond t=02:00:00:00:00:03; set_down nic2; add_member nic2>t; set_up t; set_down nic2" },
  { "disable-vlan", SPEC (NIC12 VLAN42), SPEC (NIC12 DISABLED42), "set_down t.42" },
  { "disable-team", SPEC (NIC12 VLAN42), SPEC (NIC12 DISABLED), "set_down t; set_down t.42" },
  /* The team that comes up again raises its VLANs, also the one that is disabled. */
  { "disabled-vlan-raised", SPEC (NIC12 LACP DISABLED42), SPEC (NIC12 LACP "\"lacp_timer\":\"fast\"," DISABLED42),
    "set_down t; change_bond t[lacp_rate]; set_up t; set_down t.42" },
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

/* The links as the kernel has them once the definition is carried out. */
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
  bond->bond->options = nt_bond_map_get_options (spec);
  g_free (bond->mac);
  bond->mac = g_strdup (host_get_link (snapshot, spec->members->pdata[0])->mac);
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

static char *
list_operations (const GPtrArray *operations)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < operations->len; i++)
    {
      const NtOperation *operation = operations->pdata[i];

      g_string_append_printf (list, "%s%s %s", i > 0 ? "; " : "", nt_enum_nick (&nt_operation_kind_enum, operation->kind),
                              operation->link);
      if (operation->other != NULL)
        g_string_append_printf (list, ">%s", operation->other);
      if (operation->value != NULL)
        g_string_append_printf (list, "=%s", operation->value);
      if (operation->kind == NT_OPERATION_CHANGE_BOND)
        {
          g_autofree char *options = list_options (operation->bond);

          g_string_append_printf (list, "[%s]", options);
        }
    }
  return g_string_free (list, FALSE);
}

static void
test_diff (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (NtSnapshot) snapshot = host_with_adapters (4);
  g_autoptr (GPtrArray) before = nt_records_new ();
  g_autoptr (GPtrArray) after = nt_records_new ();
  g_autoptr (NtTarget) target = NULL;
  g_autoptr (GPtrArray) operations = NULL;
  g_autofree char *list = NULL;

  if (test->before != NULL)
    {
      g_ptr_array_add (before, parse_spec (test->before));
      build_team (snapshot, before->pdata[0]);
    }
  if (test->after != NULL)
    g_ptr_array_add (after, parse_spec (test->after));
  target = nt_target_compile (snapshot, before, after);
  operations = nt_diff (snapshot, target);
  list = list_operations (operations);
  g_assert_cmpstr (list, ==, test->operations);
}

/* What is captured before a change differs in nothing from what is there. */
static void
test_capture (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (NtSnapshot) snapshot = host_with_adapters (4);
  g_autoptr (GPtrArray) before = nt_records_new ();
  g_autoptr (GPtrArray) after = nt_records_new ();
  g_autoptr (NtTarget) target = NULL;
  g_autoptr (NtTarget) capture = NULL;
  g_autoptr (GPtrArray) operations = NULL;

  if (test->before != NULL)
    {
      g_ptr_array_add (before, parse_spec (test->before));
      build_team (snapshot, before->pdata[0]);
    }
  if (test->after != NULL)
    g_ptr_array_add (after, parse_spec (test->after));
  target = nt_target_compile (snapshot, before, after);
  capture = nt_target_capture (snapshot, target);
  operations = nt_diff (snapshot, capture);
  g_assert_cmpuint (operations->len, ==, 0);
}

/* IPv6 addresses that the kernel drops when a bond goes down are planned again; IPv4 ones stay. */
static void
test_addresses (void)
{
  g_autoptr (NtSnapshot) snapshot = host_with_adapters (2);
  g_autoptr (GPtrArray) before = nt_records_new ();
  g_autoptr (GPtrArray) after = nt_records_new ();
  g_autoptr (NtTarget) target = NULL;
  g_autoptr (GPtrArray) operations = NULL;
  g_autofree char *list = NULL;

  g_ptr_array_add (before, parse_spec (SPEC (NIC12 LACP PLAIN)));
  g_ptr_array_add (after, parse_spec (SPEC (NIC12 LACP "\"lacp_timer\":\"fast\"," PLAIN)));
  build_team (snapshot, before->pdata[0]);
  host_add_address (host_get_link (snapshot, "t"), "192.0.2.1/24");
  host_add_address (host_get_link (snapshot, "t"), "2001:db8::1/64");
  target = nt_target_compile (snapshot, before, after);
  operations = nt_diff (snapshot, target);
  list = list_operations (operations);
  g_assert_cmpstr (list, ==, "set_down t; change_bond t[lacp_rate]; set_up t; add_address t=2001:db8::1/64");
}

/* Addresses follow their interface: to the device of a new VLAN id, and from the bond to a primary VLAN. */
static void
test_moved_addresses (gconstpointer data)
{
  static const struct
  {
    const char *before, *after, *device, *operations;
  } ways[] = {
    { SPEC (NIC12 VLAN42), SPEC (NIC12 VLAN9), "t.42",
      "delete t.42; create_vlan t.9>t=9; set_up t.9; set_alias t.9=t - VLAN 9; add_name t.9=t - VLAN 9; "
      "add_address t.9=192.0.2.1/24; add_route t.9=default via 192.0.2.254" },
    { SPEC (NIC12 PLAIN), SPEC (NIC12 "\"interfaces\":[{\"vlan\":9,\"device\":\"t.9\"}]"), "t",
      "create_vlan t.9>t=9; set_up t.9; set_alias t.9=t - VLAN 9; add_name t.9=t - VLAN 9; "
      "add_address t.9=192.0.2.1/24; remove_address t=192.0.2.1/24; add_route t.9=default via 192.0.2.254" },
  };
  guint way = GPOINTER_TO_UINT (data);
  g_autoptr (NtSnapshot) snapshot = host_with_adapters (2);
  g_autoptr (GPtrArray) before = nt_records_new ();
  g_autoptr (GPtrArray) after = nt_records_new ();
  g_autoptr (NtTarget) target = NULL;
  g_autoptr (GPtrArray) operations = NULL;
  g_autofree char *list = NULL;
  NtRoute *route = nt_route_new ();

  g_ptr_array_add (before, parse_spec (ways[way].before));
  g_ptr_array_add (after, parse_spec (ways[way].after));
  build_team (snapshot, before->pdata[0]);
  host_add_address (host_get_link (snapshot, ways[way].device), "192.0.2.1/24");
  route->text = g_strdup ("default via 192.0.2.254");
  g_ptr_array_add (route->devices, g_strdup (ways[way].device));
  g_ptr_array_add (snapshot->routes, route);
  target = nt_target_compile (snapshot, before, after);
  operations = nt_diff (snapshot, target);
  list = list_operations (operations);
  g_assert_cmpstr (list, ==, ways[way].operations);
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
  g_test_add_func ("/diff/addresses", test_addresses);
  g_test_add_data_func ("/diff/moved-addresses/vlan-id", GUINT_TO_POINTER (0), test_moved_addresses);
  g_test_add_data_func ("/diff/moved-addresses/primary-vlan", GUINT_TO_POINTER (1), test_moved_addresses);
  return g_test_run ();
}
