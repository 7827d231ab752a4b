/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <linux/ethtool_netlink.h>
#include <linux/genetlink.h>
#include <linux/rtnetlink.h>

#include "backend/kernel/base/change-origins.h"
#include "backend/kernel/netlink/address.h"
#include "backend/kernel/netlink/decode.h"
#include "backend/kernel/netlink/ethtool.h"
#include "backend/kernel/netlink/route.h"
#include "fuzz.h"

/* Truncated and corrupted kernel messages are never read beyond their end. A decoded route is encoded again. */

static const char *
find_name (guint32 ifindex, gpointer user_data)
{
  return "nic1";
}

static guint32
find_index (const char *name, gpointer user_data)
{
  return 1;
}

static void
decode_link (const struct nlmsghdr *message)
{
  NtRawLink *raw = nt_decode_link (message);
  NtSample *sample = nt_decode_sample (message);

  g_clear_pointer (&raw, nt_raw_link_free);
  g_clear_pointer (&sample, nt_sample_unref);
}

static void
decode_address (const struct nlmsghdr *message)
{
  guint32 ifindex = 0;
  g_autoptr (NtLinkAddress) address = nt_address_decode (message, &ifindex);
  g_autoptr (NtNetlinkMessage) again = NULL;

  if (address != NULL)
    again = nt_address_encode_new (address->address, address->message, 1, NULL);
}

static void
decode_route (const struct nlmsghdr *message)
{
  g_autoptr (NtRoute) route = nt_route_is_default (message) ? nt_route_decode (message, find_name, NULL) : NULL;
  g_autoptr (NtNetlinkMessage) again = NULL;

  if (route == NULL)
    route = nt_route_decode (message, find_name, NULL);
  if (route != NULL)
    again = nt_route_encode (route, RTM_NEWROUTE, find_index, NULL, NULL);
}

static void
decode_ethtool (const struct nlmsghdr *message)
{
  g_autoptr (NtAdapterDetails) details = nt_adapter_details_new ();
  g_autoptr (GPtrArray) features = nt_strings_new ();
  guint32 ifindex;
  gint64 speed_mbps;
  int duplex;

  nt_ethtool_decode_link_modes (message, &ifindex, &speed_mbps, &duplex);
  nt_ethtool_decode_link_state (message, details);
  nt_ethtool_decode_channels (message, details);
  nt_ethtool_decode_features (message, features);
}

/* The fixed part of a message of this type; the kernel never sends less. */
static gsize
get_least_size (guint16 type)
{
  switch (type)
    {
    case RTM_NEWLINK:
    case RTM_DELLINK:
      return NLMSG_SPACE (sizeof (struct ifinfomsg));
    case RTM_NEWADDR:
    case RTM_DELADDR:
      return NLMSG_SPACE (sizeof (struct ifaddrmsg));
    case RTM_NEWROUTE:
    case RTM_DELROUTE:
      return NLMSG_SPACE (sizeof (struct rtmsg));
    default:
      return NLMSG_SPACE (GENL_HDRLEN);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GHashTable) origins = nt_change_origins_new ();
  g_autofree struct nlmsghdr *message = size >= sizeof *message ? g_memdup2 (data, size) : NULL;

  if (message == NULL || size < get_least_size (message->nlmsg_type))
    return 0;
  message->nlmsg_len = (guint32) size;
  nt_change_origins_note (origins, message, size, 1);
  if (message->nlmsg_type == RTM_NEWLINK)
    decode_link (message);
  else if (message->nlmsg_type == RTM_NEWADDR)
    decode_address (message);
  else if (message->nlmsg_type == RTM_NEWROUTE)
    decode_route (message);
  else
    decode_ethtool (message);
  return 0;
}
