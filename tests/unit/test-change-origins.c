/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/base/change-origins.h"
#include "backend/kernel/netlink/netlink.h"

#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <unistd.h>

/* The loopback link exists on every host. */
#define LOOPBACK_INDEX 1
#define OWN_PORT 4000000000u
/* Above the range of process ids in Linux: PID_MAX_LIMIT. */
#define NOBODY 5000000u

static NtNetlinkMessage *
make_address_event (guint16 type)
{
  NtNetlinkMessage *message = nlmsg_alloc_simple (type, 0);
  const struct ifaddrmsg address = { .ifa_family = AF_INET, .ifa_index = LOOPBACK_INDEX };

  nlmsg_append (message, (void *) &address, sizeof address, NLMSG_ALIGNTO);
  return message;
}

/* A default route with its attributes in the order of the kernel. */
static NtNetlinkMessage *
make_route_event (guint16 type)
{
  NtNetlinkMessage *message = nlmsg_alloc_simple (type, 0);
  const struct rtmsg route = { .rtm_family = AF_INET, .rtm_table = RT_TABLE_MAIN };

  nlmsg_append (message, (void *) &route, sizeof route, NLMSG_ALIGNTO);
  nla_put_u32 (message, RTA_TABLE, RT_TABLE_MAIN);
  nla_put_u32 (message, RTA_PRIORITY, 300);
  nla_put_u32 (message, RTA_GATEWAY, 0x010203c0);
  nla_put_u32 (message, RTA_OIF, LOOPBACK_INDEX);
  return message;
}

static NtNetlinkMessage *
make_link_event (guint16 type)
{
  NtNetlinkMessage *message = nlmsg_alloc_simple (type, 0);
  const struct ifinfomsg link = { .ifi_index = LOOPBACK_INDEX };

  nlmsg_append (message, (void *) &link, sizeof link, NLMSG_ALIGNTO);
  return message;
}

static const struct
{
  const char *name;
  NtNetlinkMessage *(*make) (guint16 type);
  guint16 type;
  guint32 port; /* 0 = this process */
  gsize size;   /* bytes of it that are visible, 0 = all */
  gboolean is_noted;
} cases[] = {
  { "new-address", make_address_event, RTM_NEWADDR, 0, 0, TRUE },
  { "deleted-address", make_address_event, RTM_DELADDR, 0, 0, TRUE },
  { "new-route", make_route_event, RTM_NEWROUTE, 0, 0, TRUE },
  { "deleted-route", make_route_event, RTM_DELROUTE, 0, 0, TRUE },
  { "link", make_link_event, RTM_NEWLINK, 0, 0, FALSE },
  { "own", make_address_event, RTM_NEWADDR, OWN_PORT, 0, FALSE },
  { "cut-address", make_address_event, RTM_NEWADDR, 0, NLMSG_HDRLEN + 4, FALSE },
  { "cut-route", make_route_event, RTM_NEWROUTE, 0, NLMSG_HDRLEN + 20, FALSE },
  { "cut-header", make_route_event, RTM_NEWROUTE, 0, NLMSG_HDRLEN, FALSE },
};

static void
test_case (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GHashTable) origins = nt_change_origins_new ();
  g_autoptr (NtNetlinkMessage) message = cases[i].make (cases[i].type);
  struct nlmsghdr *header = nlmsg_hdr (message);
  g_autofree char *self = g_strdup_printf (" (%u)", (guint) getpid ());
  const char *origin;

  header->nlmsg_pid = cases[i].port ? cases[i].port : (guint32) getpid ();
  nt_change_origins_note (origins, header, cases[i].size ? cases[i].size : header->nlmsg_len, OWN_PORT);
  origin = g_hash_table_lookup (origins, "lo");
  g_assert_true (cases[i].is_noted == (origin != NULL));
  if (origin != NULL)
    g_assert_true (g_str_has_suffix (origin, self));
}

static void
test_ended (void)
{
  g_autoptr (GHashTable) origins = nt_change_origins_new ();
  g_autoptr (NtNetlinkMessage) message = make_address_event (RTM_DELADDR);

  nlmsg_hdr (message)->nlmsg_pid = NOBODY;
  nt_change_origins_note (origins, nlmsg_hdr (message), nlmsg_hdr (message)->nlmsg_len, OWN_PORT);
  g_assert_cmpstr (g_hash_table_lookup (origins, "lo"), ==, "process 5000000 (ended)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/change-origins/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/change-origins/ended", test_ended);
  return g_test_run ();
}
