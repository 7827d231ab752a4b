/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/netlink/decode.h"

#include "backend/kernel/netlink/bond-attributes.h"

#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/ipv6.h>
#include <linux/rtnetlink.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <string.h>

/**
 * nt_decode_number:
 * @attribute: (nullable): an attribute with a number of any width
 * @fallback: the value for an absent attribute
 *
 * Returns: the number
 */
gint64
nt_decode_number (const struct nlattr *attribute, gint64 fallback)
{
  if (attribute == NULL)
    return fallback;
  switch (nla_len (attribute))
    {
    case 1:
      return nla_get_u8 (attribute);
    case 2:
      return nla_get_u16 (attribute);
    case 4:
      return nla_get_u32 (attribute);
    default:
      return fallback;
    }
}

/**
 * nt_decode_text:
 * @attribute: (nullable): an attribute
 *
 * Returns: (transfer full) (nullable): its text as valid UTF-8
 */
char *
nt_decode_text (const struct nlattr *attribute)
{
  g_autofree char *text = NULL;

  if (attribute == NULL || nla_len (attribute) <= 0)
    return NULL;
  text = g_strndup (nla_data (attribute), (gsize) nla_len (attribute));
  return g_utf8_make_valid (text, -1);
}

static char *
get_mac (const struct nlattr *attribute)
{
  const guint8 *b;

  if (attribute == NULL || nla_len (attribute) != ETH_ALEN)
    return NULL;
  b = nla_data (attribute);
  return g_strdup_printf ("%02x:%02x:%02x:%02x:%02x:%02x", b[0], b[1], b[2], b[3], b[4], b[5]);
}

static NtBondOptions *
decode_bond_options (struct nlattr **data)
{
  NtBondOptions *options = nt_bond_options_new ();

  for (guint i = 0; i < nt_n_bond_attributes; i++)
    {
      const NtBondAttribute *row = &nt_bond_attributes[i];
      gint64 value = nt_decode_number (data[row->attribute], -1);

      if (row->kind == NT_FIELD_ENUM)
        *(int *) ((char *) options + row->offset) = (int) value;
      else
        *(gint64 *) ((char *) options + row->offset) = value;
    }
  return options;
}

static void
decode_ad_info (NtBond *bond, struct nlattr *nest)
{
  struct nlattr *info[IFLA_BOND_AD_INFO_MAX + 1] = { NULL };

  if (nest == NULL || nla_parse_nested (info, IFLA_BOND_AD_INFO_MAX, nest, NULL) < 0)
    return;
  bond->aggregator = nt_decode_number (info[IFLA_BOND_AD_INFO_AGGREGATOR], -1);
  bond->partner_mac = get_mac (info[IFLA_BOND_AD_INFO_PARTNER_MAC]);
}

static void
decode_bond (NtRawLink *raw, struct nlattr *nest)
{
  struct nlattr *data[IFLA_BOND_MAX + 1] = { NULL };
  NtBond *bond = nt_bond_new ();

  raw->link->bond = bond;
  if (nest != NULL)
    nla_parse_nested (data, IFLA_BOND_MAX, nest, NULL);
  bond->options = decode_bond_options (data);
  decode_ad_info (bond, data[IFLA_BOND_AD_INFO]);
  raw->active_member = (guint32) nt_decode_number (data[IFLA_BOND_ACTIVE_SLAVE], 0);
  raw->primary = (guint32) nt_decode_number (data[IFLA_BOND_PRIMARY], 0);
}

static void
decode_bond_member (NtLink *link, struct nlattr *nest)
{
  struct nlattr *data[IFLA_BOND_SLAVE_MAX + 1] = { NULL };
  NtBondMember *member = nt_bond_member_new ();

  link->member = member;
  nla_parse_nested (data, IFLA_BOND_SLAVE_MAX, nest, NULL);
  member->backup = nt_decode_number (data[IFLA_BOND_SLAVE_STATE], 0) != 0;
  member->mii = nt_decode_number (data[IFLA_BOND_SLAVE_MII_STATUS], NT_MII_DOWN);
  member->link_failures = nt_decode_number (data[IFLA_BOND_SLAVE_LINK_FAILURE_COUNT], 0);
  member->aggregator = nt_decode_number (data[IFLA_BOND_SLAVE_AD_AGGREGATOR_ID], -1);
  member->actor_state = nt_decode_number (data[IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE], -1);
  member->partner_state = nt_decode_number (data[IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE], -1);
  /* The bond has set its own address on the member; this is the address that the member had before. */
  g_free (link->permanent_mac);
  link->permanent_mac = get_mac (data[IFLA_BOND_SLAVE_PERM_HWADDR]);
}

static void
decode_vlan (NtLink *link, struct nlattr *nest)
{
  struct nlattr *data[IFLA_VLAN_MAX + 1] = { NULL };

  if (nest != NULL)
    nla_parse_nested (data, IFLA_VLAN_MAX, nest, NULL);
  link->vlan = nt_decode_number (data[IFLA_VLAN_ID], -1);
}

static void
decode_kind (NtRawLink *raw, struct nlattr *nest)
{
  struct nlattr *info[IFLA_INFO_MAX + 1] = { NULL };
  NtLink *link = raw->link;
  g_autofree char *slave_kind = NULL;

  if (nest == NULL || nla_parse_nested (info, IFLA_INFO_MAX, nest, NULL) < 0)
    return;
  link->info_kind = nt_decode_text (info[IFLA_INFO_KIND]);
  slave_kind = nt_decode_text (info[IFLA_INFO_SLAVE_KIND]);
  if (g_strcmp0 (slave_kind, "bond") == 0 && info[IFLA_INFO_SLAVE_DATA] != NULL)
    decode_bond_member (link, info[IFLA_INFO_SLAVE_DATA]);
  if (g_strcmp0 (link->info_kind, "bond") == 0)
    {
      link->kind = NT_LINK_BOND;
      decode_bond (raw, info[IFLA_INFO_DATA]);
    }
  else if (g_strcmp0 (link->info_kind, "vlan") == 0)
    {
      link->kind = NT_LINK_VLAN;
      decode_vlan (link, info[IFLA_INFO_DATA]);
    }
}

/* The IPv6 settings of a link are an array of 32-bit numbers. */
static gboolean
decode_ipv6_disabled (struct nlattr *families)
{
  struct nlattr *family = families ? nla_find (nla_data (families), nla_len (families), AF_INET6) : NULL;
  struct nlattr *conf = family ? nla_find (nla_data (family), nla_len (family), IFLA_INET6_CONF) : NULL;
  gint32 value = 0;

  if (conf != NULL && nla_len (conf) >= (int) ((DEVCONF_DISABLE_IPV6 + 1) * sizeof value))
    memcpy (&value, (const char *) nla_data (conf) + DEVCONF_DISABLE_IPV6 * sizeof value, sizeof value);
  return value != 0;
}

static void
decode_alternative_names (NtLink *link, struct nlattr *nest)
{
  struct nlattr *name;
  int rest;

  if (nest == NULL)
    return;
  nla_for_each_nested (name, nest, rest)
    if (nla_type (name) == IFLA_ALT_IFNAME)
      g_ptr_array_add (link->alternative_names, nt_decode_text (name));
}

/**
 * nt_decode_link:
 * @message: a RTM_NEWLINK message
 *
 * Unknown attributes of newer kernels are ignored.
 *
 * Returns: (transfer full) (nullable): the link, without information from other messages
 */
NtRawLink *
nt_decode_link (const struct nlmsghdr *message)
{
  struct nlattr *all[IFLA_MAX + 1] = { NULL };
  const struct ifinfomsg *info = NLMSG_DATA (message);
  NtRawLink *raw;
  NtLink *link;

  if (message->nlmsg_type != RTM_NEWLINK ||
      nlmsg_parse ((struct nlmsghdr *) message, sizeof *info, all, IFLA_MAX, NULL) < 0 || all[IFLA_IFNAME] == NULL)
    return NULL;

  raw = g_new0 (NtRawLink, 1);
  link = raw->link = nt_link_new ();
  link->ifindex = info->ifi_index;
  link->arp_type = info->ifi_type;
  link->kind = info->ifi_flags & IFF_LOOPBACK ? NT_LINK_LOOPBACK : NT_LINK_OTHER;
  link->up = (info->ifi_flags & IFF_UP) != 0;
  link->carrier = nt_decode_number (all[IFLA_CARRIER], 0) != 0;
  link->name = nt_decode_text (all[IFLA_IFNAME]);
  link->alias = nt_decode_text (all[IFLA_IFALIAS]);
  link->mac = get_mac (all[IFLA_ADDRESS]);
  link->permanent_mac = get_mac (all[IFLA_PERM_ADDRESS]);
  link->mtu = nt_decode_number (all[IFLA_MTU], 0);
  raw->master = (guint32) nt_decode_number (all[IFLA_MASTER], 0);
  raw->parent = (guint32) nt_decode_number (all[IFLA_LINK], 0);
  raw->parent_is_elsewhere = all[IFLA_LINK_NETNSID] != NULL;
  link->ipv6_disabled = decode_ipv6_disabled (all[IFLA_AF_SPEC]);
  decode_alternative_names (link, all[IFLA_PROP_LIST]);
  decode_kind (raw, all[IFLA_LINKINFO]);
  return raw;
}

void
nt_raw_link_free (NtRawLink *self)
{
  g_clear_pointer (&self->link, nt_link_unref);
  g_free (self);
}

/**
 * nt_decode_sample:
 * @message: a RTM_NEWLINK message
 *
 * Returns: (transfer full) (nullable): the counters of the link
 */
NtSample *
nt_decode_sample (const struct nlmsghdr *message)
{
  struct nlattr *all[IFLA_MAX + 1] = { NULL };
  struct rtnl_link_stats64 stats = { 0 };
  NtSample *sample;

  if (message->nlmsg_type != RTM_NEWLINK ||
      nlmsg_parse ((struct nlmsghdr *) message, sizeof (struct ifinfomsg), all, IFLA_MAX, NULL) < 0 ||
      all[IFLA_IFNAME] == NULL || all[IFLA_STATS64] == NULL)
    return NULL;

  /* The struct has grown over time, and is not aligned in the message. */
  memcpy (&stats, nla_data (all[IFLA_STATS64]), MIN (sizeof stats, (gsize) nla_len (all[IFLA_STATS64])));
  sample = nt_sample_new ();
  sample->link = nt_decode_text (all[IFLA_IFNAME]);
  sample->rx_bytes = (gint64) stats.rx_bytes;
  sample->tx_bytes = (gint64) stats.tx_bytes;
  sample->rx_packets = (gint64) stats.rx_packets;
  sample->tx_packets = (gint64) stats.tx_packets;
  sample->rx_errors = (gint64) stats.rx_errors;
  sample->tx_errors = (gint64) stats.tx_errors;
  sample->rx_dropped = (gint64) stats.rx_dropped;
  sample->tx_dropped = (gint64) stats.tx_dropped;
  return sample;
}
