/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/linux/netlink-kernel.h"
#include "backend/model/base/record-json.h"
#include "backend/model/plan/compile-target.h"
#include "backend/model/plan/make-plan.h"
#include "backend/model/team/spec-to-bond.h"
#include "judge.h"

#include <errno.h>
#include <string.h>

/* The adapters nic1 to nic4 of a server in the lab; each test leaves them as it found them. */
typedef struct
{
  NtKernel *kernel;
} Fixture;

/* A single process for all commands, because starting a process is slow. */
static void
clean (void)
{
  judge_run ("sh -c 'for d in t t.42 t.43; do echo link delete dev $d; done >/tmp/clean; "
             "for n in nic1 nic2 nic3 nic4; do echo link set dev $n nomaster mtu 1500 up; done >>/tmp/clean; "
             "ip -force -batch /tmp/clean 2>/dev/null; true'");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->kernel = NT_KERNEL (nt_netlink_kernel_new (TRUE, &error));
  g_assert_no_error (error);
  clean ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->kernel);
  clean ();
}

static NtSnapshot *
read_kernel (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  NtSnapshot *snapshot = nt_kernel_read (fixture->kernel, NT_READ_ROUTES, &error);

  g_assert_no_error (error);
  return snapshot;
}

static void
apply (Fixture *fixture, NtOperation *operation)
{
  g_autoptr (NtOperation) owned = operation;
  g_autoptr (GError) error = NULL;

  nt_kernel_apply (fixture->kernel, owned, &error);
  g_assert_no_error (error);
}

#define APPLY(kind, link, other) \
  apply (fixture, nt_operation_make (NT_OPERATION_##kind, link, other))

#define APPLY_VALUE(kind, link, other, field, value) \
  do \
    { \
      NtOperation *operation = nt_operation_make (NT_OPERATION_##kind, link, other); \
      operation->field = value; \
      apply (fixture, operation); \
    } \
  while (0)

static void
apply_all (Fixture *fixture, const GPtrArray *operations)
{
  for (guint i = 0; i < operations->len; i++)
    apply (fixture, nt_operation_ref (operations->pdata[i]));
}

static NtOperation *
create_bond (const char *options)
{
  NtOperation *operation = nt_operation_make (NT_OPERATION_CREATE_BOND, "t", NULL);
  g_autoptr (GError) error = NULL;

  operation->mac = g_strdup ("02:00:00:00:00:99");
  operation->bond = nt_record_from_text (&nt_bond_options_type, options, NT_JSON_STRICT, &error);
  g_assert_no_error (error);
  return operation;
}

/* "path=value path=value": the values expected from iproute2. */
static void
assert_link (const char *name, const char *expected)
{
  g_autoptr (JsonObject) link = judge_read_link (name);
  g_auto (GStrv) pairs = g_strsplit (expected, " ", -1);

  g_assert_nonnull (link);
  for (guint i = 0; pairs[i] != NULL && *pairs[i] != '\0'; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);
      g_autofree char *value = judge_get (link, pair[0]);

      if (g_strcmp0 (value, pair[1]) != 0)
        g_error ("%s: %s is “%s”, not “%s”", name, pair[0], value, pair[1]);
    }
}

/* Our snapshot and iproute2 list the same adapters. */
static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtSnapshot) snapshot = read_kernel (fixture);

  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("nic%u", i);
      const NtLink *link = nt_snapshot_find (snapshot, name);
      g_autofree char *expected = NULL;

      g_assert_nonnull (link);
      g_assert_cmpint (link->kind, ==, NT_LINK_ADAPTER);
      g_assert_true (link->up);
      g_assert_cmpint (link->speed_mbps, ==, 10000);
      g_assert_cmpint (link->duplex, ==, NT_DUPLEX_FULL);
      expected = g_strdup_printf ("address=%s mtu=%d ifindex=%d", link->mac, (int) link->mtu, (int) link->ifindex);
      assert_link (name, expected);
    }
  g_assert_cmpint (nt_snapshot_find (snapshot, "lo")->kind, ==, NT_LINK_LOOPBACK);
}

typedef struct
{
  const char *name;
  const char *options;
  const char *expected; /* below linkinfo.info_data */
} BondCase;

static const BondCase bond_cases[] = {
  { "tlb", "{\"mode\":\"balance-tlb\",\"miimon\":50,\"tlb_dynamic_lb\":0,\"xmit_hash_policy\":\"layer3+4\"}",
    "mode=balance-tlb miimon=50 tlb_dynamic_lb=0 xmit_hash_policy=layer3+4" },
  { "xor", "{\"mode\":\"balance-xor\",\"miimon\":100,\"xmit_hash_policy\":\"layer2+3\",\"updelay\":200,\"downdelay\":100}",
    "mode=balance-xor miimon=100 xmit_hash_policy=layer2+3 updelay=200 downdelay=100" },
  { "vlan-srcmac", "{\"mode\":\"balance-xor\",\"xmit_hash_policy\":\"vlan+srcmac\"}",
    "mode=balance-xor xmit_hash_policy=vlan+srcmac" },
  { "lacp", "{\"mode\":\"802.3ad\",\"miimon\":50,\"lacp_rate\":\"fast\",\"ad_select\":\"bandwidth\"}",
    "mode=802.3ad ad_lacp_rate=fast ad_select=bandwidth" },
  { "active-backup",
    "{\"mode\":\"active-backup\",\"miimon\":50,\"primary_reselect\":\"better\",\"fail_over_mac\":\"none\","
    "\"num_peer_notif\":3,\"resend_igmp\":2,\"all_slaves_active\":1}",
    "mode=active-backup primary_reselect=better fail_over_mac=none num_peer_notif=3 resend_igmp=2 all_slaves_active=1" },
};

static void
test_bond (Fixture *fixture, gconstpointer data)
{
  const BondCase *test = data;
  g_autoptr (NtSnapshot) snapshot = NULL;
  g_autoptr (NtBondOptions) left = NULL;
  NtOperation *operation = create_bond (test->options);
  g_autoptr (NtBondOptions) sent = nt_bond_options_ref (operation->bond);
  g_auto (GStrv) expected = g_strsplit (test->expected, " ", -1);
  NtBondChange change;

  apply (fixture, operation);
  assert_link ("t", "address=02:00:00:00:00:99 linkinfo.info_kind=bond");
  for (guint i = 0; expected[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("linkinfo.info_data.", expected[i], NULL);

      assert_link ("t", path);
    }
  /* The decoded options equal those that were sent. */
  snapshot = read_kernel (fixture);
  left = nt_bond_options_difference (nt_snapshot_find (snapshot, "t")->bond->options, sent, &change);
  g_assert_true (nt_bond_options_is_empty (left));
}

static void
test_members (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtSnapshot) snapshot = NULL;
  g_autofree char *bonding = NULL;
  const NtLink *bond;

  apply (fixture, create_bond ("{\"mode\":\"balance-xor\",\"miimon\":50}"));
  APPLY (SET_DOWN, "nic3", NULL);
  APPLY (ADD_MEMBER, "nic3", "t");
  APPLY (SET_DOWN, "nic1", NULL);
  APPLY (ADD_MEMBER, "nic1", "t");
  APPLY (SET_UP, "t", NULL);
  assert_link ("nic3", "master=t linkinfo.info_slave_kind=bond");
  bonding = judge_read_bonding ("t");
  g_assert_nonnull (strstr (bonding, "Slave Interface: nic1"));

  snapshot = read_kernel (fixture);
  bond = nt_snapshot_find (snapshot, "t");
  g_assert_cmpuint (bond->bond->members->len, ==, 2);
  g_assert_cmpstr (bond->bond->members->pdata[0], ==, "nic3"); /* in the order of joining */
  g_assert_cmpstr (nt_snapshot_find (snapshot, "nic1")->master, ==, "t");
  g_assert_true (nt_snapshot_find (snapshot, "nic1")->up);
  g_assert_nonnull (nt_snapshot_find (snapshot, "nic1")->member);

  APPLY (REMOVE_MEMBER, "nic3", "t");
  assert_link ("nic3", "master=");
}

static void
test_vlan (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtSnapshot) snapshot = NULL;

  apply (fixture, create_bond ("{\"mode\":\"balance-xor\",\"miimon\":50}"));
  APPLY_VALUE (CREATE_VLAN, "t.42", "t", vlan_id, 42);
  assert_link ("t.42", "link=t linkinfo.info_kind=vlan linkinfo.info_data.id=42");
  snapshot = read_kernel (fixture);
  g_assert_cmpint (nt_snapshot_find (snapshot, "t.42")->vlan, ==, 42);
  g_assert_cmpstr (nt_snapshot_find (snapshot, "t.42")->parent, ==, "t");
  APPLY (DELETE, "t", NULL);
  g_assert_null (judge_read_link ("t.42"));
}

static NtOperation *
add_address (const char *address)
{
  NtOperation *operation = nt_operation_make (NT_OPERATION_ADD_ADDRESS, "t", NULL);

  operation->address = nt_link_address_new ();
  operation->address->address = g_strdup (address);
  return operation;
}

static void
test_attributes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtSnapshot) snapshot = NULL;
  const NtLink *link;

  apply (fixture, create_bond ("{\"mode\":\"balance-xor\"}"));
  APPLY_VALUE (SET_MTU, "t", NULL, mtu_bytes, 9000);
  APPLY_VALUE (SET_MAC, "t", NULL, mac, g_strdup ("02:00:00:00:00:77"));
  APPLY_VALUE (SET_ALIAS, "t", NULL, alias, g_strdup ("Équipe-1"));
  APPLY_VALUE (ADD_NAME, "t", NULL, name, g_strdup ("a second name"));
  apply (fixture, add_address ("192.0.2.7/24"));
  apply (fixture, add_address ("2001:db8::7/64"));
  assert_link ("t", "mtu=9000 address=02:00:00:00:00:77 ifalias=Équipe-1");

  snapshot = read_kernel (fixture);
  link = nt_snapshot_find (snapshot, "t");
  g_assert_cmpstr (link->alias, ==, "Équipe-1");
  g_assert_true (nt_strings_contain (link->alternative_names, "a second name"));
  g_assert_cmpuint (link->addresses->len, ==, 2);
  judge_run ("ip address show dev t to 192.0.2.7");

  APPLY_VALUE (SET_ALIAS, "t", NULL, alias, g_strdup (""));
  APPLY_VALUE (REMOVE_NAME, "t", NULL, name, g_strdup ("a second name"));
  assert_link ("t", "ifalias=");
}

typedef struct
{
  const char *name;
  NtOperationKind kind;
  const char *link;
  const char *other;
  gint64 number;    /* VLAN id or MTU */
  const char *bond; /* options */
  int code;
} RefusalCase;

/* t is a bond that is up, with nic1 as its member. */
static const RefusalCase refusal_cases[] = {
  { "member-up", NT_OPERATION_ADD_MEMBER, "nic2", "t", -1, NULL, EPERM },
  { "mode-with-members", NT_OPERATION_CHANGE_BOND, "t", NULL, -1, "{\"mode\":\"802.3ad\"}", EBUSY },
  { "option-of-other-mode", NT_OPERATION_CHANGE_BOND, "t", NULL, -1, "{\"lacp_rate\":\"fast\"}", EACCES },
  { "bond-there-already", NT_OPERATION_CREATE_BOND, "t", NULL, -1, "{\"mode\":\"802.3ad\"}", EEXIST },
  { "vlan-4095", NT_OPERATION_CREATE_VLAN, "t.42", "t", 4095, NULL, ERANGE },
  { "vlan-on-nothing", NT_OPERATION_CREATE_VLAN, "t.42", "nobody", 42, NULL, ENODEV },
  { "nothing", NT_OPERATION_SET_UP, "nobody", NULL, -1, NULL, ENODEV },
  { "mtu-too-large", NT_OPERATION_SET_MTU, "t", NULL, 65536, NULL, EINVAL },
};

static void
test_refusal (Fixture *fixture, gconstpointer data)
{
  const RefusalCase *test = data;
  g_autoptr (NtOperation) operation = nt_operation_make (test->kind, test->link, test->other);
  g_autoptr (GError) error = NULL;

  apply (fixture, create_bond ("{\"mode\":\"balance-xor\",\"miimon\":50}"));
  APPLY (SET_DOWN, "nic1", NULL);
  APPLY (ADD_MEMBER, "nic1", "t");
  APPLY (SET_UP, "t", NULL);
  operation->vlan_id = operation->mtu_bytes = test->number;
  if (test->bond != NULL)
    operation->bond = nt_record_from_text (&nt_bond_options_type, test->bond, NT_JSON_STRICT, NULL);
  g_assert_false (nt_kernel_apply (fixture->kernel, operation, &error));
  g_test_message ("%s", error->message);
  if (test->code == EBUSY) /* kernels differ in which they check first, the members or the bond being up */
    g_assert_true (error->code == EBUSY || error->code == ENOTEMPTY);
  else
    g_assert_error (error, NT_KERNEL_ERROR, test->code);
}

/* The error contains the kernel's own text, not only the name of the error number. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtOperation) operation = nt_operation_make (NT_OPERATION_ADD_MEMBER, "nic2", "t");
  g_autoptr (GError) error = NULL;

  apply (fixture, create_bond ("{\"mode\":\"balance-xor\",\"miimon\":50}"));
  g_assert_false (nt_kernel_apply (fixture->kernel, operation, &error));
  g_assert_nonnull (strstr (error->message, "Device can not be enslaved while up"));
}

static void
quit_cb (NtKernel *kernel, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
late_cb (gpointer user_data)
{
  g_error ("no event came");
  return G_SOURCE_REMOVE;
}

static void
wait_for_change (Fixture *fixture)
{
  gboolean changed = FALSE;
  gulong handler = g_signal_connect (fixture->kernel, "changed", G_CALLBACK (quit_cb), &changed);
  guint timeout = g_timeout_add_seconds (10, late_cb, NULL);

  while (!changed)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
  g_signal_handler_disconnect (fixture->kernel, handler);
}

static void
test_events (Fixture *fixture, gconstpointer data)
{
  static const char *const commands[] = {
    "ip link set nic4 down", "ip link set nic4 up", "ip address add 192.0.2.9/32 dev nic4", "ip address del 192.0.2.9/32 dev nic4",
    "ip link set nic4 mtu 1400",
  };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      judge_run (commands[i]);
      wait_for_change (fixture);
    }
}

/* With more events than any buffer holds, some are lost, and the snapshot is still correct. */
static void
test_overflow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NtSnapshot) snapshot = NULL;

  apply (fixture, create_bond ("{\"mode\":\"balance-xor\",\"miimon\":50}"));
  judge_run ("sh -c 'i=0; while [ $i -lt 2500 ]; do echo link set dev t mtu 1400; echo link set dev t mtu 1500; i=$((i+1)); done "
             "| ip -batch -; ip link set dev t mtu 1300'");
  wait_for_change (fixture);
  snapshot = read_kernel (fixture);
  g_assert_cmpint (nt_snapshot_find (snapshot, "t")->mtu, ==, 1300);
  judge_run ("ip link set dev t mtu 1500");
  wait_for_change (fixture);
}

static void
test_sample (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) names = nt_strings_new ();
  g_autoptr (GPtrArray) none = nt_strings_new ();
  g_autoptr (NtSamples) some = NULL;
  g_autoptr (NtSamples) all = NULL;

  g_ptr_array_add (names, g_strdup ("nic1"));
  g_ptr_array_add (names, g_strdup ("nobody"));
  some = nt_kernel_sample (fixture->kernel, names, NULL);
  g_assert_cmpuint (some->samples->len, ==, 1);
  g_assert_cmpstr (((NtSample *) some->samples->pdata[0])->link, ==, "nic1");
  all = nt_kernel_sample (fixture->kernel, none, NULL);
  g_assert_cmpuint (all->samples->len, >=, 6);
}

/* Every change from one team to another, planned by the model and verified on the kernel. */
#define SPEC_OF_TWO(rest) \
  "{\"id\":\"1\",\"name\":\"t\",\"device\":\"t\",\"members\":[\"nic1\",\"nic2\"]," rest \
  "\"interfaces\":[{\"vlan\":0,\"device\":\"t\"},{\"vlan\":42,\"device\":\"t.42\"}]}"
#define N_WAYS 5

static const char *const specs[] = {
  "{\"id\":\"1\",\"name\":\"t\",\"device\":\"t\",\"members\":[\"nic1\",\"nic2\"],\"interfaces\":[{\"vlan\":0,\"device\":\"t\"}]}",
  "{\"id\":\"1\",\"name\":\"t\",\"device\":\"t\",\"members\":[\"nic2\",\"nic3\"],\"mode\":\"static\","
  "\"interfaces\":[{\"vlan\":0,\"device\":\"t\"},{\"vlan\":42,\"device\":\"t.42\"}]}",
  "{\"id\":\"1\",\"name\":\"t\",\"device\":\"t\",\"members\":[\"nic3\",\"nic1\",\"nic2\"],\"mode\":\"lacp\",\"lacp_timer\":\"fast\","
  "\"mtu\":9000,\"interfaces\":[{\"vlan\":43,\"device\":\"t.43\"}]}",
  "{\"id\":\"1\",\"name\":\"t\",\"device\":\"t\",\"members\":[\"nic3\",\"nic1\"],\"mode\":\"lacp\",\"balance\":\"ip_addresses\","
  "\"mtu\":1500,\"interfaces\":[{\"vlan\":0,\"device\":\"t\",\"name\":\"Storage\"}]}",
  "{\"id\":\"1\",\"name\":\"t\",\"device\":\"t\",\"members\":[\"nic1\",\"nic3\"],\"standby\":\"nic3\","
  "\"interfaces\":[{\"vlan\":0,\"device\":\"t\"}]}",
  SPEC_OF_TWO ("\"mode\":\"lacp\","),
  SPEC_OF_TWO ("\"mode\":\"lacp\",\"lacp_timer\":\"fast\","),
};

static GPtrArray *
parse_specs (const char *text)
{
  GPtrArray *array = nt_records_new ();
  g_autoptr (NtTeamSpec) spec = text ? nt_record_from_text (&nt_team_spec_type, text, NT_JSON_STRICT, NULL) : NULL;

  if (spec != NULL)
    g_ptr_array_add (array, nt_team_spec_complete (spec));
  return array;
}

static void
go_to (Fixture *fixture, const char *from, const char *to)
{
  g_autoptr (GPtrArray) before = parse_specs (from);
  g_autoptr (GPtrArray) after = parse_specs (to);
  g_autoptr (NtSnapshot) snapshot = read_kernel (fixture);
  g_autoptr (NtTarget) target = nt_target_compile (snapshot, before, after);
  g_autoptr (GPtrArray) operations = nt_make_plan (snapshot, target);
  g_autoptr (NtSnapshot) result = NULL;
  g_autoptr (GPtrArray) left = NULL;

  apply_all (fixture, operations);
  result = read_kernel (fixture);
  left = nt_make_plan (result, target);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
assert_team (const char *text)
{
  g_autoptr (GPtrArray) after = parse_specs (text);
  const NtTeamSpec *spec = after->pdata[0];
  g_autoptr (NtBondOptions) options = nt_spec_to_bond_options (spec);
  g_autofree char *mode = g_strdup_printf ("linkinfo.info_data.mode=%s", nt_enum_nick (&nt_bond_mode_enum, options->mode));

  assert_link ("t", mode);
  for (guint i = 0; i < spec->members->len; i++)
    assert_link (spec->members->pdata[i], "master=t");
  for (guint i = 0; i < spec->interfaces->len; i++)
    {
      const char *device = ((NtInterfaceSpec *) spec->interfaces->pdata[i])->device;
      g_autofree char *name = g_strconcat ("ifname=", device, NULL);

      assert_link (device, name);
    }
}

static void
test_ways (Fixture *fixture, gconstpointer data)
{
  guint from = GPOINTER_TO_UINT (data) / N_WAYS;
  guint to = GPOINTER_TO_UINT (data) % N_WAYS;

  go_to (fixture, NULL, specs[from]);
  go_to (fixture, specs[from], specs[to]);
  assert_team (specs[to]);
  go_to (fixture, specs[to], NULL);
  g_assert_null (judge_read_link ("t"));
  assert_link ("nic1", "master= operstate=UP mtu=1500");
}

/* Addresses and routes of all tables are identical after a change that takes the team down. */
static void
test_network (Fixture *fixture, gconstpointer data)
{
  static const guint ways[][2] = { { 5, 6 }, { 1, 0 } };
  const char *from = specs[ways[GPOINTER_TO_UINT (data)][0]];
  const char *to = specs[ways[GPOINTER_TO_UINT (data)][1]];
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  go_to (fixture, NULL, from);
  judge_run ("sh -ec 'ip address add 192.0.2.1/24 dev t; ip address add 2001:db8::1/64 dev t nodad; "
             "ip route add default via 192.0.2.254 proto static metric 50; "
             "ip route add 198.51.100.9/32 dev t proto static scope link; "
             "ip route add 203.0.113.0/24 via 198.51.100.9 dev t onlink proto static table 100; "
             "ip route add 198.51.100.128/25 proto static nexthop via 192.0.2.7 weight 2 nexthop via 192.0.2.8; "
             "ip -6 route add 2001:db8:1::/48 via 2001:db8::fe proto static; "
             "ip -6 route add default via fe80::1 dev t proto static metric 20 table 200'");
  before = judge_read_network ();
  g_test_message ("%s", before);
  g_assert_nonnull (strstr (before, "table 200"));
  go_to (fixture, from, to);
  after = judge_read_network ();
  g_assert_cmpstr (after, ==, before);
}

/* "ip link show" finds the display name and shows it as the alias, before and after it changes. */
static void
test_display_names (Fixture *fixture, gconstpointer data)
{
  const char *before = SPEC_OF_TWO ("");
  const char *after = "{\"id\":\"1\",\"name\":\"Net of the Züri office\",\"device\":\"t\",\"members\":[\"nic1\",\"nic2\"],"
                      "\"interfaces\":[{\"vlan\":0,\"device\":\"t\"},{\"vlan\":42,\"device\":\"t.42\",\"name\":\"日本 backup\"}]}";

  go_to (fixture, NULL, before);
  judge_run ("ip link show dev 't - VLAN 42'");
  go_to (fixture, before, after);
  judge_run ("ip link show dev 'Net of the Züri office'");
  judge_run ("sh -c 'ip -d link show dev \"日本 backup\" | grep -q \"alias 日本 backup\"'");
  judge_run ("sh -c '! ip link show dev \"t - VLAN 42\" 2>/dev/null'");
}

/* A team with sixty-four interfaces. */
static void
test_many_interfaces (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) before = nt_records_new ();
  g_autoptr (GPtrArray) after = parse_specs (SPEC_OF_TWO (""));
  NtTeamSpec *spec = after->pdata[0];
  g_autoptr (NtSnapshot) snapshot = read_kernel (fixture);
  g_autoptr (NtTarget) target = NULL;
  g_autoptr (GPtrArray) operations = NULL;

  g_ptr_array_set_size (spec->interfaces, 1);
  for (gint64 vlan = 100; vlan < 163; vlan++)
    {
      NtInterfaceSpec *interface = nt_interface_spec_new ();

      interface->vlan = vlan;
      interface->device = g_strdup_printf ("t.%d", (int) vlan);
      g_ptr_array_add (spec->interfaces, interface);
    }
  target = nt_target_compile (snapshot, before, after);
  operations = nt_make_plan (snapshot, target);
  apply_all (fixture, operations);
  assert_link ("t.162", "link=t linkinfo.info_data.id=162");
  assert_link ("t.100", "link=t linkinfo.info_data.id=100");
}

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/kernel/read", NULL, test_read);
  ADD ("/kernel/members", NULL, test_members);
  ADD ("/kernel/vlan", NULL, test_vlan);
  ADD ("/kernel/attributes", NULL, test_attributes);
  ADD ("/kernel/words", NULL, test_words);
  ADD ("/kernel/events", NULL, test_events);
  ADD ("/kernel/overflow", NULL, test_overflow);
  ADD ("/kernel/sample", NULL, test_sample);
  ADD ("/kernel/display-names", NULL, test_display_names);
  ADD ("/kernel/many-interfaces", NULL, test_many_interfaces);
  ADD ("/kernel/network/option", GUINT_TO_POINTER (0), test_network);
  ADD ("/kernel/network/mode", GUINT_TO_POINTER (1), test_network);
  for (guint i = 0; i < G_N_ELEMENTS (bond_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/kernel/bond/", bond_cases[i].name, NULL);

      ADD (path, &bond_cases[i], test_bond);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusal_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/kernel/refusal/", refusal_cases[i].name, NULL);

      ADD (path, &refusal_cases[i], test_refusal);
    }
  for (guint i = 0; i < N_WAYS * N_WAYS; i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/kernel/way/%u-to-%u", i / N_WAYS, i % N_WAYS);

      ADD (path, GUINT_TO_POINTER (i), test_ways);
    }
  return g_test_run ();
}
