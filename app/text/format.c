/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/text/format.h"

#include <glib/gi18n-lib.h>

/**
 * nt_format_speed:
 * @speed: in Mb/s, -1 if unknown
 *
 * Returns: (transfer full): such as "10 Gb/s" or "2.5 Gb/s", or a dash
 */
char *
nt_format_speed (gint64 speed)
{
  if (speed < 0)
    return g_strdup ("–");
  if (speed < 1000)
    return g_strdup_printf (_("%d Mb/s"), (int) speed);
  return g_strdup_printf (_("%g Gb/s"), speed / 1000.0);
}

/**
 * nt_format_rate:
 * @rate: in bytes per second
 *
 * Returns: (transfer full): in bits per second, such as "12.3 Mb/s"
 */
char *
nt_format_rate (double rate)
{
  double bits = rate * 8;

  if (bits >= 999.5e6)
    return g_strdup_printf (_("%.2f Gb/s"), bits / 1e9);
  if (bits >= 999.5e3)
    return g_strdup_printf (_("%.1f Mb/s"), bits / 1e6);
  if (bits >= 1e3 && bits < 9.95e3)
    return g_strdup_printf (_("%.1f kb/s"), bits / 1e3);
  if (bits >= 1e3)
    return g_strdup_printf (_("%.0f kb/s"), bits / 1e3);
  return g_strdup_printf (_("%.0f b/s"), bits);
}

/**
 * nt_format_rate_in_bytes:
 * @rate: in bytes per second
 *
 * Returns: (transfer full): in bytes per second, such as "1.5 MB/s"
 */
char *
nt_format_rate_in_bytes (double rate)
{
  if (rate >= 999.5e6)
    return g_strdup_printf (_("%.2f GB/s"), rate / 1e9);
  if (rate >= 999.5e3)
    return g_strdup_printf (_("%.1f MB/s"), rate / 1e6);
  if (rate >= 1e3 && rate < 9.95e3)
    return g_strdup_printf (_("%.1f kB/s"), rate / 1e3);
  if (rate >= 1e3)
    return g_strdup_printf (_("%.0f kB/s"), rate / 1e3);
  return g_strdup_printf (_("%.0f B/s"), rate);
}

/**
 * nt_format_vlan:
 * @vlan: an id, 0 for untagged traffic
 *
 * Returns: (transfer full): the id, or "Default"
 */
char *
nt_format_vlan (gint64 vlan)
{
  if (vlan == 0)
    return g_strdup (_("Default"));
  return g_strdup_printf ("%" G_GINT64_FORMAT, vlan);
}

/**
 * nt_format_time:
 * @time: seconds since 1970, -1 if unknown
 *
 * Returns: (transfer full) (nullable): the local time, in a format that sorts correctly as text
 */
char *
nt_format_time (gint64 time)
{
  g_autoptr (GDateTime) at = time >= 0 ? g_date_time_new_from_unix_local (time) : NULL;

  return at ? g_date_time_format (at, "%Y-%m-%d %H:%M:%S") : NULL;
}
