/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/base/ip.h"

/**
 * nt_ip_parse:
 * @text: "192.0.2.1/24"
 * @address: (out) (optional): the address
 * @length: (out) (optional): the prefix length, in bits
 *
 * Returns: %TRUE if @text is a unicast address with a prefix length
 */
gboolean
nt_ip_parse (const char *text, GInetAddress **address, guint *length)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  g_autoptr (GInetAddress) parsed = parts[0] ? g_inet_address_new_from_string (parts[0]) : NULL;
  guint64 bits;

  if (parsed == NULL || parts[1] == NULL || g_inet_address_get_is_any (parsed) ||
      g_inet_address_get_is_multicast (parsed) || g_inet_address_get_is_loopback (parsed) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 1, 8 * g_inet_address_get_native_size (parsed), &bits, NULL))
    return FALSE;
  if (length != NULL)
    *length = (guint) bits;
  if (address != NULL)
    *address = g_steal_pointer (&parsed);
  return TRUE;
}

/**
 * nt_ip_contains:
 * @network: "192.0.2.1/24"
 *
 * Returns: %TRUE if @address is in that network
 */
gboolean
nt_ip_contains (const char *network, GInetAddress *address)
{
  g_autoptr (GInetAddress) base = NULL;
  const guint8 *first, *second;
  guint length;

  if (!nt_ip_parse (network, &base, &length) ||
      g_inet_address_get_family (base) != g_inet_address_get_family (address))
    return FALSE;
  first = g_inet_address_to_bytes (base);
  second = g_inet_address_to_bytes (address);
  for (guint i = 0; i < length; i++)
    if (((first[i / 8] ^ second[i / 8]) >> (7 - i % 8) & 1) != 0)
      return FALSE;
  return TRUE;
}

/**
 * nt_ip_normalise:
 * @text: (transfer full): an address, alone or as "192.0.2.1/24"
 *
 * Returns: (transfer full): the address in the kernel's notation; anything that is not an address is returned unchanged
 */
char *
nt_ip_normalise (char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
  g_autoptr (GInetAddress) of_network = NULL;
  g_autofree char *given = text;
  g_autofree char *normal = NULL;
  guint length;

  if (address != NULL)
    return g_inet_address_to_string (address);
  if (!nt_ip_parse (text, &of_network, &length))
    return g_steal_pointer (&given);
  normal = g_inet_address_to_string (of_network);
  return g_strdup_printf ("%s/%u", normal, length);
}
