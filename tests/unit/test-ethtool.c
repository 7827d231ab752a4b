/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/netlink/ethtool.h"

#include <linux/ethtool_netlink.h>
#include <linux/genetlink.h>
#include <netlink/attr.h>

/* Replies that drivers in the lab do not give; the rest is tested on the real kernel. */

static NtNetlinkMessage *
make_message (guint8 command)
{
  NtNetlinkMessage *message = nlmsg_alloc_simple (100, 0);
  struct genlmsghdr header = { .cmd = command, .version = ETHTOOL_GENL_VERSION };

  nlmsg_append (message, &header, sizeof header, NLMSG_ALIGNTO);
  return message;
}

/* enum ethtool_link_ext_state of linux/ethtool.h: first, last, and the most frequent. */
static const struct
{
  int number; /* -1 = not reported by the driver */
  const char *word;
} link_states[] = {
  { -1, NULL }, { 0, "autonegotiation" }, { 4, "no_cable" }, { 10, "module" }, { 11, NULL }, { 255, NULL },
};

static void
test_link_state (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (link_states); i++)
    {
      g_autoptr (NtNetlinkMessage) message = make_message (ETHTOOL_MSG_LINKSTATE_GET_REPLY);
      g_autoptr (NtAdapterDetails) details = nt_adapter_details_new ();

      nla_put_u8 (message, ETHTOOL_A_LINKSTATE_LINK, 0);
      if (link_states[i].number >= 0)
        nla_put_u8 (message, ETHTOOL_A_LINKSTATE_EXT_STATE, (guint8) link_states[i].number);
      nt_ethtool_decode_link_state (nlmsg_hdr (message), details);
      g_assert_cmpstr (nt_enum_nick (&nt_link_detail_enum, details->link_detail), ==, link_states[i].word);
    }
}

static const struct
{
  guint32 rx, tx, combined;
  gint64 rx_queues, tx_queues;
} channels[] = {
  { 2, 3, 0, 2, 3 }, { 0, 0, 8, 8, 8 }, { 1, 0, 4, 5, 4 }, { 0, 0, 0, 7, 7 },
};

/* Without a reply the link keeps its initial value: 7. */
static void
test_channels (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_autoptr (NtNetlinkMessage) message = make_message (ETHTOOL_MSG_CHANNELS_GET_REPLY);
      g_autoptr (NtAdapterDetails) details = nt_adapter_details_new ();

      details->rx_queues = details->tx_queues = 7;
      nla_put_u32 (message, ETHTOOL_A_CHANNELS_RX_MAX, 64);
      nla_put_u32 (message, ETHTOOL_A_CHANNELS_RX_COUNT, channels[i].rx);
      nla_put_u32 (message, ETHTOOL_A_CHANNELS_TX_COUNT, channels[i].tx);
      nla_put_u32 (message, ETHTOOL_A_CHANNELS_COMBINED_COUNT, channels[i].combined);
      nt_ethtool_decode_channels (nlmsg_hdr (message), details);
      g_assert_cmpint (details->rx_queues, ==, channels[i].rx_queues);
      g_assert_cmpint (details->tx_queues, ==, channels[i].tx_queues);
    }
}

static void
put_bit (NtNetlinkMessage *message, guint32 index, const char *name)
{
  struct nlattr *bit = nla_nest_start (message, ETHTOOL_A_BITSET_BITS_BIT);

  nla_put_u32 (message, ETHTOOL_A_BITSET_BIT_INDEX, index);
  if (name != NULL)
    nla_put_string (message, ETHTOOL_A_BITSET_BIT_NAME, name);
  nla_nest_end (message, bit);
}

/* A bit set with an unnamed bit. */
static void
put_set (NtNetlinkMessage *message, int attribute, const char *name)
{
  struct nlattr *set = nla_nest_start (message, attribute);
  struct nlattr *bits;

  nla_put_flag (message, ETHTOOL_A_BITSET_NOMASK);
  bits = nla_nest_start (message, ETHTOOL_A_BITSET_BITS);
  put_bit (message, 0, "tx-scatter-gather");
  put_bit (message, 1, NULL);
  put_bit (message, 2, name);
  nla_nest_end (message, bits);
  nla_nest_end (message, set);
}

/* Only active features count, not those that are possible or requested. */
static void
test_features (void)
{
  g_autoptr (NtNetlinkMessage) message = make_message (ETHTOOL_MSG_FEATURES_GET_REPLY);
  g_autoptr (GPtrArray) features = nt_strings_new ();

  put_set (message, ETHTOOL_A_FEATURES_HW, "rx-lro");
  put_set (message, ETHTOOL_A_FEATURES_WANTED, "rx-gro");
  put_set (message, ETHTOOL_A_FEATURES_ACTIVE, "vlan-challenged");
  nt_ethtool_decode_features (nlmsg_hdr (message), features);
  g_assert_cmpuint (features->len, ==, 2);
  g_assert_cmpstr (features->pdata[0], ==, "tx-scatter-gather");
  g_assert_cmpstr (features->pdata[1], ==, "vlan-challenged");
}

/* A reply without the requested values is ignored. */
static void
test_empty (void)
{
  g_autoptr (NtNetlinkMessage) message = make_message (0);
  g_autoptr (GPtrArray) features = nt_strings_new ();
  g_autoptr (NtAdapterDetails) details = nt_adapter_details_new ();

  nt_ethtool_decode_features (nlmsg_hdr (message), features);
  nt_ethtool_decode_channels (nlmsg_hdr (message), details);
  nt_ethtool_decode_link_state (nlmsg_hdr (message), details);
  g_assert_cmpuint (features->len, ==, 0);
  g_assert_cmpint (details->rx_queues, ==, -1);
  g_assert_cmpint (details->link_detail, ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ethtool/link-state", test_link_state);
  g_test_add_func ("/ethtool/channels", test_channels);
  g_test_add_func ("/ethtool/features", test_features);
  g_test_add_func ("/ethtool/empty", test_empty);
  return g_test_run ();
}
