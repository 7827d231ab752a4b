/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/netlink/encode.h"

#include "backend/kernel/base/kernel.h"
#include "backend/kernel/netlink/address.h"
#include "backend/kernel/netlink/bond-attributes.h"
#include "backend/kernel/netlink/route.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <string.h>

/* The largest number of 12 bits. The kernel refuses 4095, which IEEE 802.1Q reserves, with a message of its own. */
#define VLAN_MAX 4095

/* A message under construction, with its input. */
typedef struct
{
  const NtOperation *operation;
  NtIndexFunc find_index;
  gpointer user_data;
  struct nl_msg *message;
  GError **error;
} Build;

static gboolean G_GNUC_PRINTF (3, 4)
fail (Build *build, int code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (build->error, NT_KERNEL_ERROR, code, message);
  return FALSE;
}

static gboolean
find (Build *build, const char *name, guint32 *index)
{
  *index = build->find_index (name, build->user_data);
  return *index != 0 || fail (build, ENODEV, "No device named “%s”", name);
}

static void
start (Build *build, int type, int flags, const struct ifinfomsg *info)
{
  build->message = nlmsg_alloc_simple (type, flags);
  nlmsg_append (build->message, (void *) info, sizeof *info, NLMSG_ALIGNTO);
}

/* Starts a message about an existing link. */
static gboolean
start_change (Build *build, int type, struct ifinfomsg info)
{
  guint32 index;

  if (!find (build, build->operation->link, &index))
    return FALSE;
  info.ifi_index = (int) index;
  start (build, type, 0, &info);
  return TRUE;
}

static gboolean
put_mac (Build *build, const char *mac)
{
  g_auto (GStrv) parts = g_strsplit (mac, ":", -1);
  guint8 bytes[ETH_ALEN];

  if (g_strv_length (parts) != ETH_ALEN)
    return fail (build, EINVAL, "“%s” is not a MAC address", mac);
  for (guint i = 0; i < ETH_ALEN; i++)
    {
      guint64 byte;

      if (!g_ascii_string_to_unsigned (parts[i], 16, 0, G_MAXUINT8, &byte, NULL))
        return fail (build, EINVAL, "“%s” is not a MAC address", mac);
      bytes[i] = (guint8) byte;
    }
  nla_put (build->message, IFLA_ADDRESS, sizeof bytes, bytes);
  return TRUE;
}

static void
put_number (struct nl_msg *message, const NtBondAttribute *row, gint64 value)
{
  if (row->bytes == 1)
    nla_put_u8 (message, row->attribute, (guint8) value);
  else
    nla_put_u32 (message, row->attribute, (guint32) value);
}

static gboolean
put_bond (Build *build, const NtBondOptions *options)
{
  struct nlattr *info = nla_nest_start (build->message, IFLA_LINKINFO);
  struct nlattr *data;
  guint32 primary = 0;

  nla_put_string (build->message, IFLA_INFO_KIND, "bond");
  data = nla_nest_start (build->message, IFLA_INFO_DATA);
  for (guint i = 0; i < nt_n_bond_attributes; i++)
    {
      const NtBondAttribute *row = &nt_bond_attributes[i];
      const char *place = (const char *) options + row->offset;
      gint64 value = row->kind == NT_FIELD_ENUM ? *(const int *) place : *(const gint64 *) place;

      if (value != -1)
        put_number (build->message, row, value);
    }
  if (options->primary != NULL && *options->primary != '\0' && !find (build, options->primary, &primary))
    return FALSE;
  if (options->primary != NULL)
    nla_put_u32 (build->message, IFLA_BOND_PRIMARY, primary);
  nla_nest_end (build->message, data);
  nla_nest_end (build->message, info);
  return TRUE;
}

static gboolean
build_create_bond (Build *build)
{
  const struct ifinfomsg info = { .ifi_family = AF_UNSPEC };

  start (build, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &info);
  nla_put_string (build->message, IFLA_IFNAME, build->operation->link);
  if (build->operation->mac != NULL && !put_mac (build, build->operation->mac))
    return FALSE;
  return put_bond (build, build->operation->bond);
}

static gboolean
build_create_vlan (Build *build)
{
  const struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
  struct nlattr *link_info, *data;
  gint64 vlan = build->operation->vlan_id;
  guint32 parent;

  if (vlan < 0 || vlan > VLAN_MAX)
    return fail (build, EINVAL, "%" G_GINT64_FORMAT " is not a VLAN ID", vlan);
  if (!find (build, build->operation->other, &parent))
    return FALSE;
  start (build, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &info);
  nla_put_string (build->message, IFLA_IFNAME, build->operation->link);
  nla_put_u32 (build->message, IFLA_LINK, parent);
  link_info = nla_nest_start (build->message, IFLA_LINKINFO);
  nla_put_string (build->message, IFLA_INFO_KIND, "vlan");
  data = nla_nest_start (build->message, IFLA_INFO_DATA);
  nla_put_u16 (build->message, IFLA_VLAN_ID, (guint16) vlan);
  nla_nest_end (build->message, data);
  nla_nest_end (build->message, link_info);
  return TRUE;
}

static gboolean
build_delete (Build *build)
{
  return start_change (build, RTM_DELLINK, (struct ifinfomsg) { .ifi_family = AF_UNSPEC });
}

static gboolean
build_change_bond (Build *build)
{
  return start_change (build, RTM_NEWLINK, (struct ifinfomsg) { .ifi_family = AF_UNSPEC }) &&
         put_bond (build, build->operation->bond);
}

/* Not combined with IFF_UP: the kernel would bring the adapter up before it joins, and then refuse. */
static gboolean
build_add_member (Build *build)
{
  guint32 bond;

  if (!find (build, build->operation->other, &bond) ||
      !start_change (build, RTM_NEWLINK, (struct ifinfomsg) { .ifi_family = AF_UNSPEC }))
    return FALSE;
  nla_put_u32 (build->message, IFLA_MASTER, bond);
  return TRUE;
}

static gboolean
build_remove_member (Build *build)
{
  if (!start_change (build, RTM_NEWLINK, (struct ifinfomsg) { .ifi_family = AF_UNSPEC }))
    return FALSE;
  nla_put_u32 (build->message, IFLA_MASTER, 0);
  return TRUE;
}

static gboolean
build_set_up (Build *build)
{
  return start_change (build, RTM_NEWLINK, (struct ifinfomsg) { .ifi_flags = IFF_UP, .ifi_change = IFF_UP });
}

static gboolean
build_set_down (Build *build)
{
  return start_change (build, RTM_NEWLINK, (struct ifinfomsg) { .ifi_flags = 0, .ifi_change = IFF_UP });
}

static gboolean
build_set_mtu (Build *build)
{
  gint64 mtu = build->operation->mtu_bytes;

  if (mtu < 0 || mtu > G_MAXINT32)
    return fail (build, EINVAL, "%" G_GINT64_FORMAT " is not an MTU in bytes", mtu);
  if (!start_change (build, RTM_NEWLINK, (struct ifinfomsg) { .ifi_family = AF_UNSPEC }))
    return FALSE;
  nla_put_u32 (build->message, IFLA_MTU, (guint32) mtu);
  return TRUE;
}

static gboolean
build_set_mac (Build *build)
{
  return start_change (build, RTM_NEWLINK, (struct ifinfomsg) { .ifi_family = AF_UNSPEC }) &&
         put_mac (build, build->operation->mac);
}

/* An empty text without its final NUL removes the alias. */
static gboolean
build_set_alias (Build *build)
{
  const char *alias = build->operation->alias;
  gsize length = strlen (alias);

  if (!start_change (build, RTM_NEWLINK, (struct ifinfomsg) { .ifi_family = AF_UNSPEC }))
    return FALSE;
  while (length > NT_ALIAS_MAX)
    length = (gsize) (g_utf8_find_prev_char (alias, alias + length) - alias);
  nla_put (build->message, IFLA_IFALIAS, (int) length, alias);
  return TRUE;
}

static gboolean
put_alternative_name (Build *build, int type)
{
  struct nlattr *list;

  if (!start_change (build, type, (struct ifinfomsg) { .ifi_family = AF_UNSPEC }))
    return FALSE;
  list = nla_nest_start (build->message, IFLA_PROP_LIST);
  nla_put_string (build->message, IFLA_ALT_IFNAME, build->operation->name);
  nla_nest_end (build->message, list);
  return TRUE;
}

static gboolean
build_add_name (Build *build)
{
  return put_alternative_name (build, RTM_NEWLINKPROP);
}

static gboolean
build_remove_name (Build *build)
{
  return put_alternative_name (build, RTM_DELLINKPROP);
}

static gboolean
build_add_address (Build *build)
{
  const NtLinkAddress *address = build->operation->address;
  guint32 index;

  if (!find (build, build->operation->link, &index))
    return FALSE;
  build->message = nt_address_encode_new (address->address, address->message, index, build->error);
  return build->message != NULL;
}

static gboolean
build_remove_address (Build *build)
{
  guint32 index;

  if (!find (build, build->operation->link, &index))
    return FALSE;
  build->message = nt_address_encode_delete (build->operation->address->address, index, build->error);
  return build->message != NULL;
}

static gboolean
build_add_route (Build *build)
{
  build->message =
    nt_route_encode (build->operation->route, RTM_NEWROUTE, build->find_index, build->user_data, build->error);
  return build->message != NULL;
}

static gboolean
build_remove_route (Build *build)
{
  build->message =
    nt_route_encode (build->operation->route, RTM_DELROUTE, build->find_index, build->user_data, build->error);
  return build->message != NULL;
}

static gboolean (*const builders[]) (Build *build) = {
  [NT_OPERATION_CREATE_BOND] = build_create_bond,
  [NT_OPERATION_CREATE_VLAN] = build_create_vlan,
  [NT_OPERATION_DELETE] = build_delete,
  [NT_OPERATION_CHANGE_BOND] = build_change_bond,
  [NT_OPERATION_ADD_MEMBER] = build_add_member,
  [NT_OPERATION_REMOVE_MEMBER] = build_remove_member,
  [NT_OPERATION_SET_UP] = build_set_up,
  [NT_OPERATION_SET_DOWN] = build_set_down,
  [NT_OPERATION_SET_MTU] = build_set_mtu,
  [NT_OPERATION_SET_MAC] = build_set_mac,
  [NT_OPERATION_SET_ALIAS] = build_set_alias,
  [NT_OPERATION_ADD_ADDRESS] = build_add_address,
  [NT_OPERATION_REMOVE_ADDRESS] = build_remove_address,
  [NT_OPERATION_ADD_ROUTE] = build_add_route,
  [NT_OPERATION_REMOVE_ROUTE] = build_remove_route,
  [NT_OPERATION_ADD_NAME] = build_add_name,
  [NT_OPERATION_REMOVE_NAME] = build_remove_name,
};

/**
 * nt_encode_operation:
 * @find_index: finds the index of a link
 * @user_data: for @find_index
 * @error: NT_KERNEL_ERROR: ENODEV, or EINVAL for an invalid value
 *
 * Returns: (transfer full) (nullable): the single message that carries out @operation
 */
NtNetlinkMessage *
nt_encode_operation (const NtOperation *operation, NtIndexFunc find_index, gpointer user_data, GError **error)
{
  Build build = { operation, find_index, user_data, NULL, error };

  g_return_val_if_fail (operation->kind >= 0 && (gsize) operation->kind < G_N_ELEMENTS (builders), NULL);
  g_return_val_if_fail (builders[operation->kind] != NULL, NULL);

  if (builders[operation->kind](&build))
    return build.message;
  g_clear_pointer (&build.message, nlmsg_free);
  return NULL;
}
