/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/servers/server.h"
#include "app/text/health.h"

G_BEGIN_DECLS

#define NT_TYPE_ROW (nt_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (NtRow, nt_row, NT, ROW, GObject)

/**
 * NtRowColumn:
 * @name: the name of the property
 * @type: %G_TYPE_STRING, %G_TYPE_INT, %G_TYPE_INT64 or %G_TYPE_BOOLEAN
 * @get: reads the value from a row
 *
 * A property of rows that can be shown as a column.
 */
typedef struct
{
  const char *name;
  GType type;
  void (*get) (NtRow *self, GValue *value);
} NtRowColumn;

struct _NtRowClass
{
  GObjectClass parent_class;

  const NtRowColumn *columns;
};

void nt_row_class_install_columns (NtRowClass *klass, const NtRowColumn *columns, guint n_columns);

gpointer nt_row_new (GType type, NtServer *server, const char *key, gconstpointer record, const char *group);
NtServer *nt_row_get_server (NtRow *self);
const char *nt_row_get_key (NtRow *self);
const char *nt_row_get_group (NtRow *self);
gconstpointer nt_row_get_record (NtRow *self);
gboolean nt_row_is_same (NtRow *self, NtRow *other);
gboolean nt_row_update_from (NtRow *self, NtRow *newer);

G_END_DECLS
