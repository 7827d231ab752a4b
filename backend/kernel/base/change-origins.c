/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/base/change-origins.h"

#include <glib/gi18n-lib.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>

/* Few links change between two readings; this bounds the table if many do. */
#define MOST 256

static guint32
find_route_link (const struct nlmsghdr *message, gsize size)
{
  const struct nlattr *attributes = (const struct nlattr *) ((const char *) NLMSG_DATA (message) + NLMSG_ALIGN (sizeof (struct rtmsg)));
  const gsize offset = (gsize) ((const char *) attributes - (const char *) message);
  const struct nlattr *link = size > offset ? nla_find (attributes, (int) (size - offset), RTA_OIF) : NULL;

  return link != NULL && nla_len (link) == sizeof (guint32) ? nla_get_u32 (link) : 0;
}

static guint32
find_link (const struct nlmsghdr *message, gsize size)
{
  switch (message->nlmsg_type)
    {
    case RTM_NEWADDR:
    case RTM_DELADDR:
      return size >= NLMSG_HDRLEN + sizeof (struct ifaddrmsg) ? ((const struct ifaddrmsg *) NLMSG_DATA (message))->ifa_index : 0;
    case RTM_NEWROUTE:
    case RTM_DELROUTE:
      return find_route_link (message, size);
    default:
      return 0;
    }
}

/* By default, the port of a netlink socket is the pid of its process, as seen in the namespace of that process. */
static char *
describe_process (guint32 number)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/comm", number);
  g_autofree char *name = NULL;

  if (!g_file_get_contents (path, &name, NULL, NULL))
    return g_strdup_printf (_("process %u (ended)"), number);
  return g_strdup_printf ("%s (%u)", g_strchomp (name), number);
}

/**
 * nt_change_origins_new:
 *
 * Returns: (transfer full) (element-type utf8 utf8): a table of the processes that changed links, by the name of the
 *   link
 */
GHashTable *
nt_change_origins_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * nt_change_origins_note:
 * @beginning: the beginning of an event from the kernel
 * @size: its size in bytes
 * @own_port: the port of the socket with which this process changes links
 *
 * Records the process that caused the event. The kernel reports it for addresses and routes, but not for links.
 */
void
nt_change_origins_note (GHashTable *self, const struct nlmsghdr *beginning, gsize size, guint32 own_port)
{
  char name[IF_NAMESIZE];

  if (beginning->nlmsg_pid == 0 || beginning->nlmsg_pid == own_port || g_hash_table_size (self) >= MOST)
    return;
  if (if_indextoname (find_link (beginning, size), name) != NULL)
    g_hash_table_replace (self, g_strdup (name), describe_process (beginning->nlmsg_pid));
}
