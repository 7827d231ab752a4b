/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/sysfs/read-details.h"

#include "backend/kernel/base/kernel.h"
#include "backend/kernel/netlink/decode.h"
#include "backend/kernel/sysfs/sysfs.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>

/* The number of queues that the link was created with; ethtool's answer, if any, is the number in use. */
static void
take_queues (const struct nlmsghdr *message, gpointer user_data)
{
  struct nlattr *all[IFLA_MAX + 1] = { NULL };
  NtAdapterDetails *details = user_data;

  if (message == NULL ||
      nlmsg_parse ((struct nlmsghdr *) message, sizeof (struct ifinfomsg), all, IFLA_MAX, NULL) < 0)
    return;
  details->rx_queues = nt_decode_number (all[IFLA_NUM_RX_QUEUES], -1);
  details->tx_queues = nt_decode_number (all[IFLA_NUM_TX_QUEUES], -1);
}

static gboolean
read_queues (NtNetlink *route, guint ifindex, NtAdapterDetails *details, GError **error)
{
  g_autoptr (NtNetlinkMessage) message = nlmsg_alloc_simple (RTM_GETLINK, 0);
  struct ifinfomsg info = { .ifi_family = AF_UNSPEC, .ifi_index = (int) ifindex };

  nlmsg_append (message, &info, sizeof info, NLMSG_ALIGNTO);
  return nt_netlink_query (route, message, take_queues, details, error);
}

/**
 * nt_details_read:
 * @route: a NETLINK_ROUTE socket
 * @error: NT_KERNEL_ERROR if the link does not exist
 *
 * Returns: (transfer full) (nullable): details of the link from its driver and sysfs
 */
NtAdapterDetails *
nt_details_read (NtNetlink *route, const NtEthtool *ethtool, const char *link, GError **error)
{
  g_autoptr (NtAdapterDetails) details = nt_adapter_details_new ();
  guint ifindex = if_nametoindex (link);

  details->name = g_strdup (link);
  if (ifindex == 0)
    {
      g_set_error_literal (error, NT_KERNEL_ERROR, ENODEV, g_strerror (ENODEV));
      return NULL;
    }
  if (!read_queues (route, ifindex, details, error))
    return NULL;
  nt_ethtool_read_details (ethtool, ifindex, details);
  nt_sysfs_read_details (link, details);
  return g_steal_pointer (&details);
}
