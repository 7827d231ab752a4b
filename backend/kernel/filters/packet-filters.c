/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/filters/packet-filters.h"

#include "backend/kernel/base/kernel.h"
#include "backend/kernel/filters/nftables.h"
#include "backend/kernel/netlink/netlink.h"

#include <errno.h>
#include <glib-unix.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

struct _NtFilters
{
  NtPacketFiltersFunc changed;
  gpointer user_data;

  GPtrArray *present; /* of NtPacketFilter, as last read; NULL = have to be read */
  char *links;        /* the links that they are attached to, as last read */

  NtNetlink *events; /* NULL until there are filters to watch */
  guint events_source;
};

/**
 * nt_packet_filters_new:
 * @changed: called when the filters have to be read again
 *
 * Returns: (transfer full): the filters of this network namespace
 */
NtPacketFilters *
nt_packet_filters_new (NtPacketFiltersFunc changed, gpointer user_data)
{
  NtPacketFilters *self = g_new0 (NtPacketFilters, 1);

  self->changed = changed;
  self->user_data = user_data;
  return self;
}

static void
forget (NtPacketFilters *self)
{
  g_clear_pointer (&self->present, g_ptr_array_unref);
}

void
nt_packet_filters_free (NtPacketFilters *self)
{
  forget (self);
  g_free (self->links);
  g_clear_handle_id (&self->events_source, g_source_remove);
  g_clear_pointer (&self->events, nt_netlink_close);
  g_free (self);
}

/* Only the first line of nft's output is the error; the lines below quote the input. */
static gboolean
fail (const char *words, GError **error)
{
  g_autofree char *line = g_strndup (words, strcspn (words, "\n"));

  g_set_error (error, NT_KERNEL_ERROR, EOPNOTSUPP, "nft: %s", g_strstrip (line));
  return FALSE;
}

/* Runs nft with @input on its standard input. */
static gboolean
run (const char *const *argv, const char *input, char **output, GError **error)
{
  GSubprocessFlags flags =
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, flags, &problem);
  g_autofree char *words = NULL;

  if (process == NULL || !g_subprocess_communicate_utf8 (process, input, NULL, output, &words, &problem))
    return fail (problem->message, error);
  return g_subprocess_get_successful (process) || fail (words ? words : "", error);
}

static gboolean
load (const char *text, gboolean only_check, GError **error)
{
  const char *const argv[] = { "nft", "-f", "-", only_check ? "-c" : NULL, NULL };
  g_autofree char *output = NULL;

  return run (argv, text, &output, error);
}

/* --terse omits the elements of sets, which can be many and are not needed. */
static GPtrArray *
list_filters (GError **error)
{
  static const char *const argv[] = { "nft", "--terse", "list", "ruleset", "netdev", NULL };
  g_autofree char *text = NULL;

  return run (argv, NULL, &text, error) ? nt_nftables_parse (text) : NULL;
}

/**
 * nt_packet_filters_are_possible:
 *
 * Makes nft and the kernel check filters for the loopback device, without creating them.
 *
 * Returns: %TRUE if filters are supported, which requires the program nft and the egress hook of Linux 5.16
 */
gboolean
nt_packet_filters_are_possible (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = nt_nftables_format ("lo", "lo lo", NULL);
  g_autoptr (GPtrArray) present = load (text, TRUE, &error) ? list_filters (&error) : NULL;

  if (present == NULL)
    g_debug ("filters are not supported: %s", error->message);
  return present != NULL;
}

static void
append_link (GString *list, const NtSnapshot *snapshot, const char *name)
{
  const NtLink *link = nt_snapshot_find (snapshot, name);

  g_string_append_printf (list, "%s %" G_GINT64_FORMAT "\n", name, link != NULL ? link->ifindex : 0);
}

/* Filters disappear with their link without an event; a new link of the same name has none. */
static char *
list_links (const NtSnapshot *snapshot, const GPtrArray *filters)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < filters->len; i++)
    {
      const NtPacketFilter *filter = filters->pdata[i];
      g_auto (GStrv) members = g_strsplit (filter->members, " ", -1);

      append_link (list, snapshot, filter->bond);
      for (guint j = 0; members[j] != NULL; j++)
        append_link (list, snapshot, members[j]);
    }
  return g_string_free (list, FALSE);
}

static gboolean
has_candidate (const NtSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->links->len; i++)
    {
      const NtLink *link = snapshot->links->pdata[i];

      if (link->bond != NULL && link->bond->options->mode == NT_BOND_BALANCE_XOR &&
          link->bond->options->xmit_hash_policy == NT_XMIT_VLAN_SRCMAC)
        return TRUE;
    }
  return FALSE;
}

static gboolean
events_cb (int fd, GIOCondition condition, gpointer user_data)
{
  NtPacketFilters *self = user_data;

  if (nt_netlink_drain (self->events, NULL, NULL))
    {
      forget (self);
      self->changed (self->user_data);
    }
  return G_SOURCE_CONTINUE;
}

/* Loading a complete ruleset deletes our tables, for example when the service nftables is restarted. */
static void
listen_once (NtPacketFilters *self)
{
  static const guint groups[] = { NFNLGRP_NFTABLES };
  g_autoptr (GError) error = NULL;

  if (self->events_source != 0)
    return;
  self->events = nt_netlink_open (NETLINK_NETFILTER, &error);
  if (self->events == NULL || !nt_netlink_listen (self->events, groups, G_N_ELEMENTS (groups), &error))
    {
      g_warning ("cannot watch the filters: %s", error->message);
      g_clear_pointer (&self->events, nt_netlink_close);
      return;
    }
  self->events_source = g_unix_fd_add (nt_netlink_get_fd (self->events), G_IO_IN | G_IO_ERR, events_cb, self);
}

/* Without nft there cannot be any filters of this agent. */
static GPtrArray *
list_filters_or_none (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *filters = list_filters (&error);

  if (filters == NULL)
    g_info ("cannot read the filters: %s", error->message);
  return filters != NULL ? filters : nt_records_new ();
}

static gboolean
is_current (NtPacketFilters *self, const NtSnapshot *snapshot)
{
  g_autofree char *links = self->present != NULL ? list_links (snapshot, self->present) : NULL;

  return links != NULL && g_str_equal (links, self->links);
}

/**
 * nt_packet_filters_read:
 * @snapshot: (inout): all links; receives the filters
 */
void
nt_packet_filters_read (NtPacketFilters *self, NtSnapshot *snapshot)
{
  gboolean has_some = self->events_source != 0 && (self->present == NULL || self->present->len > 0);

  if (!has_some && !has_candidate (snapshot))
    return;
  listen_once (self);
  if (!is_current (self, snapshot))
    {
      forget (self);
      self->present = list_filters_or_none ();
      g_free (self->links);
      self->links = list_links (snapshot, self->present);
    }
  for (guint i = 0; i < self->present->len; i++)
    g_ptr_array_add (snapshot->filters, nt_packet_filter_ref (self->present->pdata[i]));
}

/**
 * nt_packet_filters_apply:
 * @operation: NT_OPERATION_SET_FILTER or NT_OPERATION_REMOVE_FILTER
 * @error: NT_KERNEL_ERROR, with the message of nft
 *
 * Returns: %TRUE on success; otherwise nothing has changed
 */
gboolean
nt_packet_filters_apply (NtPacketFilters *self, const NtOperation *operation, GError **error)
{
  g_autofree char *text = NULL;

  if (operation->kind == NT_OPERATION_SET_FILTER)
    text = nt_nftables_format (operation->link, operation->value, error);
  else
    text = nt_nftables_format_removal (operation->link);
  if (text == NULL)
    return FALSE;
  listen_once (self);
  forget (self);
  return load (text, FALSE, error);
}
