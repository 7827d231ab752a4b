/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/filters/nftables.h"

#include "backend/kernel/base/kernel.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define TABLE_PREFIX "nicteam-"

/* Names of chains, by which a table is recognized when it is read. */
#define FROM_TEAM "from-team"
#define TO_TEAM "to-team"
#define TO_FIRST "to-first"
#define TO_OTHERS "to-others"

/*
 * A single transaction, so that there is no moment without filters. Recorded addresses are lost, but each frame that is
 * sent is recorded again before it can return.
 */
#define TABLE_BEGIN \
  "add table netdev %1$s\n" \
  "delete table netdev %1$s\n" \
  "table netdev %1$s {\n"

/* The same address can be at different places in two VLANs. A tag is visible here even if the adapter strips tags. */
#define TEAM_CHAINS \
  "\tset sent { typeof ether saddr; flags dynamic,timeout; timeout 5s; }\n" \
  "\tset sent-tagged { typeof ether saddr . vlan id; flags dynamic,timeout; timeout 5s; }\n" \
  "\tchain " FROM_TEAM " {\n" \
  "\t\ttype filter hook egress device \"%1$s\" priority filter;\n" \
  "\t\tupdate @sent-tagged { ether saddr . vlan id } return\n" \
  "\t\tupdate @sent { ether saddr }\n" \
  "\t}\n" \
  "\tchain " TO_TEAM " {\n" \
  "\t\ttype filter hook ingress device \"%1$s\" priority filter;\n" \
  "\t\tether saddr . vlan id @sent-tagged drop\n" \
  "\t\tether type vlan return\n" \
  "\t\tether saddr @sent drop\n" \
  "\t}\n" \
  "\tchain " TO_FIRST " {\n" \
  "\t\ttype filter hook ingress device \"%2$s\" priority filter;\n" \
  "\t}\n"

/*
 * A snooping switch forwards a multicast group only to ports on which the group was requested, so membership reports
 * have to leave on the member that accepts multicast: the first one.
 */
#define OTHERS_CHAINS \
  "\tchain " TO_OTHERS " {\n" \
  "\t\ttype filter hook ingress devices = { %1$s } priority filter;\n" \
  "\t\tmeta pkttype { broadcast, multicast } drop\n" \
  "\t}\n" \
  "\tchain from-others {\n" \
  "\t\ttype filter hook egress devices = { %1$s } priority filter;\n" \
  "\t\tigmp type { membership-report-v1, membership-report-v2, membership-report-v3 } fwd to \"%2$s\"\n" \
  "\t\ticmpv6 type { mld-listener-report, mld2-listener-report } fwd to \"%2$s\"\n" \
  "\t}\n"

/* A table is named after its bond; bytes that nft does not accept are encoded as “/” and two digits, as “/” cannot
 * occur in the name of a device. */
static char *
make_table_name (const char *bond)
{
  GString *name = g_string_new (TABLE_PREFIX);

  for (const char *p = bond; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || strchr ("-_.", *p) != NULL)
      g_string_append_c (name, *p);
    else
      g_string_append_printf (name, "/%02x", (guint) (guchar) *p);
  return g_string_free (name, FALSE);
}

/* Returns NULL for a foreign table. */
static char *
find_bond_name (const char *table)
{
  GString *name;

  if (!g_str_has_prefix (table, TABLE_PREFIX))
    return NULL;
  name = g_string_new (NULL);
  for (const char *p = table + strlen (TABLE_PREFIX); *p != '\0'; p++)
    if (*p == '/' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
      {
        g_string_append_c (name, (char) (g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2])));
        p += 2;
      }
    else
      g_string_append_c (name, *p);
  return g_string_free (name, FALSE);
}

/* In quotes nft accepts any name, except one that contains a quote; a final “*” is a wildcard. */
static gboolean
check_name (const char *device, GError **error)
{
  if (*device != '\0' && strpbrk (device, "\"\\\n*") == NULL)
    return TRUE;
  g_set_error (error, NT_KERNEL_ERROR, EINVAL, _("nftables does not support the device name “%s”; rename the device"), device);
  return FALSE;
}

static gboolean
check_names (const char *bond, const GStrv members, GError **error)
{
  for (guint i = 0; members[i] != NULL; i++)
    if (!check_name (members[i], error))
      return FALSE;
  return check_name (members[0] ? bond : "", error);
}

/**
 * nt_nftables_format:
 * @bond: the name of a bond
 * @members: its members, in the notation of packet-filter.h
 * @error: NT_KERNEL_ERROR: EINVAL for names that nft does not accept
 *
 * Returns: (transfer full) (nullable): input for nft(8) that creates the filters, replacing any previous ones
 */
char *
nt_nftables_format (const char *bond, const char *members, GError **error)
{
  g_auto (GStrv) names = g_strsplit (members, " ", -1);
  g_autofree char *table = make_table_name (bond);
  g_autofree char *others = NULL;
  GString *text;

  if (!check_names (bond, names, error))
    return NULL;
  text = g_string_new (NULL);
  g_string_append_printf (text, TABLE_BEGIN, table);
  g_string_append_printf (text, TEAM_CHAINS, bond, names[0]);
  others = g_strjoinv ("\", \"", names + 1);
  if (*others != '\0')
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", others);

      g_string_append_printf (text, OTHERS_CHAINS, quoted, names[0]);
    }
  g_string_append (text, "}\n");
  return g_string_free (text, FALSE);
}

/**
 * nt_nftables_format_removal:
 * @bond: the name of a bond, which may already be deleted
 *
 * Returns: (transfer full): input for nft(8) that removes the filters, if there are any
 */
char *
nt_nftables_format_removal (const char *bond)
{
  g_autofree char *table = make_table_name (bond);

  return g_strdup_printf ("add table netdev %1$s\ndelete table netdev %1$s\n", table);
}

/* A table of this agent that is being read. */
typedef struct
{
  char *bond;
  char *first;
  GPtrArray *others;
  guint n_team_chains; /* number of chains on the bond itself */
} Table;

static void
table_free (gpointer data)
{
  Table *table = data;

  if (table == NULL)
    return;
  g_free (table->bond);
  g_free (table->first);
  g_ptr_array_unref (table->others);
  g_free (table);
}

static void
add_name (GPtrArray *names, const char *name)
{
  g_autofree char *copy = g_strdup (name);
  gsize length = strlen (copy);

  /* Only newer versions quote the names in a list. */
  if (length > 1 && copy[0] == '"' && copy[length - 1] == '"')
    g_ptr_array_add (names, g_strndup (copy + 1, length - 2));
  else
    g_ptr_array_add (names, g_steal_pointer (&copy));
}

/* Reads “device "nic1" priority …” or “devices = { nic1, nic2 } priority …”; NULL if the devices have been deleted. */
static GPtrArray *
get_devices (const char *line)
{
  static const char one[] = " device ";
  static const char many[] = " devices = { ";
  GPtrArray *names = nt_strings_new ();
  const char *start = strstr (line, one);
  g_autofree char *list = NULL;
  g_auto (GStrv) words = NULL;

  if (start != NULL)
    list = g_strndup (start + strlen (one), strcspn (start + strlen (one), " "));
  else if ((start = strstr (line, many)) != NULL)
    list = g_strndup (start + strlen (many), strcspn (start + strlen (many), "}"));
  words = list ? g_strsplit (g_strstrip (list), ", ", -1) : NULL;
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    add_name (names, words[i]);
  return names;
}

static void
take_chain (Table *table, const char *chain, const char *line)
{
  g_autoptr (GPtrArray) devices = get_devices (line);

  if (g_str_equal (chain, FROM_TEAM) || g_str_equal (chain, TO_TEAM))
    table->n_team_chains += nt_strings_contain (devices, table->bond);
  else if (g_str_equal (chain, TO_FIRST) && devices->len == 1)
    table->first = g_strdup (devices->pdata[0]);
  else if (g_str_equal (chain, TO_OTHERS))
    {
      g_ptr_array_unref (table->others);
      table->others = g_steal_pointer (&devices);
    }
}

/* Returns the name in a line like “table netdev NAME {”. */
static char *
get_block_name (const char *line, const char *kind)
{
  if (!g_str_has_prefix (line, kind))
    return NULL;
  return g_strndup (line + strlen (kind), strcspn (line + strlen (kind), " "));
}

static Table *
table_new (char *bond)
{
  Table *table = g_new0 (Table, 1);

  table->bond = bond;
  table->others = nt_strings_new ();
  return table;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static NtPacketFilter *
make_filter (Table *table)
{
  NtPacketFilter *filter = nt_packet_filter_new ();
  gboolean is_whole = table->first != NULL && table->n_team_chains == 2;

  filter->bond = g_strdup (table->bond);
  g_ptr_array_sort (table->others, compare_names);
  g_ptr_array_insert (table->others, 0, g_strdup (table->first));
  g_ptr_array_add (table->others, NULL);
  filter->members = is_whole ? g_strjoinv (" ", (char **) table->others->pdata) : g_strdup ("");
  return filter;
}

static int
compare_filters (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(NtPacketFilter *const *) a)->bond, (*(NtPacketFilter *const *) b)->bond);
}

/* Adds the information of one line to its table. */
static void
take_line (GPtrArray *tables, char **chain, const char *line)
{
  g_autofree char *table_name = get_block_name (line, "table netdev ");
  char *chain_name = get_block_name (line, "chain ");
  char *bond = table_name ? find_bond_name (table_name) : NULL;

  if (table_name != NULL)
    g_ptr_array_add (tables, bond ? table_new (bond) : NULL);
  if (chain_name != NULL)
    {
      g_free (*chain);
      *chain = chain_name;
    }
  else if (*chain != NULL && tables->len > 0 && tables->pdata[tables->len - 1] != NULL && strstr (line, " hook ") != NULL)
    take_chain (tables->pdata[tables->len - 1], *chain, line);
}

/**
 * nt_nftables_parse:
 * @text: output of “nft list ruleset netdev”; the JSON output of nftables 1.0.6 lacks the devices of chains
 *
 * Returns: (transfer full) (element-type NtPacketFilter): the filters of this agent, sorted
 */
GPtrArray *
nt_nftables_parse (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (table_free);
  g_autofree char *chain = NULL;
  GPtrArray *filters = nt_records_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    take_line (tables, &chain, g_strstrip (lines[i]));
  for (guint i = 0; i < tables->len; i++)
    if (tables->pdata[i] != NULL)
      g_ptr_array_add (filters, make_filter (tables->pdata[i]));
  g_ptr_array_sort (filters, compare_filters);
  return filters;
}
