/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/netlink/route.h"

#include "backend/kernel/base/kernel.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <string.h>

/* Metric of routes to the networks of addresses, in the kernel's include/net/ip6_route.h. */
#define IP6_RT_PRIO_ADDRCONF 256

/* Flags that describe the state of a next hop; the kernel does not accept them in requests. */
#define LASTING_FLAGS (RTNH_F_ONLINK | RTNH_F_PERVASIVE)

/* The metric that NetworkManager uses for bonds. */
#define DEFAULT_ROUTE_METRIC 300

/* Called for each interface index in a route: collects its name, or replaces it by the index of a name. */
typedef gboolean (*IndexFunc) (guint32 *ifindex, gpointer user_data);

/* Visits the rest of the message after struct rtmsg, whose bytes may be changed. */
static gboolean
for_each_next_hop (struct nlattr *multipath, IndexFunc func, gpointer user_data)
{
  struct rtnexthop *hop = nla_data (multipath);
  int rest = nla_len (multipath);

  /* RTNH_OK() may read past the end. */
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
 * NetworkManager adds addresses without the route to their network, and then adds that route itself, marked as made by
 * the kernel, but with a metric of its own: the kernel's routes have no metric for IPv4, and always the same for IPv6.
 */
static gboolean
is_from_network_manager (const struct rtmsg *route, struct nlattr **all)
{
  guint32 table = all[RTA_TABLE] ? nla_get_u32 (all[RTA_TABLE]) : route->rtm_table;
  guint32 metric = all[RTA_PRIORITY] ? nla_get_u32 (all[RTA_PRIORITY]) : 0;

  return route->rtm_protocol == RTPROT_KERNEL && route->rtm_type == RTN_UNICAST && table == RT_TABLE_MAIN &&
         metric != 0 && (route->rtm_family == AF_INET || metric != IP6_RT_PRIO_ADDRCONF);
}

/* Routes of the kernel itself, and those that routers advertise, come back by themselves. */
static gboolean
is_configured (const struct rtmsg *route, struct nlattr **all)
{
  return (route->rtm_protocol != RTPROT_KERNEL || is_from_network_manager (route, all)) && route->rtm_protocol != RTPROT_RA &&
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

/* Returns the gateway of a default route that can be completely recreated from it. */
static char *
get_gateway (const struct rtmsg *route, struct nlattr **all)
{
  guint32 table = all[RTA_TABLE] ? nla_get_u32 (all[RTA_TABLE]) : route->rtm_table;
  GString *gateway = g_string_new (NULL);

  if (all[RTA_DST] == NULL && all[RTA_MULTIPATH] == NULL && table == RT_TABLE_MAIN && route->rtm_type == RTN_UNICAST)
    append_address (gateway, "", route->rtm_family, all[RTA_GATEWAY]);
  return g_string_free (gateway, gateway->len == 0);
}

/* The last attribute of a message may lack its padding. */
static void
append_attribute (GByteArray *bytes, const struct nlattr *attribute)
{
  static const guint8 zeros[NLA_ALIGNTO];

  g_byte_array_append (bytes, (const guint8 *) attribute, attribute->nla_len);
  g_byte_array_append (bytes, zeros, (guint) nla_padlen (nla_len (attribute)));
}

/* Copies the attributes without lifetime and usage, which do not belong to the route itself. */
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

typedef struct
{
  NtRoute *route;
  NtNameFunc find_name;
  gpointer user_data;
} Decoding;

static gboolean
collect_name (guint32 *ifindex, gpointer user_data)
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
 * Returns: %TRUE for a default route
 */
gboolean
nt_route_is_default (const struct nlmsghdr *message)
{
  return ((const struct rtmsg *) NLMSG_DATA (message))->rtm_dst_len == 0;
}

/**
 * nt_route_decode:
 * @message: a RTM_NEWROUTE message
 * @find_name: finds the name of a link
 * @user_data: for @find_name
 *
 * Returns: (transfer full) (nullable): the route; NULL if the kernel makes it by itself, or it does not use a link
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

  /* A route with a nexthop object depends on that object, which this agent cannot recreate. */
  if (message->nlmsg_type != RTM_NEWROUTE ||
      nlmsg_parse ((struct nlmsghdr *) message, sizeof *header, all, RTA_MAX, NULL) < 0 ||
      !is_configured (header, all) || all[RTA_NH_ID] != NULL)
    return NULL;

  route->text = describe (header, all);
  route->gateway = get_gateway (header, all);
  route->indirect = all[RTA_GATEWAY] != NULL || all[RTA_MULTIPATH] != NULL;
  bytes = copy_lasting (header, nlmsg_attrdata ((struct nlmsghdr *) message, sizeof *header),
                        nlmsg_attrlen ((struct nlmsghdr *) message, sizeof *header));
  if (!for_each_index ((struct nlattr *) (bytes->data + offset), (int) bytes->len - offset, collect_name, &decoding) ||
      route->devices->len == 0)
    return NULL;
  route->message = g_base64_encode (bytes->data, bytes->len);
  return g_steal_pointer (&route);
}

typedef struct
{
  const NtRoute *route;
  guint next; /* index in devices */
  NtIndexFunc find_index;
  gpointer user_data;
} Encoding;

static gboolean
insert_index (guint32 *ifindex, gpointer user_data)
{
  Encoding *encoding = user_data;

  if (encoding->next >= encoding->route->devices->len)
    return FALSE;
  *ifindex = encoding->find_index (encoding->route->devices->pdata[encoding->next++], encoding->user_data);
  return *ifindex != 0;
}

/* Has a high metric, so that it neither overrides nor replaces the default route of another tool. */
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
 * @type: RTM_NEWROUTE or RTM_DELROUTE
 * @find_index: finds the index of a link
 * @user_data: for @find_index
 * @error: NT_KERNEL_ERROR: ENODEV if a device of the route does not exist
 *
 * Returns: (transfer full) (nullable): a message that adds the route, replacing one over another link, or that removes
 *   it
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
      !for_each_index ((struct nlattr *) (bytes + offset), (int) (size - offset), insert_index, &encoding))
    {
      g_set_error (error, NT_KERNEL_ERROR, ENODEV, "A device of the route %s does not exist", route->text);
      return NULL;
    }
  if (nlmsg_append (message, bytes, size, NLMSG_ALIGNTO) < 0)
    {
      g_set_error (error, NT_KERNEL_ERROR, EMSGSIZE, "The route %s is too long", route->text);
      return NULL;
    }
  return g_steal_pointer (&message);
}
