/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/kernel/filters/packet-filters.h"

#include "backend/kernel/base/kernel.h"
#include "backend/kernel/filters/nft.h"
#include "backend/kernel/filters/nftables.h"
#include "backend/kernel/netlink/netlink.h"

#include <errno.h>
#include <glib-unix.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

/* Delay before nft is tried again after it has failed outside of a change, if no event comes before. */
#define RETRY_S 10

struct _NtFilters
{
  NtPacketFiltersFunc changed;
  gpointer user_data;

  GPtrArray *present;    /* of NtPacketFilter, as last read; NULL = have to be read */
  char *links;           /* the links that they are attached to, as last read */
  NtSnapshot *snapshot;  /* the last one that was completed */
  NtSnapshot *read_with; /* the last one at the beginning of the last reading */
  GCancellable *reading; /* of the nft that lists them; NULL = none runs */
  gboolean is_stale;     /* they have changed since the beginning of the last reading */
  GHashTable *updates;   /* name of a bond -> Update; those in progress */

  NtNetlink *events; /* NULL until there are filters to watch */
  guint events_source;
  guint retry_source;
};

/* An nft that changes the filters of one bond, outside of a change by a client. */
typedef struct
{
  char *text; /* the commands that it runs */
  GCancellable *cancellable;
} Update;

/* Kills nft, if it has not ended. In the kernel a transaction is atomic, and the next one waits for its end. */
static void
update_free (gpointer data)
{
  Update *update = data;

  g_cancellable_cancel (update->cancellable);
  g_object_unref (update->cancellable);
  g_free (update->text);
  g_free (update);
}

/**
 * nt_packet_filters_new:
 * @changed: called when the filters differ from what was read last, or nft is to be tried again
 *
 * Returns: (transfer full): the filters of this network namespace
 */
NtPacketFilters *
nt_packet_filters_new (NtPacketFiltersFunc changed, gpointer user_data)
{
  NtPacketFilters *self = g_new0 (NtPacketFilters, 1);

  self->changed = changed;
  self->user_data = user_data;
  self->updates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, update_free);
  return self;
}

static void
stop_reading (NtPacketFilters *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

/* Ends everything that runs besides a change. */
static void
stop_all (NtPacketFilters *self)
{
  stop_reading (self);
  g_hash_table_remove_all (self->updates);
}

void
nt_packet_filters_free (NtPacketFilters *self)
{
  stop_all (self);
  g_hash_table_unref (self->updates);
  g_clear_pointer (&self->present, g_ptr_array_unref);
  g_free (self->links);
  g_clear_pointer (&self->snapshot, nt_snapshot_unref);
  g_clear_pointer (&self->read_with, nt_snapshot_unref);
  g_clear_handle_id (&self->events_source, g_source_remove);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_pointer (&self->events, nt_netlink_close);
  g_free (self);
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

static void start_reading (NtPacketFilters *self);

static gboolean
events_cb (int fd, GIOCondition condition, gpointer user_data)
{
  NtPacketFilters *self = user_data;

  if (nt_netlink_drain (self->events, NULL, NULL))
    {
      self->is_stale = TRUE;
      start_reading (self);
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

static gboolean
retry_cb (gpointer user_data)
{
  NtPacketFilters *self = user_data;

  self->retry_source = 0;
  self->is_stale = TRUE;
  start_reading (self);
  self->changed (self->user_data);
  return G_SOURCE_REMOVE;
}

static void
retry_later (NtPacketFilters *self)
{
  if (self->retry_source == 0)
    self->retry_source = g_timeout_add_seconds (RETRY_S, retry_cb, self);
}

/* If nft fails, the last known filters are kept; without nft there cannot be any of this agent. */
static GPtrArray *
replace_missing (NtPacketFilters *self, const GError *error)
{
  g_warning ("cannot read the filters: %s", error->message);
  retry_later (self);
  return self->present != NULL ? g_ptr_array_ref (self->present) : nt_records_new ();
}

static gboolean
are_equal (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!nt_record_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Takes @filters. If a link has been replaced since the beginning of the reading, its filters may have gone: they are read
 * again when that is noticed. */
static void
set_present (NtPacketFilters *self, GPtrArray *filters)
{
  g_clear_pointer (&self->present, g_ptr_array_unref);
  self->present = filters;
  g_free (self->links);
  self->links = list_links (self->read_with, filters);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *filters = nt_nft_list_finish (result, &error);
  NtPacketFilters *self = user_data;
  g_autoptr (GPtrArray) before = NULL;

  /* The filters may have been freed. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  before = self->present ? g_ptr_array_ref (self->present) : nt_records_new ();
  set_present (self, filters ? filters : replace_missing (self, error));
  if (self->is_stale)
    start_reading (self);
  if (!are_equal (before, self->present))
    self->changed (self->user_data);
}

static void
note_reading (NtPacketFilters *self)
{
  self->is_stale = FALSE;
  g_clear_pointer (&self->read_with, nt_snapshot_unref);
  self->read_with = nt_snapshot_ref (self->snapshot);
}

/* Events that come meanwhile make it start again at its end. */
static void
start_reading (NtPacketFilters *self)
{
  if (self->reading != NULL || self->snapshot == NULL)
    return;
  note_reading (self);
  self->reading = g_cancellable_new ();
  nt_nft_list_async (self->reading, read_cb, self);
}

static void
read_now (NtPacketFilters *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *filters;

  stop_all (self);
  note_reading (self);
  filters = nt_nft_list (&error);
  set_present (self, filters ? filters : replace_missing (self, error));
}

static gboolean
is_current (NtPacketFilters *self)
{
  g_autofree char *links = self->present != NULL ? list_links (self->snapshot, self->present) : NULL;

  return links != NULL && g_str_equal (links, self->links);
}

static gboolean
is_certain (NtPacketFilters *self)
{
  return is_current (self) && !self->is_stale && self->reading == NULL && g_hash_table_size (self->updates) == 0;
}

/**
 * nt_packet_filters_read:
 * @snapshot: (inout): all links; receives the filters
 * @waits: %TRUE to wait for nft, up to 2 s, if they may have changed; otherwise the last known ones are used, and
 *   NtPacketFiltersFunc reports the difference later
 */
void
nt_packet_filters_read (NtPacketFilters *self, NtSnapshot *snapshot, gboolean waits)
{
  gboolean has_some = self->events_source != 0 && (self->present == NULL || self->present->len > 0);

  if (!has_some && !has_candidate (snapshot))
    return;
  listen_once (self);
  g_clear_pointer (&self->snapshot, nt_snapshot_unref);
  self->snapshot = nt_snapshot_ref (snapshot);
  if (waits && !is_certain (self))
    read_now (self);
  else if (!is_current (self))
    start_reading (self);
  for (guint i = 0; self->present != NULL && i < self->present->len; i++)
    g_ptr_array_add (snapshot->filters, nt_packet_filter_ref (self->present->pdata[i]));
}

static char *
format (const NtOperation *operation, GError **error)
{
  g_autofree char *members = nt_strings_join (operation->devices, " ");

  if (operation->kind == NT_OPERATION_SET_FILTER)
    return nt_nftables_format (operation->link, members, error);
  return nt_nftables_format_removal (operation->link);
}

/**
 * nt_packet_filters_apply:
 * @operation: NT_OPERATION_SET_FILTER or NT_OPERATION_REMOVE_FILTER
 * @error: NT_KERNEL_ERROR, with the message of nft
 *
 * Waits for nft, up to 2 s.
 *
 * Returns: %TRUE on success; otherwise nothing has changed
 */
gboolean
nt_packet_filters_apply (NtPacketFilters *self, const NtOperation *operation, GError **error)
{
  g_autofree char *text = format (operation, error);

  if (text == NULL)
    return FALSE;
  listen_once (self);
  stop_all (self);
  self->is_stale = TRUE;
  if (!nt_nft_load (text, error))
    return FALSE;
  g_clear_pointer (&self->present, g_ptr_array_unref);
  return TRUE;
}

/* An nft for nt_packet_filters_apply_async(). */
typedef struct
{
  NtPacketFilters *filters;
  char *bond;
} Loading;

static void
loading_free (gpointer data)
{
  Loading *loading = data;

  g_free (loading->bond);
  g_free (loading);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean is_loaded = nt_nft_load_finish (result, &error);

  /* If it was cancelled, the filters may have been freed. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_hash_table_remove (loading->filters->updates, loading->bond);
  if (is_loaded)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (error->domain == NT_KERNEL_ERROR)
    retry_later (loading->filters);
  g_task_return_error (task, error);
}

static void
start_update (NtPacketFilters *self, const NtOperation *operation, const char *text, GTask *task)
{
  Update *update = g_new0 (Update, 1);
  Loading *loading = g_new0 (Loading, 1);

  update->text = g_strdup (text);
  update->cancellable = g_cancellable_new ();
  g_hash_table_replace (self->updates, g_strdup (operation->link), update);
  loading->filters = self;
  loading->bond = g_strdup (operation->link);
  g_task_set_task_data (task, loading, loading_free);
  nt_nft_load_async (text, update->cancellable, loaded_cb, task);
}

/**
 * nt_packet_filters_apply_async:
 * @operation: NT_OPERATION_SET_FILTER or NT_OPERATION_REMOVE_FILTER
 *
 * As nt_packet_filters_apply(), without waiting; calls back with a #GTask of a boolean. An operation on the same bond
 * that is in progress is cancelled, and so are all of them by nt_packet_filters_apply() and by a reading that waits.
 */
void
nt_packet_filters_apply_async (NtPacketFilters *self,
                               const NtOperation *operation,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  const Update *present = g_hash_table_lookup (self->updates, operation->link);
  GError *error = NULL;
  g_autofree char *text = format (operation, &error);

  if (text == NULL)
    g_task_return_error (task, error);
  else if (present != NULL && g_strcmp0 (present->text, text) == 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "the same operation is in progress");
  else
    {
      listen_once (self);
      start_update (self, operation, text, g_steal_pointer (&task));
    }
}
