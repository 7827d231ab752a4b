/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/linux/netlink-kernel.h"

#include "backend/kernel/base/change-origins.h"
#include "backend/kernel/filters/packet-filters.h"
#include "backend/kernel/netlink/address.h"
#include "backend/kernel/netlink/decode.h"
#include "backend/kernel/netlink/encode.h"
#include "backend/kernel/netlink/ethtool.h"
#include "backend/kernel/netlink/netlink.h"
#include "backend/kernel/netlink/route.h"
#include "backend/kernel/sysfs/read-details.h"
#include "backend/kernel/sysfs/sysfs.h"

#include <errno.h>
#include <glib-unix.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/attr.h>

/* One change can cause up to 17 events, which are handled together. */
#define SETTLE_MS 5

struct _NtNetlinkKernel
{
  GObject parent_instance;

  gboolean virtual_adapters;

  NtNetlink *route;
  NtEthtool ethtool;
  NtNetlink *events;
  guint events_source;
  guint settle_source;
  NtPacketFilters *filters;
  GHashTable *devices;  /* "index name" -> NtDevice */
  GHashTable *origins; /* of the changes that are reported next */
};

/* Data that is collected while reading the kernel. */
typedef struct
{
  NtNetlinkKernel *kernel;
  GHashTable *links; /* guint32 index -> NtRawLink */
  GPtrArray *routes; /* of NtRoute */
  NtReadFlags flags;
} Reading;

static void nt_netlink_kernel_iface_init (NtKernelInterface *iface);

G_DEFINE_TYPE_WITH_CODE (NtNetlinkKernel,
                         nt_netlink_kernel,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (NT_TYPE_KERNEL, nt_netlink_kernel_iface_init))

static NtRawLink *
find_raw (Reading *reading, guint32 ifindex)
{
  return g_hash_table_lookup (reading->links, GUINT_TO_POINTER (ifindex));
}

static void
take_link (const struct nlmsghdr *message, gpointer user_data)
{
  Reading *reading = user_data;
  NtRawLink *raw = message ? nt_decode_link (message) : NULL;

  if (message == NULL)
    g_hash_table_remove_all (reading->links);
  else if (raw != NULL)
    g_hash_table_replace (reading->links, GUINT_TO_POINTER ((guint32) raw->link->ifindex), raw);
}

static void
forget_addresses (Reading *reading)
{
  GHashTableIter iter;
  gpointer raw;

  g_hash_table_iter_init (&iter, reading->links);
  while (g_hash_table_iter_next (&iter, NULL, &raw))
    g_ptr_array_set_size (((NtRawLink *) raw)->link->addresses, 0);
}

static void
take_address (const struct nlmsghdr *message, gpointer user_data)
{
  guint32 ifindex = 0;
  g_autoptr (NtLinkAddress) address = message ? nt_address_decode (message, &ifindex) : NULL;
  NtRawLink *raw = address ? find_raw (user_data, ifindex) : NULL;

  if (message == NULL)
    forget_addresses (user_data);
  else if (raw != NULL)
    g_ptr_array_add (raw->link->addresses, g_steal_pointer (&address));
}

static void
take_link_modes (guint32 ifindex, gint64 speed, int duplex, gpointer user_data)
{
  NtRawLink *raw = find_raw (user_data, ifindex);

  if (raw != NULL)
    {
      raw->link->speed_mbps = speed;
      raw->link->duplex = duplex;
    }
}

static gboolean
dump_links (NtNetlinkKernel *self, NtNetlinkFunc func, gpointer user_data, GError **error)
{
  g_autoptr (NtNetlinkMessage) message = nlmsg_alloc_simple (RTM_GETLINK, NLM_F_DUMP);
  struct ifinfomsg info = { .ifi_family = AF_UNSPEC };

  nlmsg_append (message, &info, sizeof info, NLMSG_ALIGNTO);
  return nt_netlink_query (self->route, message, func, user_data, error);
}

static gboolean
dump_addresses (Reading *reading, GError **error)
{
  g_autoptr (NtNetlinkMessage) message = nlmsg_alloc_simple (RTM_GETADDR, NLM_F_DUMP);
  struct ifaddrmsg info = { .ifa_family = AF_UNSPEC };

  nlmsg_append (message, &info, sizeof info, NLMSG_ALIGNTO);
  return nt_netlink_query (reading->kernel->route, message, take_address, reading, error);
}

static const char *
find_name (guint32 ifindex, gpointer user_data)
{
  NtRawLink *raw = find_raw (user_data, ifindex);

  return raw != NULL ? raw->link->name : NULL;
}

static void
take_route (const struct nlmsghdr *message, gpointer user_data)
{
  Reading *reading = user_data;
  gboolean is_wanted = message != NULL && ((reading->flags & NT_READ_ROUTES) || nt_route_is_default (message));
  g_autoptr (NtRoute) route = is_wanted ? nt_route_decode (message, find_name, reading) : NULL;

  if (message == NULL)
    g_ptr_array_set_size (reading->routes, 0);
  /* Routes by which gateways are reached have to come first. */
  else if (route != NULL)
    {
      int index = route->indirect ? -1 : 0;

      g_ptr_array_insert (reading->routes, index, g_steal_pointer (&route));
    }
}

static gboolean
dump_routes (Reading *reading, GError **error)
{
  g_autoptr (NtNetlinkMessage) message = nlmsg_alloc_simple (RTM_GETROUTE, NLM_F_DUMP);
  struct rtmsg header = { .rtm_family = AF_UNSPEC };

  nlmsg_append (message, &header, sizeof header, NLMSG_ALIGNTO);
  return nt_netlink_query (reading->kernel->route, message, take_route, reading, error);
}

static char *
get_name (Reading *reading, guint32 ifindex)
{
  return ifindex != 0 ? g_strdup (find_name (ifindex, reading)) : NULL;
}

static void
complete_bond (Reading *reading, NtRawLink *raw)
{
  NtBond *bond = raw->link->bond;

  bond->active_member = get_name (reading, raw->active_member);
  bond->options->primary = get_name (reading, raw->primary);
  g_ptr_array_unref (bond->members);
  bond->members = nt_sysfs_read_members (raw->link->name);
}

static gboolean
is_vlan_challenged (NtNetlinkKernel *self, const NtLink *link)
{
  g_autoptr (GPtrArray) features = nt_strings_new ();

  nt_ethtool_read_features (&self->ethtool, (guint32) link->ifindex, features);
  return nt_strings_contain (features, "vlan-challenged");
}

/* The device of a link does not change, so it is read only once for each index and name. */
static const NtDevice *
find_device (NtNetlinkKernel *self, const NtLink *link)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", link->ifindex, link->name);
  NtDevice *device = g_hash_table_lookup (self->devices, key);

  if (device == NULL)
    {
      device = nt_sysfs_read_device (link);
      device->vlan_challenged = is_vlan_challenged (self, link);
      g_hash_table_insert (self->devices, g_steal_pointer (&key), device);
    }
  return device;
}

/* For laboratories: unlike veth, tap devices have speed and duplex; HSR devices cannot carry VLANs. */
static gboolean
is_virtual_adapter (NtNetlinkKernel *self, const NtLink *link)
{
  static const char *const kinds[] = { "veth", "tun", "hsr", NULL };

  return self->virtual_adapters && link->info_kind != NULL && g_strv_contains (kinds, link->info_kind);
}

static void
complete_adapter (NtNetlinkKernel *self, NtLink *link)
{
  gboolean is_virtual = is_virtual_adapter (self, link);
  const NtDevice *device;

  if (link->info_kind != NULL && !is_virtual)
    return;
  device = find_device (self, link);
  if (device->bus == NULL && !is_virtual)
    return;
  link->kind = NT_LINK_ADAPTER;
  link->bus = g_strdup (device->bus);
  link->wireless = device->wireless;
  link->vlan_challenged = device->vlan_challenged;
  link->driver = g_strdup (device->driver ? device->driver : link->info_kind);
  link->description = g_strdup (device->description);
  if (device->bus != NULL)
    nt_sysfs_read_functions (link->name, &link->rdma, &link->virtual_functions);
  if (!nt_ethtool_is_available (&self->ethtool))
    nt_sysfs_read_speed (link->name, &link->speed_mbps, &link->duplex);
}

/* Replaces indexes by names, and adds information from other sources than netlink. */
static void
complete_link (Reading *reading, NtRawLink *raw)
{
  NtLink *link = raw->link;

  link->master = get_name (reading, raw->master);
  if (!raw->parent_is_elsewhere)
    link->parent = get_name (reading, raw->parent);
  if (link->bond != NULL)
    complete_bond (reading, raw);
  else if (link->kind == NT_LINK_OTHER)
    complete_adapter (reading->kernel, link);
}

static int
compare_links (gconstpointer a, gconstpointer b)
{
  const NtLink *first = *(NtLink *const *) a;
  const NtLink *second = *(NtLink *const *) b;

  return (first->ifindex > second->ifindex) - (first->ifindex < second->ifindex);
}

static NtSnapshot *
make_snapshot (Reading *reading)
{
  NtSnapshot *snapshot = nt_snapshot_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, reading->links);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      NtRawLink *raw = value;

      complete_link (reading, raw);
      g_ptr_array_add (snapshot->links, nt_link_ref (raw->link));
    }
  g_ptr_array_sort (snapshot->links, compare_links);
  for (guint i = 0; i < reading->routes->len; i++)
    g_ptr_array_add (snapshot->routes, nt_route_ref (reading->routes->pdata[i]));
  return snapshot;
}

static void
free_raw (gpointer data)
{
  nt_raw_link_free (data);
}

static NtSnapshot *
nt_netlink_kernel_read (NtKernel *kernel, NtReadFlags flags, GError **error)
{
  NtNetlinkKernel *self = NT_NETLINK_KERNEL (kernel);
  g_autoptr (GHashTable) links = g_hash_table_new_full (NULL, NULL, NULL, free_raw);
  g_autoptr (GPtrArray) routes = nt_records_new ();
  Reading reading = { self, links, routes, flags };
  NtSnapshot *snapshot;

  if (!dump_links (self, take_link, &reading, error) || !dump_addresses (&reading, error))
    return NULL;
  if ((flags & (NT_READ_ROUTES | NT_READ_DEFAULT_ROUTES)) && !dump_routes (&reading, error))
    return NULL;
  nt_ethtool_read_link_modes (&self->ethtool, take_link_modes, &reading);
  snapshot = make_snapshot (&reading);
  nt_packet_filters_read (self->filters, snapshot, (flags & NT_READ_FILTERS) != 0);
  return snapshot;
}

static NtAdapterDetails *
nt_netlink_kernel_read_details (NtKernel *kernel, const char *link, GError **error)
{
  NtNetlinkKernel *self = NT_NETLINK_KERNEL (kernel);

  return nt_details_read (self->route, &self->ethtool, link, error);
}

static guint32
find_index (const char *name, gpointer user_data)
{
  return if_nametoindex (name);
}

/* Some things disappear together with others: IPv6 addresses with the link going down, routes with their addresses. */
static gboolean
is_gone_already (const NtOperation *operation, const GError *problem)
{
  return (operation->kind == NT_OPERATION_REMOVE_ADDRESS && problem->code == EADDRNOTAVAIL) ||
         (operation->kind == NT_OPERATION_REMOVE_ROUTE && problem->code == ESRCH);
}

static gboolean
is_of_filter (const NtOperation *operation)
{
  return operation->kind == NT_OPERATION_SET_FILTER || operation->kind == NT_OPERATION_REMOVE_FILTER;
}

static gboolean
nt_netlink_kernel_apply (NtKernel *kernel, const NtOperation *operation, GError **error)
{
  NtNetlinkKernel *self = NT_NETLINK_KERNEL (kernel);
  g_autoptr (NtNetlinkMessage) message = NULL;
  g_autoptr (GError) problem = NULL;

  if (operation->kind == NT_OPERATION_ENABLE_IPV6 || operation->kind == NT_OPERATION_DISABLE_IPV6)
    return nt_sysctl_set_ipv6 (operation->link, operation->kind == NT_OPERATION_ENABLE_IPV6, error);
  if (is_of_filter (operation))
    return nt_packet_filters_apply (self->filters, operation, error);
  message = nt_encode_operation (operation, find_index, NULL, error);
  if (message == NULL || nt_netlink_request (self->route, message, &problem))
    return message != NULL;
  if (is_gone_already (operation, problem))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* Only filters need a program. */
static void
nt_netlink_kernel_apply_async (NtKernel *kernel,
                               const NtOperation *operation,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  NtNetlinkKernel *self = NT_NETLINK_KERNEL (kernel);
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  if (is_of_filter (operation))
    {
      nt_packet_filters_apply_async (self->filters, operation, callback, user_data);
      return;
    }
  task = g_task_new (self, NULL, callback, user_data);
  if (nt_netlink_kernel_apply (kernel, operation, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
take_sample (const struct nlmsghdr *message, gpointer user_data)
{
  NtSamples *samples = user_data;
  NtSample *sample = message ? nt_decode_sample (message) : NULL;

  if (message == NULL)
    g_ptr_array_set_size (samples->samples, 0);
  else if (sample != NULL)
    g_ptr_array_add (samples->samples, sample);
}

/* A few links are queried one by one; for many, one dump is cheaper. */
static gboolean
sample_link (NtNetlinkKernel *self, const char *name, NtSamples *samples, GError **error)
{
  g_autoptr (NtNetlinkMessage) message = NULL;
  struct ifinfomsg info = { .ifi_family = AF_UNSPEC, .ifi_index = (int) if_nametoindex (name) };

  if (info.ifi_index == 0)
    return TRUE;
  message = nlmsg_alloc_simple (RTM_GETLINK, 0);
  nlmsg_append (message, &info, sizeof info, NLMSG_ALIGNTO);
  return nt_netlink_query (self->route, message, take_sample, samples, error);
}

static NtSamples *
nt_netlink_kernel_sample (NtKernel *kernel, GPtrArray *links, GError **error)
{
  NtNetlinkKernel *self = NT_NETLINK_KERNEL (kernel);
  g_autoptr (NtSamples) samples = nt_samples_new ();
  gboolean ok = TRUE;

  samples->time_us = g_get_monotonic_time ();
  if (links->len == 0)
    ok = dump_links (self, take_sample, samples, error);
  for (guint i = 0; ok && i < links->len; i++)
    ok = sample_link (self, links->pdata[i], samples, error);
  return ok ? g_steal_pointer (&samples) : NULL;
}

static const char *
nt_netlink_kernel_find_origin (NtKernel *kernel, const char *link)
{
  return g_hash_table_lookup (NT_NETLINK_KERNEL (kernel)->origins, link);
}

static gboolean
settled_cb (gpointer user_data)
{
  NtNetlinkKernel *self = user_data;

  self->settle_source = 0;
  g_signal_emit_by_name (self, "changed");
  g_hash_table_remove_all (self->origins);
  return G_SOURCE_REMOVE;
}

static void
note_change (gpointer user_data)
{
  NtNetlinkKernel *self = user_data;

  if (self->settle_source == 0)
    self->settle_source = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
take_event (const struct nlmsghdr *beginning, gsize size, gpointer user_data)
{
  NtNetlinkKernel *self = user_data;

  nt_change_origins_note (self->origins, beginning, size, nt_netlink_get_port (self->route));
}

static gboolean
events_cb (int fd, GIOCondition condition, gpointer user_data)
{
  NtNetlinkKernel *self = user_data;

  if (nt_netlink_drain (self->events, take_event, self))
    note_change (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
open_sockets (NtNetlinkKernel *self, GError **error)
{
  static const guint groups[] = { RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR };

  self->route = nt_netlink_open (NETLINK_ROUTE, error);
  self->events = self->route ? nt_netlink_open (NETLINK_ROUTE, error) : NULL;
  if (self->events == NULL || !nt_netlink_listen (self->events, groups, G_N_ELEMENTS (groups), error) ||
      !nt_netlink_listen_to_default_routes (self->events, error))
    return FALSE;
  nt_ethtool_open (&self->ethtool);
  self->events_source = g_unix_fd_add (nt_netlink_get_fd (self->events), G_IO_IN | G_IO_ERR, events_cb, self);
  return TRUE;
}

static void
nt_netlink_kernel_dispose (GObject *object)
{
  NtNetlinkKernel *self = NT_NETLINK_KERNEL (object);

  g_clear_handle_id (&self->events_source, g_source_remove);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_pointer (&self->events, nt_netlink_close);
  nt_ethtool_close (&self->ethtool);
  g_clear_pointer (&self->route, nt_netlink_close);
  g_clear_pointer (&self->filters, nt_packet_filters_free);
  g_clear_pointer (&self->devices, g_hash_table_unref);
  g_clear_pointer (&self->origins, g_hash_table_unref);
  G_OBJECT_CLASS (nt_netlink_kernel_parent_class)->dispose (object);
}

static void
nt_netlink_kernel_iface_init (NtKernelInterface *iface)
{
  iface->read = nt_netlink_kernel_read;
  iface->read_details = nt_netlink_kernel_read_details;
  iface->apply = nt_netlink_kernel_apply;
  iface->apply_async = nt_netlink_kernel_apply_async;
  iface->sample = nt_netlink_kernel_sample;
  iface->find_origin = nt_netlink_kernel_find_origin;
}

static void
nt_netlink_kernel_class_init (NtNetlinkKernelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_netlink_kernel_dispose;
}

static void
nt_netlink_kernel_init (NtNetlinkKernel *self)
{
  self->filters = nt_packet_filters_new (note_change, self);
  self->origins = nt_change_origins_new ();
  self->devices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, nt_record_unref);
}

/**
 * nt_netlink_kernel_new:
 * @virtual_adapters: %TRUE to use some virtual links as adapters, for laboratories
 * @error: NT_KERNEL_ERROR
 *
 * Returns: (transfer full) (nullable): the kernel, in the network namespace of the caller
 */
NtNetlinkKernel *
nt_netlink_kernel_new (gboolean virtual_adapters, GError **error)
{
  g_autoptr (NtNetlinkKernel) self = g_object_new (NT_TYPE_NETLINK_KERNEL, NULL);

  self->virtual_adapters = virtual_adapters;
  if (!open_sockets (self, error))
    return NULL;
  return g_steal_pointer (&self);
}
