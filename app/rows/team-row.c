/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/rows/team-row.h"

#include <glib/gi18n-lib.h>

#include "app/text/format.h"
#include "app/text/status-reasons.h"

struct _NtTeamRow
{
  NtRow parent_instance;
};

G_DEFINE_TYPE (NtTeamRow, nt_team_row, NT_TYPE_ROW)

static const NtTeam *
get_team (NtRow *row)
{
  return nt_row_get_record (row);
}

static void
get_name (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_team (row)->name);
}

static void
get_health (NtRow *row, GValue *value)
{
  g_value_set_int (value, nt_health_of_team (get_team (row)));
}

static void
get_status_text (NtRow *row, GValue *value)
{
  const char *status = nt_enum_label (&nt_status_enum, get_team (row)->status);

  if (get_team (row)->drift->len > 0)
    /* Translators: the status of a team that differs from its definition, as in “OK, with drift”. */
    g_value_take_string (value, g_strdup_printf (_("%s, with drift"), status));
  else
    g_value_set_string (value, status);
}

static void
get_mode (NtRow *row, GValue *value)
{
  g_value_set_string (value, nt_enum_label (&nt_team_mode_enum, get_team (row)->mode));
}

static void
get_balance (NtRow *row, GValue *value)
{
  g_value_set_string (value, nt_enum_label (&nt_balance_enum, get_team (row)->balance));
}

static void
get_n_members (NtRow *row, GValue *value)
{
  g_value_set_int (value, get_team (row)->members->len);
}

static void
get_server_name (NtRow *row, GValue *value)
{
  g_value_set_string (value, nt_server_get_name (nt_row_get_server (row)));
}

static void
get_speed (NtRow *row, GValue *value)
{
  g_value_set_int64 (value, get_team (row)->speed_mbps);
}

static void
get_speed_text (NtRow *row, GValue *value)
{
  g_value_take_string (value, nt_format_speed (get_team (row)->speed_mbps));
}

static void
get_device (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_team (row)->device);
}

static void
get_mac (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_team (row)->mac);
}

static void
get_partner (NtRow *row, GValue *value)
{
  g_value_set_string (value, get_team (row)->partner_mac);
}

static void
get_detail (NtRow *row, GValue *value)
{
  g_value_take_string (value, nt_status_reasons_of_team (get_team (row)));
}

static void
get_note (NtRow *row, GValue *value)
{
  const NtTeam *team = get_team (row);
  g_autofree char *owner = team->owner ? nt_owner_describe (team->owner) : NULL;

  if (team->managed)
    return;
  if (owner != NULL)
    g_value_take_string (value, g_strdup_printf (_("Configured by %s: read-only, but it can be adopted"), owner));
  else
    g_value_set_string (value, _("Created manually or by another tool: read-only, but it can be adopted"));
}

static void
nt_team_row_class_init (NtTeamRowClass *klass)
{
  static const NtRowColumn columns[] = {
    { "name", G_TYPE_STRING, get_name },
    { "health", G_TYPE_INT, get_health },
    { "status-text", G_TYPE_STRING, get_status_text },
    { "mode", G_TYPE_STRING, get_mode },
    { "balance", G_TYPE_STRING, get_balance },
    { "n-members", G_TYPE_INT, get_n_members },
    { "server-name", G_TYPE_STRING, get_server_name },
    { "speed", G_TYPE_INT64, get_speed },
    { "speed-text", G_TYPE_STRING, get_speed_text },
    { "device", G_TYPE_STRING, get_device },
    { "mac", G_TYPE_STRING, get_mac },
    { "partner", G_TYPE_STRING, get_partner },
    { "detail", G_TYPE_STRING, get_detail },
    { "note", G_TYPE_STRING, get_note },
  };

  nt_row_class_install_columns (NT_ROW_CLASS (klass), columns, G_N_ELEMENTS (columns));
}

static void
nt_team_row_init (NtTeamRow *self)
{
}

/**
 * nt_team_row_collect:
 * @rows: (element-type NtRow): the teams of @server are appended
 */
void
nt_team_row_collect (NtServer *server, GPtrArray *rows)
{
  const NtState *state = nt_server_get_state (server);

  for (guint i = 0; state != NULL && i < state->teams->len; i++)
    {
      const NtTeam *team = g_ptr_array_index (state->teams, i);

      g_ptr_array_add (rows, nt_row_new (NT_TYPE_TEAM_ROW, server, team->id, team, NULL));
    }
}
