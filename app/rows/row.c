/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/rows/row.h"

typedef struct
{
  NtServer *server;
  char *key;
  char *group;
  gpointer record;
} NtRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (NtRow, nt_row, G_TYPE_OBJECT)

#define PRIVATE(self) ((NtRowPrivate *) nt_row_get_instance_private (self))

static GParamSpec *
make_property (const NtRowColumn *column)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  switch (column->type)
    {
    case G_TYPE_INT:
      return g_param_spec_int (column->name, NULL, NULL, G_MININT, G_MAXINT, 0, flags);
    case G_TYPE_INT64:
      return g_param_spec_int64 (column->name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case G_TYPE_BOOLEAN:
      return g_param_spec_boolean (column->name, NULL, NULL, FALSE, flags);
    default:
      return g_param_spec_string (column->name, NULL, NULL, NULL, flags);
    }
}

static void
notify_all (NtRow *self)
{
  guint count;
  g_autofree GParamSpec **properties =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (self), &count);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < count; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
nt_row_finalize (GObject *object)
{
  NtRowPrivate *priv = PRIVATE (NT_ROW (object));

  g_clear_object (&priv->server);
  g_clear_pointer (&priv->key, g_free);
  g_clear_pointer (&priv->group, g_free);
  g_clear_pointer (&priv->record, nt_record_unref);

  G_OBJECT_CLASS (nt_row_parent_class)->finalize (object);
}

static void
nt_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NT_ROW_GET_CLASS (object)->columns[id - 1].get (NT_ROW (object), value);
}

static void
nt_row_class_init (NtRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_row_finalize;
}

static void
nt_row_init (NtRow *self)
{
}

/**
 * nt_row_class_install_columns:
 * @columns: (array length=n_columns): must be static
 *
 * Installs a property for each column.
 */
void
nt_row_class_install_columns (NtRowClass *klass, const NtRowColumn *columns, guint n_columns)
{
  klass->columns = columns;
  G_OBJECT_CLASS (klass)->get_property = nt_row_get_property; /* not inherited */
  for (guint i = 0; i < n_columns; i++)
    g_object_class_install_property (G_OBJECT_CLASS (klass), i + 1, make_property (&columns[i]));
}

/**
 * nt_row_new:
 * @type: a subclass of NtRow
 * @key: identifies the row on @server
 * @record: the contents
 * @group: the section; sections are sorted alphabetically
 *
 * Returns: (transfer full): a row
 */
gpointer
nt_row_new (GType type, NtServer *server, const char *key, gconstpointer record, const char *group)
{
  NtRow *self = g_object_new (type, NULL);
  NtRowPrivate *priv = PRIVATE (self);

  priv->server = g_object_ref (server);
  priv->key = g_strdup (key);
  priv->record = nt_record_ref (record);
  priv->group = g_strdup (group);
  return self;
}

/**
 * nt_row_get_server:
 *
 * Returns: (transfer none):
 */
NtServer *
nt_row_get_server (NtRow *self)
{
  return PRIVATE (self)->server;
}

/**
 * nt_row_get_key:
 *
 * Returns: the key that identifies the row on its server
 */
const char *
nt_row_get_key (NtRow *self)
{
  return PRIVATE (self)->key;
}

/**
 * nt_row_get_group:
 *
 * Returns: (nullable): the section
 */
const char *
nt_row_get_group (NtRow *self)
{
  return PRIVATE (self)->group;
}

/**
 * nt_row_get_record:
 *
 * Returns: (transfer none): the contents, valid until the next change
 */
gconstpointer
nt_row_get_record (NtRow *self)
{
  return PRIVATE (self)->record;
}

/**
 * nt_row_is_same:
 *
 * Returns: %TRUE if both rows represent the same object, perhaps in different states
 */
gboolean
nt_row_is_same (NtRow *self, NtRow *other)
{
  return PRIVATE (self)->server == PRIVATE (other)->server &&
         g_str_equal (PRIVATE (self)->key, PRIVATE (other)->key);
}

/**
 * nt_row_update_from:
 * @newer: a row of the same object
 *
 * Copies the contents of @newer.
 *
 * Returns: %TRUE if that changed anything
 */
gboolean
nt_row_update_from (NtRow *self, NtRow *newer)
{
  NtRowPrivate *old = PRIVATE (self), *new = PRIVATE (newer);

  if (nt_record_equal (old->record, new->record) && g_strcmp0 (old->group, new->group) == 0)
    return FALSE;

  nt_record_unref (old->record);
  old->record = nt_record_ref (new->record);
  g_free (old->group);
  old->group = g_strdup (new->group);
  notify_all (self);
  return TRUE;
}
