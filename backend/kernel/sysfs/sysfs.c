/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/sysfs/sysfs.h"

#include "backend/kernel/base/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define CLASS_NET "/sys/class/net"

static const NtField nt_device_fields[] = {
  NT_STRING (NtDevice, bus, OPTIONAL),
  NT_STRING (NtDevice, driver, OPTIONAL),
  NT_STRING (NtDevice, description, OPTIONAL),
  NT_BOOL (NtDevice, wireless, REQUIRED),
  NT_BOOL (NtDevice, vlan_challenged, REQUIRED),
};
NT_DEFINE_RECORD (NtDevice, nt_device, "Device")

static char *
read_target_name (const char *link, const char *attribute)
{
  g_autofree char *path = g_build_filename (CLASS_NET, link, attribute, NULL);
  g_autofree char *target = g_file_read_link (path, NULL);

  return target != NULL ? g_path_get_basename (target) : NULL;
}

/**
 * nt_sysfs_read_members:
 * @bond: the name of a bond
 *
 * Only sysfs has the order in which members joined, which determines how flows are assigned to members.
 *
 * Returns: (transfer full) (element-type utf8): names of adapters; empty without sysfs
 */
GPtrArray *
nt_sysfs_read_members (const char *bond)
{
  g_autofree char *path = g_build_filename (CLASS_NET, bond, "bonding", "slaves", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  GPtrArray *members = nt_strings_new ();

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return members;
  words = g_strsplit (g_strstrip (text), " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (members, g_strdup (words[i]));
  return members;
}

static char *
read_attribute (const char *link, const char *attribute)
{
  g_autofree char *path = g_build_filename (CLASS_NET, link, attribute, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_strstrip (text) : NULL;
}

/**
 * nt_sysfs_read_speed:
 * @speed: (out): in Mb/s, -1 = unknown
 * @duplex: (out): a NtDuplex, -1 = unknown
 *
 * For kernels that were built without the netlink family of ethtool.
 */
void
nt_sysfs_read_speed (const char *link, gint64 *speed, int *duplex)
{
  g_autofree char *speed_text = read_attribute (link, "speed");
  g_autofree char *duplex_text = read_attribute (link, "duplex");

  /* Drivers report an unknown speed as -1, 0 or the highest number of 32 bits. */
  *speed = -1;
  if (speed_text != NULL)
    g_ascii_string_to_signed (speed_text, 10, 1, G_MAXINT32, speed, NULL);
  *duplex = duplex_text ? nt_enum_parse (&nt_duplex_enum, duplex_text) : -1;
}

static char *
read_description (const NtLink *link)
{
  static const char *const keys[] = { "\nE:ID_MODEL_FROM_DATABASE=", "\nE:ID_MODEL=" };
  g_autofree char *path = g_strdup_printf ("/run/udev/data/n%" G_GINT64_FORMAT, link->ifindex);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *value = strstr (text, keys[i]);

      if (value == NULL)
        continue;
      value += strlen (keys[i]);
      return g_strndup (value, strcspn (value, "\n"));
    }
  return NULL;
}

/**
 * nt_sysfs_read_device:
 *
 * Returns: (transfer full): information of sysfs and udev about the device of the link
 */
NtDevice *
nt_sysfs_read_device (const NtLink *link)
{
  NtDevice *device = nt_device_new ();
  g_autofree char *wireless = g_build_filename (CLASS_NET, link->name, "phy80211", NULL);

  device->bus = read_target_name (link->name, "device");
  device->driver = read_target_name (link->name, "device/driver");
  device->description = read_description (link);
  device->wireless = g_file_test (wireless, G_FILE_TEST_EXISTS);
  return device;
}

/* Returns -1 if the attribute is absent or not a number. */
static gint64
read_number (const char *link, const char *attribute)
{
  g_autofree char *text = read_attribute (link, attribute);
  gint64 number;

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &number, NULL) ? number : -1;
}

static GPtrArray *
read_rdma_devices (const char *link)
{
  g_autofree char *path = g_build_filename (CLASS_NET, link, "device", "infiniband", NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  GPtrArray *names = nt_strings_new ();
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  return names;
}

/**
 * nt_sysfs_read_functions:
 * @link: the name of a link with a device
 * @rdma: (out): %TRUE if it has an RDMA device
 * @virtual_functions: (out): number in use; -1 = not supported
 *
 * Unlike the rest of the device, these can change while the link exists.
 */
void
nt_sysfs_read_functions (const char *link, gboolean *rdma, gint64 *virtual_functions)
{
  g_autoptr (GPtrArray) devices = read_rdma_devices (link);

  *rdma = devices->len > 0;
  *virtual_functions = read_number (link, "device/sriov_numvfs");
}

/**
 * nt_sysfs_read_details:
 * @details: (inout): receives the information of sysfs about the device
 */
void
nt_sysfs_read_details (const char *link, NtAdapterDetails *details)
{
  details->numa_node = read_number (link, "device/numa_node");
  g_ptr_array_unref (details->rdma_devices);
  details->rdma_devices = read_rdma_devices (link);
  details->virtual_functions = read_number (link, "device/sriov_numvfs");
  details->virtual_functions_max = read_number (link, "device/sriov_totalvfs");
  details->physical_function = read_target_name (link, "device/physfn");
}

/**
 * nt_sysctl_set_ipv6:
 * @on: %TRUE to enable IPv6
 * @error: NT_KERNEL_ERROR
 *
 * There is no netlink message for this.
 *
 * Returns: %TRUE on success
 */
gboolean
nt_sysctl_set_ipv6 (const char *link, gboolean on, GError **error)
{
  g_autofree char *path = g_build_filename ("/proc/sys/net/ipv6/conf", link, "disable_ipv6", NULL);
  const char *value = on ? "0" : "1";
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && write (fd, value, 1) == 1;

  /* Without IPv6 in the kernel there is nothing to disable. */
  if (!ok && !(errno == ENOENT && fd < 0))
    g_set_error (error, NT_KERNEL_ERROR, errno, "%s: %s", path, g_strerror (errno));
  else
    ok = TRUE;
  if (fd >= 0)
    close (fd);
  return ok;
}
