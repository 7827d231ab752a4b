/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/rows/adapter-row.h"

#include <glib/gi18n-lib.h>

#include "app/text/format.h"

struct _NtAdapterRow
{
  NtRow parent_instance;
};

G_DEFINE_TYPE (NtAdapterRow, nt_adapter_row, NT_TYPE_ROW)

static const NtAdapter *
get_adapter (NtRow *row)
{
  return nt_row_get_record (row);
}

static void
get_name (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_adapter (row)->name);
}

/* Some drivers keep reporting the last speed when the carrier is lost. */
static gint64
get_current_speed (NtRow *row)
{
  return get_adapter (row)->carrier ? get_adapter (row)->speed_mbps : -1;
}

static void
get_speed (NtRow *row, GValue *value)
{
  g_value_set_int64 (value, get_current_speed (row));
}

static void
get_speed_text (NtRow *row, GValue *value)
{
  g_value_take_string (value, nt_format_speed (get_current_speed (row)));
}

static void
get_health (NtRow *row, GValue *value)
{
  const NtAdapter *adapter = get_adapter (row);

  /* A free adapter that is disabled on purpose is not a fault. */
  if (adapter->team == NULL && adapter->state == NT_LINK_STATE_FAULTED)
    g_value_set_int (value, NT_HEALTH_IDLE);
  else
    g_value_set_int (value, nt_health_of_link_state (adapter->state));
}

static const char *
get_free_state (const NtAdapter *adapter)
{
  if (!adapter->enabled)
    return _("Disabled");
  return adapter->carrier ? _("Connected") : _("Disconnected");
}

static void
get_state_text (NtRow *row, GValue *value)
{
  const NtAdapter *adapter = get_adapter (row);

  if (adapter->team == NULL)
    g_value_set_string (value, get_free_state (adapter));
  else
    g_value_set_string (value, nt_enum_label (&nt_link_state_enum, adapter->state));
}

static void
get_reason (NtRow *row, GValue *value)
{
  const NtAdapter *adapter = get_adapter (row);
  int obstacle = adapter->obstacles->len > 0
                   ? nt_enum_parse (&nt_obstacle_enum, g_ptr_array_index (adapter->obstacles, 0))
                   : -1;

  if (adapter->team == NULL && obstacle >= 0)
    g_value_set_string (value, nt_enum_label (&nt_obstacle_enum, obstacle));
  else if (adapter->team != NULL && adapter->reason >= 0)
    g_value_set_string (value, nt_enum_label (&nt_reason_enum, adapter->reason));
  else
    g_value_set_string (value, "");
}

static void
get_description (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_adapter (row)->description);
}

static void
get_mac (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_adapter (row)->mac);
}

static void
get_driver (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_adapter (row)->driver);
}

static void
get_bus (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_adapter (row)->bus);
}

static void
get_mtu (NtRow *row, GValue *value)
{
  g_value_set_int (value, get_adapter (row)->mtu);
}

static void
get_group (NtRow *row, GValue *value)
{
  g_value_set_string (value, nt_row_get_group (row));
}

static void
nt_adapter_row_class_init (NtAdapterRowClass *klass)
{
  static const NtRowColumn columns[] = {
    { "name", G_TYPE_STRING, get_name },
    { "speed", G_TYPE_INT64, get_speed },
    { "speed-text", G_TYPE_STRING, get_speed_text },
    { "health", G_TYPE_INT, get_health },
    { "status-text", G_TYPE_STRING, get_state_text },
    { "reason", G_TYPE_STRING, get_reason },
    { "description", G_TYPE_STRING, get_description },
    { "mac", G_TYPE_STRING, get_mac },
    { "driver", G_TYPE_STRING, get_driver },
    { "bus", G_TYPE_STRING, get_bus },
    { "mtu", G_TYPE_INT, get_mtu },
    { "group", G_TYPE_STRING, get_group },
  };

  nt_row_class_install_columns (NT_ROW_CLASS (klass), columns, G_N_ELEMENTS (columns));
}

static void
nt_adapter_row_init (NtAdapterRow *self)
{
}

static char *
find_group (const NtState *state, const NtAdapter *adapter)
{
  const NtTeam *team = adapter->team ? nt_state_find_team (state, adapter->team) : NULL;

  if (team != NULL)
    return g_strconcat (NT_GROUP_TEAM, team->name, NULL);
  return g_strdup (adapter->obstacles->len == 0 ? NT_GROUP_AVAILABLE : NT_GROUP_NOT_TEAMABLE);
}

/**
 * nt_adapter_row_collect:
 * @rows: (element-type NtRow): the adapters of @server are appended
 */
void
nt_adapter_row_collect (NtServer *server, GPtrArray *rows)
{
  const NtState *state = nt_server_get_state (server);

  for (guint i = 0; state != NULL && i < state->adapters->len; i++)
    {
      const NtAdapter *adapter = g_ptr_array_index (state->adapters, i);
      g_autofree char *group = find_group (state, adapter);

      g_ptr_array_add (rows, nt_row_new (NT_TYPE_ADAPTER_ROW, server, adapter->name, adapter, group));
    }
}

/**
 * nt_rows_get_group_title:
 * @group: a group of adapters or interfaces
 *
 * Returns: (transfer full): its title, translated
 */
char *
nt_rows_get_group_title (const char *group)
{
  if (group == NULL)
    return g_strdup ("");
  if (g_str_has_prefix (group, NT_GROUP_AVAILABLE))
    return g_strdup (_("Available for Teams"));
  if (g_str_has_prefix (group, NT_GROUP_NOT_TEAMABLE))
    return g_strdup (_("Not Teamable"));
  return g_strdup (group + 1);
}
