/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/rows/row-list.h"

struct _NtRowList
{
  GObject parent_instance;

  NtRowCollectFunc collect;
  GListModel *servers;
  GPtrArray *watched; /* of NtServer: those with signal handlers */
  GPtrArray *rows;    /* of NtRow */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_TYPE_WITH_CODE (NtRowList,
                         nt_row_list,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Keeps the objects of rows that still exist, so that they stay selected. Returns those whose contents have changed. */
static GPtrArray *
keep_old_rows (GPtrArray *old_rows, GPtrArray *new_rows)
{
  GPtrArray *changed = g_ptr_array_new ();

  for (guint i = 0; i < new_rows->len; i++)
    for (guint j = 0; j < old_rows->len; j++)
      {
        NtRow *old = g_ptr_array_index (old_rows, j);
        g_autoptr (NtRow) new = NULL;

        if (!nt_row_is_same (old, g_ptr_array_index (new_rows, i)))
          continue;
        new = g_ptr_array_index (new_rows, i);
        g_ptr_array_index (new_rows, i) = g_object_ref (old);
        if (nt_row_update_from (old, new))
          g_ptr_array_add (changed, old);
        break;
      }
  return changed;
}

static gboolean
is_untouched (gpointer old, gpointer new, GPtrArray *changed)
{
  return old == new && !g_ptr_array_find (changed, new, NULL);
}

/* Emits items-changed for the smallest range that differs. It includes rows with new contents, since sorters and
 * filters look at a row only then. */
static void
replace_rows (NtRowList *self, GPtrArray *rows, GPtrArray *changed)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->rows);
  guint shorter = MIN (old->len, rows->len);
  guint head = 0, tail = 0;

  self->rows = rows;
  while (head < shorter && is_untouched (old->pdata[head], rows->pdata[head], changed))
    head++;
  while (tail < shorter - head &&
         is_untouched (old->pdata[old->len - 1 - tail], rows->pdata[rows->len - 1 - tail], changed))
    tail++;
  if (head + tail < old->len || head + tail < rows->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, rows->len - head - tail);
}

static void
update (NtRowList *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) changed = NULL;

  for (guint i = 0; i < self->watched->len; i++)
    self->collect (g_ptr_array_index (self->watched, i), rows);
  changed = keep_old_rows (self->rows, rows);
  replace_rows (self, rows, changed);
}

static void
stop_watching (NtRowList *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->watched, i), self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
watch_servers (NtRowList *self)
{
  guint count = self->servers ? g_list_model_get_n_items (self->servers) : 0;

  stop_watching (self);
  for (guint i = 0; i < count; i++)
    {
      NtServer *server = g_list_model_get_item (self->servers, i);

      g_signal_connect_swapped (server, "state-changed", G_CALLBACK (update), self);
      g_ptr_array_add (self->watched, server);
    }
  update (self);
}

static void
nt_row_list_dispose (GObject *object)
{
  NtRowList *self = NT_ROW_LIST (object);

  stop_watching (self);
  if (self->servers != NULL)
    g_signal_handlers_disconnect_by_data (self->servers, self);
  g_clear_object (&self->servers);

  G_OBJECT_CLASS (nt_row_list_parent_class)->dispose (object);
}

static void
nt_row_list_finalize (GObject *object)
{
  NtRowList *self = NT_ROW_LIST (object);

  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (nt_row_list_parent_class)->finalize (object);
}

static GType
get_item_type (GListModel *model)
{
  return NT_TYPE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return NT_ROW_LIST (model)->rows->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  NtRowList *self = NT_ROW_LIST (model);

  return position < self->rows->len ? g_object_ref (g_ptr_array_index (self->rows, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
nt_row_list_class_init (NtRowListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = nt_row_list_dispose;
  object_class->finalize = nt_row_list_finalize;
}

static void
nt_row_list_init (NtRowList *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * nt_row_list_new:
 * @collect: creates the rows of one server
 *
 * Returns: (transfer full): a list without servers
 */
NtRowList *
nt_row_list_new (NtRowCollectFunc collect)
{
  NtRowList *self = g_object_new (NT_TYPE_ROW_LIST, NULL);

  self->collect = collect;
  return self;
}

/**
 * nt_row_list_set_servers:
 * @servers: (nullable): a list of NtServer
 *
 * Sets the servers whose rows are listed. The list follows changes of @servers and of their states.
 */
void
nt_row_list_set_servers (NtRowList *self, GListModel *servers)
{
  if (self->servers == servers)
    return;
  if (self->servers != NULL)
    g_signal_handlers_disconnect_by_data (self->servers, self);
  g_set_object (&self->servers, servers);
  if (servers != NULL)
    g_signal_connect_swapped (servers, "items-changed", G_CALLBACK (watch_servers), self);
  watch_servers (self);
}

/**
 * nt_row_list_find:
 * @key: identifies the row on @server
 *
 * Returns: (transfer none) (nullable): the row
 */
NtRow *
nt_row_list_find (NtRowList *self, NtServer *server, const char *key)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      NtRow *row = g_ptr_array_index (self->rows, i);

      if (nt_row_get_server (row) == server && g_str_equal (nt_row_get_key (row), key))
        return row;
    }
  return NULL;
}
