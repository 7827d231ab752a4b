/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/netlink/address.h"

#include "backend/kernel/base/kernel.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <string.h>

/* Flags that are set by whoever adds an address; the others describe its state. */
#define LASTING_FLAGS (IFA_F_NOPREFIXROUTE | IFA_F_MANAGETEMPADDR | IFA_F_HOMEADDRESS | IFA_F_MCAUTOJOIN)

static int
get_size (int family)
{
  return family == AF_INET6 ? 16 : 4;
}

static guint32
get_flags (const struct ifaddrmsg *info, struct nlattr **all)
{
  return all[IFA_FLAGS] != NULL ? nla_get_u32 (all[IFA_FLAGS]) : info->ifa_flags;
}

/* A label begins with the name of the link that had the address, so it is left out. */
static char *
copy_message (const struct ifaddrmsg *info, struct nlattr **all)
{
  g_autoptr (NtNetlinkMessage) copy = nlmsg_alloc ();
  struct ifaddrmsg header = *info;
  guint32 flags = get_flags (info, all) & LASTING_FLAGS;

  header.ifa_index = 0;
  /* No duplicate address detection: the address was in use on this host a moment ago. */
  if (info->ifa_family == AF_INET6)
    flags |= IFA_F_NODAD;
  header.ifa_flags = (guint8) flags;
  nlmsg_append (copy, &header, sizeof header, NLMSG_ALIGNTO);
  for (int i = 0; i <= IFA_MAX; i++)
    if (all[i] != NULL && i != IFA_LABEL && i != IFA_FLAGS)
      nla_put (copy, i, nla_len (all[i]), nla_data (all[i]));
  nla_put_u32 (copy, IFA_FLAGS, flags);
  return g_base64_encode ((const guchar *) nlmsg_data (nlmsg_hdr (copy)), (gsize) nlmsg_datalen (nlmsg_hdr (copy)));
}

/**
 * nt_address_decode:
 * @message: a RTM_NEWADDR message
 * @ifindex: (out): index of the link that has the address
 *
 * Returns: (transfer full) (nullable): the address
 */
NtLinkAddress *
nt_address_decode (const struct nlmsghdr *message, guint32 *ifindex)
{
  struct nlattr *all[IFA_MAX + 1] = { NULL };
  const struct ifaddrmsg *info = NLMSG_DATA (message);
  const struct nlattr *value;
  char text[INET6_ADDRSTRLEN];
  guint32 flags;
  NtLinkAddress *address;

  if (message->nlmsg_type != RTM_NEWADDR ||
      nlmsg_parse ((struct nlmsghdr *) message, sizeof *info, all, IFA_MAX, NULL) < 0)
    return NULL;
  /* On a point-to-point link, ADDRESS is that of the peer. */
  value = all[IFA_LOCAL] ? all[IFA_LOCAL] : all[IFA_ADDRESS];
  if (value == NULL || nla_len (value) != get_size (info->ifa_family) ||
      inet_ntop (info->ifa_family, nla_data (value), text, sizeof text) == NULL)
    return NULL;

  *ifindex = info->ifa_index;
  flags = get_flags (info, all);
  address = nt_link_address_new ();
  address->address = g_strdup_printf ("%s/%u", text, info->ifa_prefixlen);
  /*
   * For IPv6, IFA_F_SECONDARY is IFA_F_TEMPORARY: temporary addresses of RFC 8981, which the kernel manages by itself.
   */
  address->link_local =
    info->ifa_family == AF_INET6 && (info->ifa_scope == RT_SCOPE_LINK || (flags & IFA_F_TEMPORARY) != 0);
  address->dynamic = !(flags & IFA_F_PERMANENT);
  address->message = copy_message (info, all);
  return address;
}

static gboolean
parse (const char *address, struct ifaddrmsg *info, guint8 bytes[16], GError **error)
{
  g_auto (GStrv) parts = g_strsplit (address, "/", 2);
  guint64 length;

  info->ifa_family = strchr (address, ':') ? AF_INET6 : AF_INET;
  if (g_strv_length (parts) != 2 || inet_pton (info->ifa_family, parts[0], bytes) != 1 ||
      !g_ascii_string_to_unsigned (parts[1], 10, 0, 8 * get_size (info->ifa_family), &length, NULL))
    {
      g_set_error (error, NT_KERNEL_ERROR, EINVAL, "“%s” is not an IP address with a prefix length", address);
      return FALSE;
    }
  info->ifa_prefixlen = (guint8) length;
  return TRUE;
}

/* The directed broadcast address, as set by other tools: the last address of the network. */
static void
put_broadcast (NtNetlinkMessage *message, const struct ifaddrmsg *info, const guint8 bytes[16])
{
  guint32 address;

  if (info->ifa_family != AF_INET || info->ifa_prefixlen == 0 || info->ifa_prefixlen > 30)
    return;
  memcpy (&address, bytes, sizeof address);
  nla_put_u32 (message, IFA_BROADCAST, address | htonl (G_MAXUINT32 >> info->ifa_prefixlen));
}

static NtNetlinkMessage *
make (const char *address, guint32 ifindex, int type, int flags, GError **error)
{
  struct ifaddrmsg info = { .ifa_index = ifindex };
  guint8 bytes[16];
  NtNetlinkMessage *message;

  if (!parse (address, &info, bytes, error))
    return NULL;
  info.ifa_flags = info.ifa_family == AF_INET6 ? IFA_F_NODAD : 0;
  message = nlmsg_alloc_simple (type, flags);
  nlmsg_append (message, &info, sizeof info, NLMSG_ALIGNTO);
  nla_put (message, IFA_LOCAL, get_size (info.ifa_family), bytes);
  nla_put (message, IFA_ADDRESS, get_size (info.ifa_family), bytes);
  if (type == RTM_NEWADDR)
    put_broadcast (message, &info, bytes);
  return message;
}

/**
 * nt_address_encode_new:
 * @address: "192.0.2.1/24"
 * @told: (nullable): the message of a NtLinkAddress: the address as received from the kernel
 * @ifindex: index of the link
 * @error: NT_KERNEL_ERROR: EINVAL for an invalid address
 *
 * Returns: (transfer full) (nullable): a message that adds the address, with its lifetime and flags
 */
NtNetlinkMessage *
nt_address_encode_new (const char *address, const char *told, guint32 ifindex, GError **error)
{
  const int flags = NLM_F_CREATE | NLM_F_REPLACE;
  g_autoptr (NtNetlinkMessage) message = NULL;
  g_autofree guchar *bytes = NULL;
  gsize size;

  if (told == NULL)
    return make (address, ifindex, RTM_NEWADDR, flags, error);
  bytes = g_base64_decode (told, &size);
  message = nlmsg_alloc_simple (RTM_NEWADDR, flags);
  if (size < sizeof (struct ifaddrmsg) || nlmsg_append (message, bytes, size, NLMSG_ALIGNTO) < 0)
    {
      g_set_error (error, NT_KERNEL_ERROR, EINVAL, "The message for the address %s is not valid", address);
      return NULL;
    }
  ((struct ifaddrmsg *) nlmsg_data (nlmsg_hdr (message)))->ifa_index = ifindex;
  return g_steal_pointer (&message);
}

/**
 * nt_address_encode_delete:
 * @address: "192.0.2.1/24"
 * @ifindex: index of the link
 * @error: NT_KERNEL_ERROR: EINVAL for an invalid address
 *
 * Returns: (transfer full) (nullable): a message that removes the address
 */
NtNetlinkMessage *
nt_address_encode_delete (const char *address, guint32 ifindex, GError **error)
{
  return make (address, ifindex, RTM_DELADDR, 0, error);
}
