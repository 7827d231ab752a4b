/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/cli/commands/lists.h"
#include "app/cli/frame/command.h"
#include "app/cli/frame/option.h"
#include "app/cli/frame/selection.h"
#include "app/cli/frame/session-apply.h"
#include "app/cli/frame/session.h"
#include "app/cli/print/fact-lines.h"

static char *name;
static char **addresses, **gateways;
static gint64 vlan = -1; /* -1 = not given */
static gint64 mtu;       /* in bytes, -1 = default */
static gboolean has_mtu, no_addresses;

static gboolean
parse_vlan (const char *option, const char *value, gpointer data, GError **error)
{
  return nt_lists_parse_vlan (value, &vlan, error);
}

static gboolean
parse_mtu (const char *option, const char *value, gpointer data, GError **error)
{
  has_mtu = TRUE;
  return nt_lists_parse_mtu (value, &mtu, error);
}

static const GOptionEntry interface_options[] = {
  { "vlan", 'v', NT_OPTION_PARSED_BY (parse_vlan), N_("VLAN ID from 1 to 4094"), N_("ID") },
  { "name", 0, 0, NT_OPTION_TEXT, &name, N_("Name of the interface (default: team and VLAN)"), N_("NAME") },
  { "address", 0, 0, NT_OPTION_TEXTS, &addresses,
    N_("Static address, such as 192.0.2.10/24; may be repeated"), N_("ADDRESS") },
  { "gateway", 0, 0, NT_OPTION_TEXTS, &gateways, N_("Default gateway, one for IPv4 and one for IPv6"),
    N_("ADDRESS") },
  { "no-addresses", 0, 0, G_OPTION_ARG_NONE, &no_addresses, N_("Remove all static addresses and gateways"), NULL },
  { "mtu", 0, NT_OPTION_PARSED_BY (parse_mtu), N_("MTU in bytes, or “default” for the team’s"), N_("BYTES") },
  { NULL },
};

static const GOptionEntry list_options[] = {
  { "interface", 0, 0, NT_OPTION_TEXT, &nt_selection_interface, N_("Only this interface (name or device)"),
    N_("INTERFACE") },
  { NULL },
};

static NtExit
list_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (GPtrArray) teams = nt_selection_find_teams (session, invocation->arguments, &code);
  g_autoptr (GPtrArray) interfaces = g_ptr_array_new ();

  if (teams == NULL)
    return code;
  for (guint i = 0; i < teams->len; i++)
    {
      const NtTeam *team = teams->pdata[i];

      nt_lists_add_interfaces_of (session, invocation, team, nt_selection_interface);
      for (guint j = 0; j < team->interfaces->len; j++)
        if (nt_lists_is_interface (team->interfaces->pdata[j], nt_selection_interface))
          g_ptr_array_add (interfaces, team->interfaces->pdata[j]);
    }
  nt_output_add_json (invocation->output, nt_session_get_server (session), "interfaces",
                      nt_facts_records_to_node (interfaces));
  return NT_EXIT_OK;
}

static NtExit
list_interfaces (NtInvocation *invocation)
{
  return nt_session_run (invocation, list_on);
}

static void
set_strings (GPtrArray **place, char **strings)
{
  g_ptr_array_unref (*place);
  *place = nt_strings_new ();
  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    g_ptr_array_add (*place, g_strdup (strings[i]));
}

/* Applies the options for addresses, gateways and the MTU. Lists replace the defined ones. */
static void
set_network (NtInterfaceSpec *interface)
{
  if (addresses != NULL || no_addresses)
    set_strings (&interface->addresses, addresses);
  if (gateways != NULL || no_addresses)
    set_strings (&interface->gateways, gateways);
  if (has_mtu)
    interface->mtu = mtu;
}

static NtExit
add_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (NtTeamSpec) spec = nt_selection_copy_spec (session, invocation->arguments[0], &code);
  NtInterfaceSpec *interface;
  g_autofree char *vlan_text = g_strdup_printf ("%" G_GINT64_FORMAT, vlan);
  g_autofree char *done = NULL;

  if (spec == NULL)
    return code;
  interface = nt_interface_spec_new ();
  g_ptr_array_add (spec->interfaces, interface);
  interface->vlan = vlan;
  interface->name = g_strdup (name);
  set_network (interface);
  done = g_strdup_printf (_("added VLAN %s to team “%s”"), vlan_text, spec->name);
  return nt_session_apply_spec (session, spec, done);
}

static NtExit
add_interface (NtInvocation *invocation)
{
  if (vlan == -1)
    return nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE, _("No VLAN given. Use --vlan=ID."));
  return nt_session_run (invocation, add_on);
}

/* An interface can be named by its name, its device or its VLAN. */
static gboolean
has_name (const NtInterfaceSpec *interface, const char *team, const char *what)
{
  g_autofree char *display_name = nt_interface_spec_get_display_name (interface, team);
  g_autofree char *vlan_text = g_strdup_printf ("%" G_GINT64_FORMAT, nt_interface_spec_get_vlan (interface));

  return g_str_equal (display_name, what) || g_strcmp0 (interface->device, what) == 0 ||
         g_str_equal (vlan_text, what);
}

static gboolean
find_interface (NtSession *session, const NtTeamSpec *spec, const char *what, guint *index, NtExit *code)
{
  for (*index = 0; *index < spec->interfaces->len; (*index)++)
    if (has_name (spec->interfaces->pdata[*index], spec->name, what))
      return TRUE;
  *code = nt_session_fail (session, NT_EXIT_REFUSED,
                           _("Team “%s” has no interface “%s”. Use its name, device or VLAN."), spec->name, what);
  return FALSE;
}

static NtExit
set_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (NtTeamSpec) spec = nt_selection_copy_spec (session, invocation->arguments[0], &code);
  NtInterfaceSpec *interface;
  guint index;
  g_autofree char *done = g_strdup_printf (_("changed interface “%s”"), invocation->arguments[1]);

  if (spec == NULL || !find_interface (session, spec, invocation->arguments[1], &index, &code))
    return code;
  interface = nt_team_spec_edit_interface (spec, index);
  if (vlan != -1)
    {
      interface->vlan = vlan;
      /* The VLAN of a device cannot be changed, so the interface gets a new device. */
      g_clear_pointer (&interface->device, g_free);
    }
  if (name != NULL)
    {
      g_free (interface->name);
      interface->name = *name ? g_strdup (name) : NULL;
    }
  set_network (interface);
  return nt_session_apply_spec (session, spec, done);
}

static NtExit
set_interface (NtInvocation *invocation)
{
  if (vlan == -1 && name == NULL && addresses == NULL && gateways == NULL && !no_addresses && !has_mtu)
    return nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE,
                               _("Use --vlan, --name, --address, --gateway, --no-addresses or --mtu"));
  return nt_session_run (invocation, set_on);
}

/* Removes interfaces from the definition. A pattern never matches the primary one. */
static gboolean
remove_matching (NtSession *session, NtTeamSpec *spec, const char *what, NtExit *code)
{
  guint before = spec->interfaces->len;
  guint index;

  for (guint i = before; nt_selection_is_pattern (what) && i > 1; i--)
    {
      const NtInterfaceSpec *interface = spec->interfaces->pdata[i - 1];
      g_autofree char *display_name = nt_interface_spec_get_display_name (interface, spec->name);

      if (nt_selection_matches (what, display_name) || nt_selection_matches (what, interface->device))
        g_ptr_array_remove_index (spec->interfaces, i - 1);
    }
  if (spec->interfaces->len < before)
    return TRUE;
  if (!find_interface (session, spec, what, &index, code))
    return FALSE;
  if (index == 0)
    *code = nt_session_fail (session, NT_EXIT_REFUSED, _("Cannot delete the primary interface without its team"));
  else
    g_ptr_array_remove_index (spec->interfaces, index);
  return index > 0;
}

static NtExit
delete_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (NtTeamSpec) spec = nt_selection_copy_spec (session, invocation->arguments[0], &code);
  g_autofree char *names = g_strjoinv (", ", invocation->arguments + 1);
  guint count = g_strv_length (invocation->arguments + 1);
  g_autofree char *question =
    g_strdup_printf (ngettext ("%s: delete interface %s?", "%s: delete interfaces %s?", count),
                     nt_session_get_server (session), names);
  g_autofree char *done = g_strdup_printf (ngettext ("deleted interface %s", "deleted interfaces %s", count), names);

  if (spec == NULL)
    return code;
  for (guint i = 1; invocation->arguments[i] != NULL; i++)
    if (!remove_matching (session, spec, invocation->arguments[i], &code))
      return code;
  if (!nt_invocation_confirm (invocation, nt_session_get_server (session), question))
    return NT_EXIT_USAGE;
  return nt_session_apply_spec (session, spec, done);
}

static NtExit
delete_interface (NtInvocation *invocation)
{
  return nt_session_run (invocation, delete_on);
}

static NtExit
enable_interfaces (NtInvocation *invocation)
{
  return nt_lists_set_enabled (invocation, TRUE);
}

static NtExit
disable_interfaces (NtInvocation *invocation)
{
  return nt_lists_set_enabled (invocation, FALSE);
}

const NtCommand nt_interface_commands[] = {
  { "interface", "list", N_("[TEAM…]"), N_("List the team interfaces"), 0, G_MAXUINT, list_options, list_interfaces },
  { "interface", "add", N_("TEAM"), N_("Add a VLAN interface to a team"), 1, 1, interface_options, add_interface },
  { "interface", "set", N_("TEAM INTERFACE"), N_("Change the name, VLAN, addresses or MTU"), 2, 2, interface_options,
    set_interface },
  { "interface", "delete", N_("TEAM INTERFACE…"), N_("Delete team interfaces"), 2, G_MAXUINT, NULL, delete_interface },
  { "interface", "enable", N_("INTERFACE…"), N_("Bring team interfaces up"), 1, G_MAXUINT, NULL, enable_interfaces },
  { "interface", "disable", N_("INTERFACE…"), N_("Take team interfaces down"), 1, G_MAXUINT, NULL, disable_interfaces },
  { NULL },
};
