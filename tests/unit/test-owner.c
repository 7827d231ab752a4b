/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/base/small-file.h"
#include "backend/agent/foreign/coexist.h"
#include "backend/agent/foreign/drop-in.h"
#include "backend/agent/foreign/network-manager.h"
#include "backend/model/link/owner.h"
#include "hosts.h"

#include <glib/gstdio.h>

static const char interfaces[] =
  "# The loopback network interface\n"
  "auto lo\n"
  "iface lo inet loopback\n"
  "\n"
  "allow-hotplug nic1\n"
  "iface nic1 inet static\n"
  "\taddress 192.0.2.1/24\n"
  "\n"
  "\t# a comment inside\n"
  "\tgateway 192.0.2.254\n"
  "\n"
  "# behind it\n"
  "iface nic1 inet6 auto\n"
  "source /etc/network/interfaces.d/*\n"
  "iface nic11 inet manual";

static void
test_interfaces (void)
{
  static const struct
  {
    const char *link;
    const char *by;
  } cases[] = {
    { "lo", "/f:3" },
    { "nic1", "/f:6-10,13" },
    { "nic11", "/f:15" },
    { "nic", NULL },
    { "iface", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NtOwner) owner = nt_owner_parse_interfaces (interfaces, "/f", cases[i].link);

      g_assert_cmpstr (owner ? owner->by : NULL, ==, cases[i].by);
      g_assert_true (owner == NULL || (owner->tool == NT_TOOL_IFUPDOWN && !nt_owner_can_be_taken_over (owner)));
    }
}

static void
test_networkd (void)
{
  static const struct
  {
    const char *text;
    int tool; /* -1 = none */
    const char *by;
  } cases[] = {
    { "", -1, NULL },
    { "# x\nADMIN_STATE=unmanaged\nOPER_STATE=carrier\n", -1, NULL },
    { "ADMIN_STATE=unmanaged\nNETWORK_FILE=/a.network\n", -1, NULL },
    { "ADMIN_STATE=initialized\nNETWORK_FILE=\n", -1, NULL },
    { "ADMIN_STATE=configured\nNETWORK_FILE=/etc/a.network\n", NT_TOOL_NETWORKD, "/etc/a.network" },
    { "ADMIN_STATE=failed\nNETWORK_FILE=/etc/a.network\nNETWORK_FILE_DROPINS=\"\"\n", NT_TOOL_NETWORKD, "/etc/a.network" },
    { "ADMIN_STATE=configured\nNETWORK_FILE=/run/10-netplan-a.network\n", NT_TOOL_NETPLAN, "/run/10-netplan-a.network" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NtOwner) owner = nt_owner_parse_networkd (cases[i].text);

      g_assert_cmpint (owner ? owner->tool : -1, ==, cases[i].tool);
      g_assert_cmpstr (owner ? owner->by : NULL, ==, cases[i].by);
      g_assert_true (owner == NULL || nt_owner_get_renderer (owner) == NT_TOOL_NETWORKD);
    }
}

/* As of NetworkManager 1.52: a connection of its own, one of netplan, one made by others, none, and an unmanaged
 * device. */
static void
test_network_manager (void)
{
  g_autoptr (GVariant) objects = g_variant_ref_sink (g_variant_new_parsed (
    "{ objectpath '/d/1': { 'org.freedesktop.NetworkManager.Device': { 'Interface': <'nic1'>, 'Managed': <true>,"
    "   'ActiveConnection': <objectpath '/a/1'> } },"
    "  '/d/2': { 'org.freedesktop.NetworkManager.Device': { 'Interface': <'nic2'>, 'Managed': <true>,"
    "   'ActiveConnection': <objectpath '/a/2'> } },"
    "  '/d/3': { 'org.freedesktop.NetworkManager.Device': { 'Interface': <'nic3'>, 'Managed': <true>,"
    "   'ActiveConnection': <objectpath '/a/3'> } },"
    "  '/d/4': { 'org.freedesktop.NetworkManager.Device': { 'Interface': <'nic4'>, 'Managed': <true>,"
    "   'ActiveConnection': <objectpath '/'> } },"
    "  '/d/5': { 'org.freedesktop.NetworkManager.Device': { 'Interface': <'nic5'>, 'Managed': <false> } },"
    "  '/d/6': { 'org.freedesktop.NetworkManager.Device': { 'Interface': <6>, 'Managed': <true> } },"
    "  '/a/1': { 'org.freedesktop.NetworkManager.Connection.Active': { 'Id': <'Office'>, 'StateFlags': <uint32 0x4c>,"
    "   'Connection': <objectpath '/c/1'> } },"
    "  '/a/2': { 'org.freedesktop.NetworkManager.Connection.Active': { 'Id': <'netplan-nic2'>, 'StateFlags': <uint32 0>,"
    "   'Connection': <objectpath '/c/2'> } },"
    "  '/a/3': { 'org.freedesktop.NetworkManager.Connection.Active': { 'Id': <'nic3'>, 'StateFlags': <uint32 0x80>,"
    "   'Connection': <objectpath '/c/3'> } },"
    "  '/c/1': { 'org.freedesktop.NetworkManager.Settings.Connection': { 'Filename': <'/etc/Office.nmconnection'> } },"
    "  '/c/2': { 'org.freedesktop.NetworkManager.Settings.Connection': { 'Filename': <'/run/netplan-nic2.nmconnection'> } } }"));
  g_autoptr (GPtrArray) owned = nt_network_manager_parse (objects);
  static const struct
  {
    const char *link;
    const char *owner; /* NULL = none */
  } cases[] = {
    { "nic1", "NetworkManager (Office)" }, { "nic2", "netplan (netplan-nic2)" }, { "nic3", "NetworkManager" },
    { "nic4", "NetworkManager" },          { "nic5", NULL },
  };

  g_assert_cmpuint (owned->len, ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const NtOwner *owner = nt_owned_links_find (owned, cases[i].link);
      g_autofree char *words = owner ? nt_owner_describe (owner) : NULL;

      g_assert_cmpstr (words, ==, cases[i].owner);
      g_assert_true (owner == NULL || nt_owner_get_renderer (owner) == NT_TOOL_NETWORK_MANAGER);
    }
}

/* A directory that stands for the root of a host without a bus. */
typedef struct
{
  char *root;
  NtCoexist *coexist;
  NtSnapshot *snapshot;
} Fixture;

static void
put (Fixture *fixture, const char *place, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->root, place, NULL);
  g_autofree char *directory = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
get (Fixture *fixture, const char *place)
{
  g_autofree char *path = g_build_filename (fixture->root, place, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = g_dir_make_tmp ("nicteam-owner-XXXXXX", NULL);
  fixture->snapshot = host_with_adapters (3);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", fixture->root);

  g_clear_object (&fixture->coexist);
  nt_snapshot_unref (fixture->snapshot);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->root);
}

static char *
describe_owner (Fixture *fixture, const char *link)
{
  g_autoptr (GPtrArray) owned = nt_coexist_list_owned (fixture->coexist, fixture->snapshot);
  const NtOwner *owner = nt_owned_links_find (owned, link);

  return owner ? nt_owner_describe (owner) : g_strdup ("nobody");
}

static void
count (NtCoexist *coexist, gpointer user_data)
{
  ++*(guint *) user_data;
}

/* Files count as soon as they appear; a tool that is not installed has none. */
static void
test_files (Fixture *fixture, gconstpointer data)
{
  guint changes = 0;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *program = g_build_filename (fixture->root, "usr/sbin/ifup", NULL);

  put (fixture, "etc/network/interfaces", "iface nic1 inet dhcp\n");
  fixture->coexist = nt_coexist_new (fixture->root);
  g_signal_connect (fixture->coexist, "changed", G_CALLBACK (count), &changes);
  before = describe_owner (fixture, "nic1");
  g_assert_cmpstr (before, ==, "nobody");

  put (fixture, "usr/sbin/ifup", "");
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
  put (fixture, "etc/network/interfaces.d/more", "iface nic2 inet dhcp\n");
  while (changes == 0)
    g_main_context_iteration (NULL, TRUE);
  after = describe_owner (fixture, "nic2");
  g_assert_true (g_str_has_prefix (after, "ifupdown (") && g_str_has_suffix (after, "/etc/network/interfaces.d/more:1)"));
}

static void
make_fifo (Fixture *fixture, const char *place)
{
  g_autofree char *path = g_build_filename (fixture->root, place, NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

/* A FIFO is not read, nor is a huge file; the files beside them count. */
static void
test_not_plain (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program = g_build_filename (fixture->root, "usr/sbin/ifup", NULL);
  g_autofree char *huge = g_strnfill (NT_SMALL_FILE_BYTES_MAX, '\n');
  g_autofree char *text = g_strconcat ("iface nic1 inet dhcp\n", huge, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  put (fixture, "usr/sbin/ifup", "");
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
  put (fixture, "etc/network/interfaces", text);
  put (fixture, "etc/network/interfaces.d/more", "iface nic2 inet dhcp\n");
  make_fifo (fixture, "etc/network/interfaces.d/fifo");
  fixture->coexist = nt_coexist_new (fixture->root);
  first = describe_owner (fixture, "nic1");
  second = describe_owner (fixture, "nic2");
  g_assert_cmpstr (first, ==, "nobody");
  g_assert_true (g_str_has_prefix (second, "ifupdown ("));
}

/* A folder with too many files is not read to its end. */
static void
test_too_many (Fixture *fixture, gconstpointer data)
{
  g_autofree char *owner = NULL;

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *place = g_strdup_printf ("run/systemd/netif/links/x%u", i);

      put (fixture, place, "");
    }
  fixture->coexist = nt_coexist_new (fixture->root);
  g_test_expect_message ("nicteam-agent", G_LOG_LEVEL_WARNING, "*links is too large*");
  owner = describe_owner (fixture, "nic1");
  g_test_assert_expected_messages ();
  g_assert_cmpstr (owner, ==, "nobody");
}

/* The drop-in is a function of the devices: it is created, changed, and removed with the last device. */
static void
test_drop_in (Fixture *fixture, gconstpointer data)
{
  const char *names[] = { "T", "nic1", "a;b" };
  g_autoptr (GPtrArray) devices = nt_strings_new ();
  g_autoptr (GPtrArray) nothing = nt_strings_new ();
  g_autoptr (GPtrArray) operations = nt_records_new ();
  g_autofree char *networkd = NULL;
  g_autofree char *network_manager = NULL;
  g_autofree char *gone = NULL;
  const NtOperation *operation;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (devices, g_strdup (names[i]));
  put (fixture, "run/systemd/netif/links/1", "ADMIN_STATE=unmanaged\n");
  put (fixture, "etc/NetworkManager/NetworkManager.conf", "");
  fixture->coexist = nt_coexist_new (fixture->root);

  nt_coexist_plan (fixture->coexist, devices, devices, operations);
  g_assert_cmpuint (operations->len, ==, 2);
  operation = operations->pdata[0];
  g_assert_cmpint (operation->kind, ==, NT_OPERATION_TAKE_OVER);
  g_assert_cmpuint (operation->devices->len, ==, 2);
  g_assert_cmpstr (operation->devices->pdata[0], ==, "T");
  g_assert_cmpstr (operation->devices->pdata[1], ==, "nic1");

  nt_coexist_protect (fixture->coexist, devices);
  networkd = get (fixture, "etc/systemd/network/00-nicteam.network");
  g_assert_nonnull (strstr (networkd, "[Match]\nName=T nic1 \n\n[Link]\nUnmanaged=yes\n"));
  network_manager = get (fixture, "etc/NetworkManager/conf.d/99-nicteam.conf");
  g_assert_nonnull (strstr (network_manager, "[keyfile]\nunmanaged-devices+=interface-name:=T;interface-name:=nic1;\n"));

  /* A new agent reads its earlier drop-ins from the files. */
  g_clear_object (&fixture->coexist);
  fixture->coexist = nt_coexist_new (fixture->root);
  g_ptr_array_set_size (operations, 0);
  nt_coexist_plan (fixture->coexist, devices, nothing, operations);
  g_assert_cmpuint (operations->len, ==, 2);
  operation = operations->pdata[1];
  g_assert_cmpint (operation->kind, ==, NT_OPERATION_RETURN);
  nt_coexist_protect (fixture->coexist, nothing);
  gone = get (fixture, "etc/systemd/network/00-nicteam.network");
  g_assert_null (gone);
}

/* If the file cannot be written, the owner keeps the device, and the reason is reported; a device without an owner
 * is free. */
static void
test_not_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) devices = nt_strings_new ();
  g_autoptr (GPtrArray) operations = nt_records_new ();
  const char *error = NULL;

  g_ptr_array_add (devices, g_strdup ("nic1"));
  put (fixture, "run/systemd/netif/links/2", "ADMIN_STATE=configured\nNETWORK_FILE=/a\n");
  put (fixture, "etc/systemd/network", "a file in the place of the directory");
  fixture->coexist = nt_coexist_new (fixture->root);
  nt_coexist_plan (fixture->coexist, devices, devices, operations);
  g_assert_cmpuint (operations->len, ==, 1);
  g_test_expect_message ("nicteam-agent", G_LOG_LEVEL_WARNING, "systemd-networkd: Cannot change*");
  nt_coexist_take_over (fixture->coexist, operations->pdata[0], devices);
  g_test_assert_expected_messages ();
  g_assert_cmpint (((const NtLink *) fixture->snapshot->links->pdata[1])->ifindex, ==, 2);
  g_assert_cmpint (nt_coexist_check (fixture->coexist, operations->pdata[0], fixture->snapshot, &error), ==, NT_RELEASE_FAILED);
  g_assert_true (g_str_has_prefix (error, "Cannot change "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/owner/interfaces", test_interfaces);
  g_test_add_func ("/owner/networkd", test_networkd);
  g_test_add_func ("/owner/network-manager", test_network_manager);
  g_test_add ("/owner/files", Fixture, NULL, set_up, test_files, tear_down);
  g_test_add ("/owner/not-plain", Fixture, NULL, set_up, test_not_plain, tear_down);
  g_test_add ("/owner/too-many", Fixture, NULL, set_up, test_too_many, tear_down);
  g_test_add ("/owner/drop-in", Fixture, NULL, set_up, test_drop_in, tear_down);
  g_test_add ("/owner/not-written", Fixture, NULL, set_up, test_not_written, tear_down);
  return g_test_run ();
}
