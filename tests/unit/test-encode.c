/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/base/kernel.h"
#include "backend/kernel/netlink/address.h"
#include "backend/kernel/netlink/decode.h"
#include "backend/kernel/netlink/encode.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <string.h>

/* nic1 has index 1, nic2 has index 2, up to nic9; t has 100. */
static guint32
find_index (const char *name, gpointer user_data)
{
  if (g_str_has_prefix (name, "nic"))
    return (guint32) (name[3] - '0');
  return g_str_equal (name, "t") ? 100 : 0;
}

static NtNetlinkMessage *
encode (NtOperation *operation)
{
  g_autoptr (GError) error = NULL;
  NtNetlinkMessage *message = nt_encode_operation (operation, find_index, NULL, &error);

  g_assert_no_error (error);
  return message;
}

/* Every option that is sent is returned by the same parser that reads the kernel. */
static void
test_bond_round_trip (void)
{
  g_autoptr (NtOperation) operation = nt_operation_make (NT_OPERATION_CREATE_BOND, "t", NULL);
  g_autoptr (NtNetlinkMessage) message = NULL;
  NtBondOptions *options = nt_bond_options_new ();
  NtRawLink *raw;

  options->mode = NT_BOND_8023AD;
  options->miimon = 50;
  options->updelay = 100;
  options->downdelay = 150;
  options->use_carrier = 1;
  options->fail_over_mac = NT_FAIL_OVER_MAC_NONE;
  options->xmit_hash_policy = NT_XMIT_VLAN_SRCMAC;
  options->resend_igmp = 1;
  options->num_peer_notif = 2;
  options->all_slaves_active = 0;
  options->lacp_rate = NT_LACP_RATE_FAST;
  options->ad_select = NT_AD_SELECT_COUNT;
  options->tlb_dynamic_lb = 1;
  options->primary_reselect = NT_RESELECT_FAILURE;
  operation->bond = options;
  operation->mac = g_strdup ("02:00:00:00:00:01");

  message = encode (operation);
  raw = nt_decode_link (nlmsg_hdr (message));
  g_assert_nonnull (raw);
  g_assert_cmpstr (raw->link->name, ==, "t");
  g_assert_cmpstr (raw->link->mac, ==, "02:00:00:00:00:01");
  g_assert_cmpint (raw->link->kind, ==, NT_LINK_BOND);
  g_assert_true (nt_record_equal (raw->link->bond->options, options));
  nt_raw_link_free (raw);
}

/* Options that are not set are not sent. */
static void
test_bond_difference (void)
{
  g_autoptr (NtOperation) operation = nt_operation_make (NT_OPERATION_CHANGE_BOND, "t", NULL);
  g_autoptr (NtNetlinkMessage) message = NULL;
  struct nlattr *info, *data, *option;
  int rest, n_options = 0;

  operation->bond = nt_bond_options_new ();
  operation->bond->primary = g_strdup ("nic2");
  message = encode (operation);
  info = nlmsg_find_attr (nlmsg_hdr (message), sizeof (struct ifinfomsg), IFLA_LINKINFO);
  data = nla_find (nla_data (info), nla_len (info), IFLA_INFO_DATA);
  nla_for_each_nested (option, data, rest)
    {
      n_options++;
      g_assert_cmpint (nla_type (option), ==, IFLA_BOND_PRIMARY);
      g_assert_cmpuint (nla_get_u32 (option), ==, 2);
    }
  g_assert_cmpint (n_options, ==, 1);
}

static NtOperation *
create_vlan (gint64 id)
{
  NtOperation *operation = nt_operation_make (NT_OPERATION_CREATE_VLAN, "t.42", "t");

  operation->vlan_id = id;
  return operation;
}

static void
test_vlan (void)
{
  g_autoptr (NtOperation) operation = create_vlan (42);
  g_autoptr (NtNetlinkMessage) message = encode (operation);
  NtRawLink *raw = nt_decode_link (nlmsg_hdr (message));

  g_assert_cmpint (raw->link->kind, ==, NT_LINK_VLAN);
  g_assert_cmpint (raw->link->vlan, ==, 42);
  g_assert_cmpuint (raw->parent, ==, 100);
  nt_raw_link_free (raw);
}

static void
test_member (void)
{
  g_autoptr (NtOperation) operation = nt_operation_make (NT_OPERATION_ADD_MEMBER, "nic3", "t");
  g_autoptr (NtNetlinkMessage) message = encode (operation);
  const struct ifinfomsg *info = NLMSG_DATA (nlmsg_hdr (message));
  const struct nlattr *master = nlmsg_find_attr (nlmsg_hdr (message), sizeof *info, IFLA_MASTER);

  g_assert_cmpint (info->ifi_index, ==, 3);
  g_assert_cmpuint (nla_get_u32 (master), ==, 100);
  /* The kernel would bring the link up first, and then refuse. */
  g_assert_cmpuint (info->ifi_change & IFF_UP, ==, 0);
}

typedef struct
{
  const char *name;
  const char *value;
  const char *address; /* value decoded from the message; NULL = refused */
} AddressCase;

static const AddressCase address_cases[] = {
  { "ipv4", "192.0.2.1/24", "192.0.2.1/24" },
  { "ipv6", "2001:db8::1/64", "2001:db8::1/64" },
  { "no-prefix", "192.0.2.1", NULL },
  { "no-address", "nonsense/24", NULL },
  { "no-number", "192.0.2.1/24x", NULL },
  { "empty-prefix", "192.0.2.1/", NULL },
  { "signed-prefix", "192.0.2.1/+24", NULL },
  { "long-prefix", "192.0.2.1/33", NULL },
  { "prefix-of-a-byte", "2001:db8::1/384", NULL },
};

static void
test_address (gconstpointer data)
{
  const AddressCase *test = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NtOperation) operation = nt_operation_make (NT_OPERATION_ADD_ADDRESS, "t", NULL);
  g_autoptr (NtLinkAddress) address = NULL;
  NtNetlinkMessage *message;
  guint32 ifindex = 0;

  operation->address = nt_link_address_new ();
  operation->address->address = g_strdup (test->value);
  message = nt_encode_operation (operation, find_index, NULL, &error);
  if (test->address == NULL)
    {
      g_assert_null (message);
      g_assert_error (error, NT_KERNEL_ERROR, EINVAL);
      return;
    }
  address = nt_address_decode (nlmsg_hdr (message), &ifindex);
  g_assert_cmpuint (ifindex, ==, 100);
  g_assert_cmpstr (address->address, ==, test->address);
  nlmsg_free (message);
}

static const struct
{
  NtOperationKind kind;
  gint64 number;
  const char *mac;
  const char *shown; /* in the message */
} wrong_values[] = {
  { NT_OPERATION_CREATE_VLAN, -1, NULL, "-1" },
  { NT_OPERATION_CREATE_VLAN, 4096, NULL, "4096" },
  { NT_OPERATION_CREATE_VLAN, 65578, NULL, "65578" }, /* 42 in 16 bits */
  { NT_OPERATION_SET_MTU, -1, NULL, "-1" },
  { NT_OPERATION_SET_MTU, 4294968796, NULL, "4294968796" }, /* 1500 in 32 bits */
  { NT_OPERATION_SET_MAC, -1, "02:00:00:00:00:01x", "02:00:00:00:00:01x" },
  { NT_OPERATION_SET_MAC, -1, "02:00:00:00:00: 1", "02:00:00:00:00: 1" },
  { NT_OPERATION_SET_MAC, -1, "02:00:00:00:00", "02:00:00:00:00" },
  { NT_OPERATION_SET_MAC, -1, "02:00:00:00:00:100", "02:00:00:00:00:100" },
};

/* The kernel never gets another value than was given. */
static void
test_wrong_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_values); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (NtOperation) operation = nt_operation_make (wrong_values[i].kind, "t", "t");

      operation->vlan_id = operation->mtu_bytes = wrong_values[i].number;
      operation->mac = g_strdup (wrong_values[i].mac);
      g_assert_null (nt_encode_operation (operation, find_index, NULL, &error));
      g_assert_error (error, NT_KERNEL_ERROR, EINVAL);
      g_assert_nonnull (strstr (error->message, wrong_values[i].shown));
    }
}

static void
test_unknown_link (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NtOperation) operation = nt_operation_make (NT_OPERATION_SET_UP, "nobody", NULL);

  g_assert_null (nt_encode_operation (operation, find_index, NULL, &error));
  g_assert_error (error, NT_KERNEL_ERROR, ENODEV);
  g_assert_nonnull (g_strstr_len (error->message, -1, "nobody"));
}

/* A message truncated anywhere is refused or decoded in part, and never read beyond its end. */
static void
test_truncated (void)
{
  g_autoptr (NtOperation) operation = create_vlan (42);
  g_autoptr (NtNetlinkMessage) message = encode (operation);
  const struct nlmsghdr *whole = nlmsg_hdr (message);

  for (guint32 length = NLMSG_HDRLEN; length < whole->nlmsg_len; length++)
    {
      g_autofree struct nlmsghdr *part = g_memdup2 (whole, length);
      NtRawLink *raw;

      part->nlmsg_len = length;
      raw = nt_decode_link (part);
      g_clear_pointer (&raw, nt_raw_link_free);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/encode/bond-round-trip", test_bond_round_trip);
  g_test_add_func ("/encode/bond-difference", test_bond_difference);
  g_test_add_func ("/encode/vlan", test_vlan);
  g_test_add_func ("/encode/member", test_member);
  g_test_add_func ("/encode/wrong-values", test_wrong_values);
  g_test_add_func ("/encode/unknown-link", test_unknown_link);
  g_test_add_func ("/encode/truncated", test_truncated);
  for (guint i = 0; i < G_N_ELEMENTS (address_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/encode/address/", address_cases[i].name, NULL);

      g_test_add_data_func (path, &address_cases[i], test_address);
    }
  return g_test_run ();
}
