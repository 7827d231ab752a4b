/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/rows/interface-row.h"

#include "app/rows/adapter-row.h"
#include "app/text/format.h"

struct _NtInterfaceRow
{
  NtRow parent_instance;
};

G_DEFINE_TYPE (NtInterfaceRow, nt_interface_row, NT_TYPE_ROW)

static const NtInterface *
get_interface (NtRow *row)
{
  return nt_row_get_record (row);
}

static void
get_name (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_interface (row)->name);
}

static void
get_vlan (NtRow *row, GValue *value)
{
  g_value_set_int64 (value, get_interface (row)->vlan);
}

static void
get_vlan_text (NtRow *row, GValue *value)
{
  g_value_take_string (value, nt_format_vlan (get_interface (row)->vlan));
}

static void
get_speed (NtRow *row, GValue *value)
{
  g_value_set_int64 (value, get_interface (row)->speed_mbps);
}

static void
get_speed_text (NtRow *row, GValue *value)
{
  g_value_take_string (value, nt_format_speed (get_interface (row)->speed_mbps));
}

static void
get_health (NtRow *row, GValue *value)
{
  g_value_set_int (value, nt_health_of_link_state (get_interface (row)->state));
}

static void
get_state_text (NtRow *row, GValue *value)
{
  g_value_set_string (value, nt_enum_label (&nt_link_state_enum, get_interface (row)->state));
}

static void
get_reason (NtRow *row, GValue *value)
{
  int reason = get_interface (row)->reason;

  g_value_set_string (value, reason >= 0 ? nt_enum_label (&nt_reason_enum, reason) : "");
}

static void
get_device (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_interface (row)->device);
}

static void
get_mac (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_interface (row)->mac);
}

static void
get_mtu (NtRow *row, GValue *value)
{
  g_value_set_int64 (value, get_interface (row)->mtu);
}

static void
get_mtu_text (NtRow *row, GValue *value)
{
  gint64 mtu = get_interface (row)->mtu;

  g_value_take_string (value, mtu >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, mtu) : NULL);
}

static void
get_addresses (NtRow *row, GValue *value)
{
  const NtInterface *interface = get_interface (row);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < interface->addresses->len; i++)
    {
      const NtAddress *address = g_ptr_array_index (interface->addresses, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", address->address);
    }
  g_value_take_string (value, g_string_free (text, FALSE));
}

static void
get_group (NtRow *row, GValue *value)
{
  g_value_set_string (value, nt_row_get_group (row));
}

static void
nt_interface_row_class_init (NtInterfaceRowClass *klass)
{
  static const NtRowColumn columns[] = {
    { "name", G_TYPE_STRING, get_name },
    { "vlan", G_TYPE_INT64, get_vlan },
    { "vlan-text", G_TYPE_STRING, get_vlan_text },
    { "speed", G_TYPE_INT64, get_speed },
    { "speed-text", G_TYPE_STRING, get_speed_text },
    { "health", G_TYPE_INT, get_health },
    { "status-text", G_TYPE_STRING, get_state_text },
    { "reason", G_TYPE_STRING, get_reason },
    { "device", G_TYPE_STRING, get_device },
    { "mac", G_TYPE_STRING, get_mac },
    { "mtu", G_TYPE_INT64, get_mtu },
    { "mtu-text", G_TYPE_STRING, get_mtu_text },
    { "addresses", G_TYPE_STRING, get_addresses },
    { "group", G_TYPE_STRING, get_group },
  };

  nt_row_class_install_columns (NT_ROW_CLASS (klass), columns, G_N_ELEMENTS (columns));
}

static void
nt_interface_row_init (NtInterfaceRow *self)
{
}

static void
collect_team (NtServer *server, const NtTeam *team, GPtrArray *rows)
{
  g_autofree char *group = g_strconcat (NT_GROUP_TEAM, team->name, NULL);

  for (guint i = 0; i < team->interfaces->len; i++)
    {
      const NtInterface *interface = g_ptr_array_index (team->interfaces, i);

      g_ptr_array_add (rows,
                       nt_row_new (NT_TYPE_INTERFACE_ROW, server, interface->device, interface, group));
    }
}

/**
 * nt_interface_row_collect:
 * @rows: (element-type NtRow): the interfaces of all teams of @server are appended
 */
void
nt_interface_row_collect (NtServer *server, GPtrArray *rows)
{
  const NtState *state = nt_server_get_state (server);

  for (guint i = 0; state != NULL && i < state->teams->len; i++)
    collect_team (server, g_ptr_array_index (state->teams, i), rows);
}
