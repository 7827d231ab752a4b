/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/netlink/route.h"

#include "backend/kernel/base/kernel.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <string.h>

/* Of routes to the networks of addresses, in the kernel's include/net/ip6_route.h. */
#define IP6_RT_PRIO_ADDRCONF 256

/* Flags that say how a next hop fares; the kernel does not take them back. */
#define LASTING_FLAGS (RTNH_F_ONLINK | RTNH_F_PERVASIVE)

/* As NetworkManager's for bonds. */
#define DEFAULT_ROUTE_METRIC 300

/* What is done with each interface index in a route: put a name away, or put the index of that name in. */
typedef gboolean (*IndexFunc) (guint32 *ifindex, gpointer user_data);

/* The rest of the message behind struct rtmsg, of which the bytes may be changed. */
static gboolean
for_each_next_hop (struct nlattr *multipath, IndexFunc func, gpointer user_data)
{
  struct rtnexthop *hop = nla_data (multipath);
  int rest = nla_len (multipath);

  /* RTNH_OK() looks into what may be behind the end. */
  for (; rest >= (int) sizeof *hop && RTNH_OK (hop, rest); rest -= RTNH_ALIGN (hop->rtnh_len), hop = RTNH_NEXT (hop))
    {
      guint32 ifindex = (guint32) hop->rtnh_ifindex;

      hop->rtnh_flags &= LASTING_FLAGS;
      if (!func (&ifindex, user_data))
        return FALSE;
      hop->rtnh_ifindex = (int) ifindex;
    }
  return TRUE;
}

static gboolean
for_each_index (struct nlattr *attributes, int length, IndexFunc func, gpointer user_data)
{
  struct nlattr *attribute;
  int rest;

  nla_for_each_attr (attribute, attributes, length, rest)
    {
      if (nla_type (attribute) == RTA_OIF && (nla_len (attribute) != sizeof (guint32) || !func (nla_data (attribute), user_data)))
        return FALSE;
      if (nla_type (attribute) == RTA_MULTIPATH && !for_each_next_hop (attribute, func, user_data))
        return FALSE;
    }
  return TRUE;
}

/*
 * NetworkManager gives an address without its network, and makes the route to that itself, under the kernel's name, but
 * with a metric of its own: the kernel's have none in IPv4, and in IPv6 always the same.
 */
static gboolean
is_passed_off (const struct rtmsg *route, struct nlattr **all)
{
  guint32 table = all[RTA_TABLE] ? nla_get_u32 (all[RTA_TABLE]) : route->rtm_table;
  guint32 metric = all[RTA_PRIORITY] ? nla_get_u32 (all[RTA_PRIORITY]) : 0;

  return route->rtm_protocol == RTPROT_KERNEL && route->rtm_type == RTN_UNICAST && table == RT_TABLE_MAIN &&
         metric != 0 && (route->rtm_family == AF_INET || metric != IP6_RT_PRIO_ADDRCONF);
}

/* Routes that the kernel makes itself come back by themselves, as do those that routers advertise. */
static gboolean
is_made_by_somebody (const struct rtmsg *route, struct nlattr **all)
{
  return (route->rtm_protocol != RTPROT_KERNEL || is_passed_off (route, all)) && route->rtm_protocol != RTPROT_RA &&
         route->rtm_protocol != RTPROT_REDIRECT && !(route->rtm_flags & RTM_F_CLONED) &&
         (route->rtm_family == AF_INET || route->rtm_family == AF_INET6);
}

static void
append_address (GString *text, const char *word, int family, const struct nlattr *attribute)
{
  char address[INET6_ADDRSTRLEN];

  if (attribute != NULL && nla_len (attribute) == (family == AF_INET6 ? 16 : 4) &&
      inet_ntop (family, nla_data (attribute), address, sizeof address) != NULL)
    g_string_append_printf (text, "%s%s", word, address);
}

static char *
describe (const struct rtmsg *route, struct nlattr **all)
{
  GString *text = g_string_new (NULL);
  guint32 table = all[RTA_TABLE] ? nla_get_u32 (all[RTA_TABLE]) : route->rtm_table;

  if (all[RTA_DST] == NULL)
    g_string_append (text, "default");
  else
    {
      append_address (text, "", route->rtm_family, all[RTA_DST]);
      g_string_append_printf (text, "/%u", route->rtm_dst_len);
    }
  append_address (text, " via ", route->rtm_family, all[RTA_GATEWAY]);
  if (all[RTA_MULTIPATH] != NULL)
    g_string_append (text, " via several");
  if (table != RT_TABLE_MAIN)
    g_string_append_printf (text, " table %u", table);
  if (all[RTA_PRIORITY] != NULL)
    g_string_append_printf (text, " metric %u", nla_get_u32 (all[RTA_PRIORITY]));
  return g_string_free (text, FALSE);
}

/* The gateway of a default route that can be made from nothing else. */
static char *
get_gateway (const struct rtmsg *route, struct nlattr **all)
{
  guint32 table = all[RTA_TABLE] ? nla_get_u32 (all[RTA_TABLE]) : route->rtm_table;
  GString *gateway = g_string_new (NULL);

  if (all[RTA_DST] == NULL && all[RTA_MULTIPATH] == NULL && table == RT_TABLE_MAIN && route->rtm_type == RTN_UNICAST)
    append_address (gateway, "", route->rtm_family, all[RTA_GATEWAY]);
  return g_string_free (gateway, gateway->len == 0);
}

/* The last one of a message may end without the bytes that align it. */
static void
append_attribute (GByteArray *bytes, const struct nlattr *attribute)
{
  static const guint8 zeros[NLA_ALIGNTO];

  g_byte_array_append (bytes, (const guint8 *) attribute, attribute->nla_len);
  g_byte_array_append (bytes, zeros, (guint) nla_padlen (nla_len (attribute)));
}

/* How long a route lives and how it was used is not what it is. */
static GByteArray *
copy_lasting (const struct rtmsg *route, struct nlattr *attributes, int length)
{
  GByteArray *bytes = g_byte_array_new ();
  struct rtmsg header = *route;
  struct nlattr *attribute;
  int rest;

  header.rtm_flags &= LASTING_FLAGS;
  g_byte_array_append (bytes, (const guint8 *) &header, NLMSG_ALIGN (sizeof header));
  nla_for_each_attr (attribute, attributes, length, rest)
    if (nla_type (attribute) != RTA_CACHEINFO)
      append_attribute (bytes, attribute);
  return bytes;
}

/**
 * nt_route_is_direct:
 * @route: a route
 *
 * Returns: whether it leads to a network without a gateway
 */
gboolean
nt_route_is_direct (const NtRoute *route)
{
  return strstr (route->text, " via ") == NULL;
}

typedef struct
{
  NtRoute *route;
  NtNameFunc find_name;
  gpointer user_data;
} Decoding;

static gboolean
put_name_away (guint32 *ifindex, gpointer user_data)
{
  Decoding *decoding = user_data;
  const char *name = decoding->find_name (*ifindex, decoding->user_data);

  if (name == NULL)
    return FALSE;
  g_ptr_array_add (decoding->route->devices, g_strdup (name));
  *ifindex = 0;
  return TRUE;
}

/**
 * nt_route_is_default:
 * @message: a RTM_NEWROUTE message
 *
 * Returns: whether it is a default route
 */
gboolean
nt_route_is_default (const struct nlmsghdr *message)
{
  return ((const struct rtmsg *) NLMSG_DATA (message))->rtm_dst_len == 0;
}

/**
 * nt_route_decode:
 * @message: a RTM_NEWROUTE message
 * @find_name: how to find the name of a link
 * @user_data: for @find_name
 *
 * Returns: (transfer full) (nullable): the route, if somebody made it and it goes over a link
 */
NtRoute *
nt_route_decode (const struct nlmsghdr *message, NtNameFunc find_name, gpointer user_data)
{
  g_autoptr (NtRoute) route = nt_route_new ();
  g_autoptr (GByteArray) bytes = NULL;
  const struct rtmsg *header = NLMSG_DATA (message);
  struct nlattr *all[RTA_MAX + 1] = { NULL };
  Decoding decoding = { route, find_name, user_data };
  const int offset = NLMSG_ALIGN (sizeof *header);

  /* A route by a next hop object goes with that object, which is not ours to make. */
  if (message->nlmsg_type != RTM_NEWROUTE ||
      nlmsg_parse ((struct nlmsghdr *) message, sizeof *header, all, RTA_MAX, NULL) < 0 ||
      !is_made_by_somebody (header, all) || all[RTA_NH_ID] != NULL)
    return NULL;

  route->text = describe (header, all);
  route->gateway = get_gateway (header, all);
  bytes = copy_lasting (header, nlmsg_attrdata ((struct nlmsghdr *) message, sizeof *header),
                        nlmsg_attrlen ((struct nlmsghdr *) message, sizeof *header));
  if (!for_each_index ((struct nlattr *) (bytes->data + offset), (int) bytes->len - offset, put_name_away, &decoding) ||
      route->devices->len == 0)
    return NULL;
  route->message = g_base64_encode (bytes->data, bytes->len);
  return g_steal_pointer (&route);
}

typedef struct
{
  const NtRoute *route;
  guint next; /* in devices */
  NtIndexFunc find_index;
  gpointer user_data;
} Encoding;

static gboolean
put_index_in (guint32 *ifindex, gpointer user_data)
{
  Encoding *encoding = user_data;

  if (encoding->next >= encoding->route->devices->len)
    return FALSE;
  *ifindex = encoding->find_index (encoding->route->devices->pdata[encoding->next++], encoding->user_data);
  return *ifindex != 0;
}

/* Never the only default route that a tool makes, which has a lower metric; it must not be replaced by this one. */
static GByteArray *
make_default (const NtRoute *route)
{
  g_autoptr (NtNetlinkMessage) message = nlmsg_alloc ();
  struct rtmsg header = { .rtm_table = RT_TABLE_MAIN,
                          .rtm_protocol = RTPROT_STATIC,
                          .rtm_scope = RT_SCOPE_UNIVERSE,
                          .rtm_type = RTN_UNICAST };
  guint8 gateway[16];

  header.rtm_family = strchr (route->gateway, ':') != NULL ? AF_INET6 : AF_INET;
  if (inet_pton (header.rtm_family, route->gateway, gateway) != 1)
    return g_byte_array_new ();
  nlmsg_append (message, &header, sizeof header, NLMSG_ALIGNTO);
  nla_put (message, RTA_GATEWAY, header.rtm_family == AF_INET6 ? 16 : 4, gateway);
  nla_put_u32 (message, RTA_OIF, 0);
  nla_put_u32 (message, RTA_PRIORITY, DEFAULT_ROUTE_METRIC);
  return g_byte_array_append (g_byte_array_new (), nlmsg_data (nlmsg_hdr (message)),
                              (guint) nlmsg_datalen (nlmsg_hdr (message)));
}

static GByteArray *
get_bytes (const NtRoute *route)
{
  gsize size;
  guchar *bytes;

  if (route->message == NULL)
    return make_default (route);
  bytes = g_base64_decode (route->message, &size);
  return g_byte_array_new_take (bytes, size);
}

/**
 * nt_route_encode:
 * @route: a route
 * @type: RTM_NEWROUTE or RTM_DELROUTE
 * @find_index: how to find the index of a link
 * @user_data: for @find_index
 * @error: NT_KERNEL_ERROR: ENODEV if a device of it is not there
 *
 * Returns: (transfer full) (nullable): the message that makes the route, in the place of one over another link, or that
 *   takes it away
 */
NtNetlinkMessage *
nt_route_encode (const NtRoute *route, int type, NtIndexFunc find_index, gpointer user_data, GError **error)
{
  const int flags = type == RTM_NEWROUTE ? NLM_F_CREATE | NLM_F_REPLACE : 0;
  g_autoptr (NtNetlinkMessage) message = nlmsg_alloc_simple (type, flags);
  Encoding encoding = { route, 0, find_index, user_data };
  const gsize offset = NLMSG_ALIGN (sizeof (struct rtmsg));
  g_autoptr (GByteArray) array = get_bytes (route);
  guint8 *bytes = array->data;
  const gsize size = array->len;

  if (size < offset ||
      !for_each_index ((struct nlattr *) (bytes + offset), (int) (size - offset), put_index_in, &encoding))
    {
      g_set_error (error, NT_KERNEL_ERROR, ENODEV, "A device of the route %s is not there", route->text);
      return NULL;
    }
  if (nlmsg_append (message, bytes, size, NLMSG_ALIGNTO) < 0)
    {
      g_set_error (error, NT_KERNEL_ERROR, EMSGSIZE, "The route %s is too long", route->text);
      return NULL;
    }
  return g_steal_pointer (&message);
}
