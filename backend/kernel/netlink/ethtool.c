/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/netlink/ethtool.h"

#include "backend/kernel/netlink/decode.h"

#include <linux/ethtool_netlink.h>
#include <linux/genetlink.h>
#include <netlink/attr.h>

/* SPEED_UNKNOWN, DUPLEX_HALF and DUPLEX_FULL of linux/ethtool.h, which clashes with net/if.h in older headers. */
#define ETHTOOL_SPEED_UNKNOWN 0xffffffffu
#define ETHTOOL_DUPLEX_HALF 0
#define ETHTOOL_DUPLEX_FULL 1

/* The number of the attribute with the request header, the same for all requests. */
#define HEADER ETHTOOL_A_LINKMODES_HEADER

/**
 * nt_ethtool_open:
 * @self: (out): a socket; none if the kernel does not have the family
 */
void
nt_ethtool_open (NtEthtool *self)
{
  self->netlink = nt_netlink_open (NETLINK_GENERIC, NULL);
  self->family = self->netlink ? nt_netlink_resolve_family (self->netlink, ETHTOOL_GENL_NAME) : 0;
  if (self->family == 0)
    nt_ethtool_close (self);
}

void
nt_ethtool_close (NtEthtool *self)
{
  g_clear_pointer (&self->netlink, nt_netlink_close);
}

gboolean
nt_ethtool_is_available (const NtEthtool *self)
{
  return self->netlink != NULL;
}

/* An @ifindex of 0 queries all links. Errors are ignored: drivers need not support every query. */
static void
query (const NtEthtool *self, guint8 command, guint32 ifindex, guint32 flags, NtNetlinkFunc func, gpointer user_data)
{
  g_autoptr (NtNetlinkMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  struct genlmsghdr header = { .cmd = command, .version = ETHTOOL_GENL_VERSION };
  struct nlattr *nest;

  if (!nt_ethtool_is_available (self))
    return;
  message = nlmsg_alloc_simple (self->family, ifindex == 0 ? NLM_F_DUMP : 0);
  nlmsg_append (message, &header, sizeof header, NLMSG_ALIGNTO);
  /* Linux 6.1 requires the header, but libnl omits an empty one. */
  nest = nla_nest_start (message, HEADER | NLA_F_NESTED);
  nla_put_u32 (message, ETHTOOL_A_HEADER_FLAGS, flags);
  if (ifindex != 0)
    nla_put_u32 (message, ETHTOOL_A_HEADER_DEV_INDEX, ifindex);
  nla_nest_end (message, nest);
  if (!nt_netlink_query (self->netlink, message, func, user_data, &error))
    g_debug ("ethtool message %d: %s", command, error->message);
}

/**
 * nt_ethtool_decode_link_modes:
 * @message: a reply to ETHTOOL_MSG_LINKMODES_GET
 * @ifindex: (out): index of the link
 * @speed_mbps: (out): in Mb/s, -1 = unknown
 * @duplex: (out): a NtDuplex, -1 = unknown
 *
 * Returns: %TRUE if the message is about a link
 */
gboolean
nt_ethtool_decode_link_modes (const struct nlmsghdr *message, guint32 *ifindex, gint64 *speed_mbps, int *duplex)
{
  struct nlattr *all[ETHTOOL_A_LINKMODES_MAX + 1] = { NULL };
  struct nlattr *header[ETHTOOL_A_HEADER_MAX + 1] = { NULL };
  gint64 value;

  if (nlmsg_parse ((struct nlmsghdr *) message, GENL_HDRLEN, all, ETHTOOL_A_LINKMODES_MAX, NULL) < 0 ||
      all[ETHTOOL_A_LINKMODES_HEADER] == NULL ||
      nla_parse_nested (header, ETHTOOL_A_HEADER_MAX, all[ETHTOOL_A_LINKMODES_HEADER], NULL) < 0 ||
      header[ETHTOOL_A_HEADER_DEV_INDEX] == NULL)
    return FALSE;

  *ifindex = nla_get_u32 (header[ETHTOOL_A_HEADER_DEV_INDEX]);
  value = nt_decode_number (all[ETHTOOL_A_LINKMODES_SPEED], ETHTOOL_SPEED_UNKNOWN);
  *speed_mbps = value == ETHTOOL_SPEED_UNKNOWN || value == 0 ? -1 : value;
  value = nt_decode_number (all[ETHTOOL_A_LINKMODES_DUPLEX], -1);
  *duplex = value == ETHTOOL_DUPLEX_FULL ? NT_DUPLEX_FULL : value == ETHTOOL_DUPLEX_HALF ? NT_DUPLEX_HALF : -1;
  return TRUE;
}

typedef struct
{
  NtLinkModesFunc func;
  gpointer user_data;
} LinkModes;

static void
take_link_modes (const struct nlmsghdr *message, gpointer user_data)
{
  LinkModes *modes = user_data;
  guint32 ifindex;
  gint64 speed;
  int duplex;

  if (message != NULL && nt_ethtool_decode_link_modes (message, &ifindex, &speed, &duplex))
    modes->func (ifindex, speed, duplex, modes->user_data);
}

/**
 * nt_ethtool_read_link_modes:
 * @func: called for each link whose driver replies, possibly more than once
 */
void
nt_ethtool_read_link_modes (const NtEthtool *self, NtLinkModesFunc func, gpointer user_data)
{
  LinkModes modes = { func, user_data };

  query (self, ETHTOOL_MSG_LINKMODES_GET, 0, ETHTOOL_FLAG_COMPACT_BITSETS, take_link_modes, &modes);
}

/**
 * nt_ethtool_decode_link_state:
 * @message: a reply to ETHTOOL_MSG_LINKSTATE_GET
 * @details: (inout): receives the reason why there is no link; unknown values of newer kernels are ignored
 */
void
nt_ethtool_decode_link_state (const struct nlmsghdr *message, NtAdapterDetails *details)
{
  struct nlattr *all[ETHTOOL_A_LINKSTATE_MAX + 1] = { NULL };
  gint64 value;

  if (nlmsg_parse ((struct nlmsghdr *) message, GENL_HDRLEN, all, ETHTOOL_A_LINKSTATE_MAX, NULL) < 0)
    return;
  value = nt_decode_number (all[ETHTOOL_A_LINKSTATE_EXT_STATE], -1);
  details->link_detail = value < nt_link_detail_enum.n_values ? (int) value : -1;
}

/**
 * nt_ethtool_decode_channels:
 * @message: a reply to ETHTOOL_MSG_CHANNELS_GET
 * @details: (inout): receives the numbers of queues; a combined channel counts as one queue per direction
 */
void
nt_ethtool_decode_channels (const struct nlmsghdr *message, NtAdapterDetails *details)
{
  struct nlattr *all[ETHTOOL_A_CHANNELS_MAX + 1] = { NULL };
  gint64 combined, rx, tx;

  if (nlmsg_parse ((struct nlmsghdr *) message, GENL_HDRLEN, all, ETHTOOL_A_CHANNELS_MAX, NULL) < 0)
    return;
  combined = nt_decode_number (all[ETHTOOL_A_CHANNELS_COMBINED_COUNT], 0);
  rx = combined + nt_decode_number (all[ETHTOOL_A_CHANNELS_RX_COUNT], 0);
  tx = combined + nt_decode_number (all[ETHTOOL_A_CHANNELS_TX_COUNT], 0);
  if (rx > 0)
    details->rx_queues = rx;
  if (tx > 0)
    details->tx_queues = tx;
}

/**
 * nt_ethtool_decode_features:
 * @message: a reply to ETHTOOL_MSG_FEATURES_GET, with names
 * @features: (element-type utf8) (inout): receives the names of active features
 */
void
nt_ethtool_decode_features (const struct nlmsghdr *message, GPtrArray *features)
{
  struct nlattr *all[ETHTOOL_A_FEATURES_MAX + 1] = { NULL };
  struct nlattr *bits, *bit;
  int rest;

  if (nlmsg_parse ((struct nlmsghdr *) message, GENL_HDRLEN, all, ETHTOOL_A_FEATURES_MAX, NULL) < 0 ||
      all[ETHTOOL_A_FEATURES_ACTIVE] == NULL)
    return;
  /* A bit set without a mask lists only the bits that are set. */
  bits = nla_find (nla_data (all[ETHTOOL_A_FEATURES_ACTIVE]), nla_len (all[ETHTOOL_A_FEATURES_ACTIVE]),
                   ETHTOOL_A_BITSET_BITS);
  if (bits == NULL)
    return;
  nla_for_each_nested (bit, bits, rest)
    {
      char *name = nt_decode_text (nla_find (nla_data (bit), nla_len (bit), ETHTOOL_A_BITSET_BIT_NAME));

      if (name != NULL)
        g_ptr_array_add (features, name);
    }
}

static void
take_link_state (const struct nlmsghdr *message, gpointer user_data)
{
  if (message != NULL)
    nt_ethtool_decode_link_state (message, user_data);
}

static void
take_channels (const struct nlmsghdr *message, gpointer user_data)
{
  if (message != NULL)
    nt_ethtool_decode_channels (message, user_data);
}

static void
take_features (const struct nlmsghdr *message, gpointer user_data)
{
  if (message != NULL)
    nt_ethtool_decode_features (message, user_data);
}

/**
 * nt_ethtool_read_features:
 * @features: (element-type utf8) (inout): receives the names of enabled features
 */
void
nt_ethtool_read_features (const NtEthtool *self, guint32 ifindex, GPtrArray *features)
{
  query (self, ETHTOOL_MSG_FEATURES_GET, ifindex, 0, take_features, features);
}

/**
 * nt_ethtool_read_details:
 * @details: (inout): receives the information of the driver
 */
void
nt_ethtool_read_details (const NtEthtool *self, guint32 ifindex, NtAdapterDetails *details)
{
  query (self, ETHTOOL_MSG_LINKSTATE_GET, ifindex, 0, take_link_state, details);
  query (self, ETHTOOL_MSG_CHANNELS_GET, ifindex, 0, take_channels, details);
  nt_ethtool_read_features (self, ifindex, details->features);
}
