/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/servers/event-history.h"

/* Maximum number of events of each server, to limit memory with a thousand servers. */
#define MOST 200

struct _NtEventHistory
{
  GObject parent_instance;

  char *server;
  GPtrArray *items; /* of NtEventItem */
};

static GType
get_item_type (GListModel *model)
{
  return NT_TYPE_EVENT_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return NT_EVENT_HISTORY (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  NtEventHistory *self = NT_EVENT_HISTORY (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_TYPE_WITH_CODE (NtEventHistory,
                         nt_event_history,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
nt_event_history_finalize (GObject *object)
{
  NtEventHistory *self = NT_EVENT_HISTORY (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->server, g_free);

  G_OBJECT_CLASS (nt_event_history_parent_class)->finalize (object);
}

static void
nt_event_history_class_init (NtEventHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_event_history_finalize;
}

static void
nt_event_history_init (NtEventHistory *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * nt_event_history_new:
 * @server: the name of the server
 *
 * Returns: (transfer full): an empty history
 */
NtEventHistory *
nt_event_history_new (const char *server)
{
  NtEventHistory *self = g_object_new (NT_TYPE_EVENT_HISTORY, NULL);

  self->server = g_strdup (server);
  return self;
}

/* Replaces all events after the first @n_kept ones, then removes the oldest beyond the maximum. */
static void
splice (NtEventHistory *self, guint n_kept, const GPtrArray *events)
{
  guint n_removed = self->items->len - n_kept;
  guint n_old;

  g_ptr_array_set_size (self->items, (int) n_kept);
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (self->items, nt_event_item_new (self->server, events->pdata[i]));
  if (n_removed + events->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), n_kept, n_removed, events->len);

  n_old = self->items->len > MOST ? self->items->len - MOST : 0;
  if (n_old == 0)
    return;
  g_ptr_array_remove_range (self->items, 0, n_old);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, 0);
}

/**
 * nt_event_history_append:
 * @events: (element-type NtEvent): new events
 */
void
nt_event_history_append (NtEventHistory *self, const GPtrArray *events)
{
  splice (self, self->items->len, events);
}

/* Counts the items that are older than all of @events. */
static guint
count_before (NtEventHistory *self, const GPtrArray *events)
{
  guint n = 0;

  if (events->len == 0)
    return self->items->len;
  while (n < self->items->len &&
         nt_event_item_get_event (self->items->pdata[n])->time_ms < ((const NtEvent *) events->pdata[0])->time_ms)
    n++;
  return n;
}

/**
 * nt_event_history_replace:
 * @events: (element-type NtEvent): all events that the agent remembers
 *
 * Called after a reconnection, when the agent sends its events again. Older items are kept.
 */
void
nt_event_history_replace (NtEventHistory *self, const GPtrArray *events)
{
  splice (self, count_before (self, events), events);
}
