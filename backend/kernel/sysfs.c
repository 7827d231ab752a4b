/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kernel/sysfs.h"

#include <string.h>

#define CLASS_NET "/sys/class/net"

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
 * The order in which members joined is nowhere else; flows are given to members by it.
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

gboolean
nt_sysfs_is_wireless (const char *link)
{
  g_autofree char *path = g_build_filename (CLASS_NET, link, "phy80211", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * nt_sysfs_read_bus:
 * @link: the name of a link
 *
 * Returns: (transfer full) (nullable): where its device is plugged in ("0000:01:00.0"); NULL = it has none
 */
char *
nt_sysfs_read_bus (const char *link)
{
  return read_target_name (link, "device");
}

char *
nt_sysfs_read_driver (const char *link)
{
  return read_target_name (link, "device/driver");
}

/**
 * nt_sysfs_read_description:
 * @link: a link
 *
 * Returns: (transfer full) (nullable): what udev's hardware database calls the adapter
 */
char *
nt_sysfs_read_description (const NtLink *link)
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
