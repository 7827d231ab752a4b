/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/commands/lists.h"

#include <glib/gi18n-lib.h>

#include "app/cli/frame/selection.h"
#include "app/cli/frame/session-apply.h"
#include "app/cli/print/fact-lines.h"
#include "app/text/format.h"

static char *
join_member_names (const NtTeam *team)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < team->members->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((NtMember *) team->members->pdata[i])->adapter);
  return g_string_free (names, FALSE);
}

static void
add_team (NtSession *session, NtOutput *output, const NtTeam *team)
{
  g_autofree char *members = join_member_names (team);

  nt_output_begin_row (output, nt_session_get_server (session));
  nt_output_add_cell (output, team->name);
  nt_output_add_health (output, nt_health_of_status (team->status), nt_enum_label (&nt_status_enum, team->status));
  nt_output_add_cell (output, nt_enum_label (&nt_team_mode_enum, team->mode));
  nt_output_add_cell (output, nt_enum_label (&nt_balance_enum, team->balance));
  nt_output_add_cell (output, team->device);
  nt_output_add_cell (output, members);
}

/**
 * nt_lists_add_teams:
 *
 * Lists the selected teams.
 *
 * Returns: the exit status
 */
NtExit
nt_lists_add_teams (NtSession *session, NtInvocation *invocation)
{
  static const char *const titles[] = { N_("TEAM"), N_("STATUS"), N_("TEAMING MODE"), N_("LOAD BALANCING"),
                                        N_("DEVICE"), N_("ADAPTERS"), NULL };
  NtExit code = NT_EXIT_OK;
  g_autoptr (GPtrArray) teams = nt_selection_find_teams (session, invocation->arguments, &code);

  if (teams == NULL)
    return code;
  nt_output_set_columns (invocation->output, titles);
  for (guint i = 0; i < teams->len; i++)
    add_team (session, invocation->output, teams->pdata[i]);
  nt_output_add_json (invocation->output, nt_session_get_server (session), "teams", nt_facts_records_to_node (teams));
  return NT_EXIT_OK;
}

static void
add_member (NtSession *session, NtOutput *output, const NtTeam *team, const NtMember *member)
{
  g_autofree char *speed = nt_format_speed (member->speed_mbps);
  g_autofree char *failures = g_strdup_printf ("%" G_GINT64_FORMAT, member->link_failures);

  nt_output_begin_row (output, nt_session_get_server (session));
  nt_output_add_cell (output, team->name);
  nt_output_add_cell (output, member->adapter);
  nt_output_add_cell (output, nt_enum_label (&nt_role_enum, member->role));
  nt_output_add_health (output, nt_health_of_link_state (member->state), nt_enum_label (&nt_link_state_enum, member->state));
  nt_output_add_cell (output, speed);
  nt_output_add_cell (output, failures);
  nt_output_add_cell (output, member->defined ? nt_enum_label (&nt_reason_enum, member->reason) : _("Not in the definition"));
}

/**
 * nt_lists_add_members_of:
 * @pattern: (nullable): lists only matching members
 */
void
nt_lists_add_members_of (NtSession *session, NtInvocation *invocation, const NtTeam *team, const char *pattern)
{
  static const char *const titles[] = { N_("TEAM"), N_("ADAPTER"), N_("ROLE"), N_("STATE"), N_("SPEED"),
                                        N_("LINK FAILURES"), N_("REASON"), NULL };

  nt_output_set_columns (invocation->output, titles);
  for (guint i = 0; i < team->members->len; i++)
    if (pattern == NULL || nt_selection_matches (pattern, ((NtMember *) team->members->pdata[i])->adapter))
      add_member (session, invocation->output, team, team->members->pdata[i]);
}

static void
add_interface (NtSession *session, NtOutput *output, const NtTeam *team, const NtInterface *interface)
{
  g_autofree char *vlan = nt_format_vlan (interface->vlan);
  g_autofree char *addresses = nt_facts_join_addresses (interface->addresses);

  nt_output_begin_row (output, nt_session_get_server (session));
  nt_output_add_cell (output, team->name);
  nt_output_add_cell (output, interface->name);
  nt_output_add_cell (output, vlan);
  nt_output_add_cell (output, interface->device);
  nt_output_add_health (output, nt_health_of_link_state (interface->state),
                        nt_enum_label (&nt_link_state_enum, interface->state));
  nt_output_add_cell (output, interface->primary ? _("yes") : _("no"));
  nt_output_add_cell (output, addresses);
  nt_output_add_cell (output, nt_enum_label (&nt_reason_enum, interface->reason));
}

/**
 * nt_lists_is_interface:
 * @pattern: (nullable): a name or device, or a pattern
 *
 * Returns: %TRUE if @interface matches @pattern
 */
gboolean
nt_lists_is_interface (const NtInterface *interface, const char *pattern)
{
  return pattern == NULL || nt_selection_matches (pattern, interface->name) ||
         nt_selection_matches (pattern, interface->device);
}

/**
 * nt_lists_add_interfaces_of:
 * @pattern: (nullable): lists only matching interfaces
 */
void
nt_lists_add_interfaces_of (NtSession *session, NtInvocation *invocation, const NtTeam *team, const char *pattern)
{
  static const char *const titles[] = { N_("TEAM"), N_("INTERFACE"), N_("VLAN"), N_("DEVICE"), N_("STATE"),
                                        N_("PRIMARY"), N_("ADDRESSES"), N_("REASON"), NULL };

  nt_output_set_columns (invocation->output, titles);
  for (guint i = 0; i < team->interfaces->len; i++)
    if (nt_lists_is_interface (team->interfaces->pdata[i], pattern))
      add_interface (session, invocation->output, team, team->interfaces->pdata[i]);
}

static NtExit
enable_on (NtSession *session, NtInvocation *invocation)
{
  g_autoptr (NtRequest) request = nt_request_new ();
  g_autofree char *names = g_strjoinv (", ", invocation->arguments);
  g_autofree char *done = g_strdup_printf (_("enabled: %s"), names);

  for (guint i = 0; invocation->arguments[i] != NULL; i++)
    g_ptr_array_add (request->enable, g_strdup (invocation->arguments[i]));
  return nt_session_apply (session, request, done);
}

static NtExit
disable_on (NtSession *session, NtInvocation *invocation)
{
  g_autoptr (NtRequest) request = nt_request_new ();
  g_autofree char *names = g_strjoinv (", ", invocation->arguments);
  g_autofree char *question = g_strdup_printf (_("%s: disable %s?"), nt_session_get_server (session), names);
  g_autofree char *done = g_strdup_printf (_("disabled: %s"), names);

  if (!nt_invocation_confirm (invocation, nt_session_get_server (session), question))
    return NT_EXIT_USAGE;
  for (guint i = 0; invocation->arguments[i] != NULL; i++)
    g_ptr_array_add (request->disable, g_strdup (invocation->arguments[i]));
  return nt_session_apply (session, request, done);
}

/**
 * nt_lists_set_enabled:
 * @invocation: its arguments name adapters or team interfaces
 * @enable: %TRUE to bring them up
 *
 * Returns: the exit status
 */
NtExit
nt_lists_set_enabled (NtInvocation *invocation, gboolean enable)
{
  return nt_session_run (invocation, enable ? enable_on : disable_on);
}

/**
 * nt_lists_parse_vlan:
 * @vlan: (out): only checked for being a number; the agent checks the range
 * @error: %G_OPTION_ERROR_BAD_VALUE
 *
 * Returns: %TRUE if @text is a number
 */
gboolean
nt_lists_parse_vlan (const char *text, gint64 *vlan, GError **error)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &number, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is not a VLAN ID from 1 to 4094"), text);
      return FALSE;
    }
  *vlan = (gint64) number;
  return TRUE;
}

/**
 * nt_lists_parse_mtu:
 * @mtu: (out): in bytes, -1 for “default”; the agent checks the range
 * @error: %G_OPTION_ERROR_BAD_VALUE
 *
 * Returns: %TRUE if @text is a number or “default”
 */
gboolean
nt_lists_parse_mtu (const char *text, gint64 *mtu, GError **error)
{
  guint64 number = 0;
  gboolean is_default = g_str_equal (text, "default");

  if (!is_default && !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &number, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” is not an MTU in bytes or “default”"),
                   text);
      return FALSE;
    }
  *mtu = is_default ? -1 : (gint64) number;
  return TRUE;
}
