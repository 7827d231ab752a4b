/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/cli/commands/adopt-command.h"
#include "app/cli/commands/lists.h"
#include "app/cli/commands/team-show.h"
#include "app/cli/frame/command.h"
#include "app/cli/frame/option.h"
#include "app/cli/frame/selection.h"
#include "app/cli/frame/session-apply.h"
#include "app/cli/frame/session.h"
#include "app/cli/frame/wait.h"
#include "backend/model/team/spec-to-bond.h"

static char *mode_word, *balance_word, *timer_word, *new_name, *interface_name;
static char **standbys, **option_texts;
static GArray *vlans; /* of gint64; NULL if none was given */
static gint64 mtu;    /* in bytes, -1 = default */
static gboolean has_mtu;
static gint64 up_delay_ms = -1; /* -1 = not given */

static gboolean
parse_vlan (const char *name, const char *value, gpointer data, GError **error)
{
  gint64 vlan;

  if (!nt_lists_parse_vlan (value, &vlan, error))
    return FALSE;
  vlans = vlans ? vlans : g_array_new (FALSE, FALSE, sizeof vlan);
  g_array_append_val (vlans, vlan);
  return TRUE;
}

static gboolean
parse_mtu (const char *name, const char *value, gpointer data, GError **error)
{
  has_mtu = TRUE;
  return nt_lists_parse_mtu (value, &mtu, error);
}

/* The agent checks the range. */
static gboolean
parse_up_delay (const char *name, const char *value, gpointer data, GError **error)
{
  return nt_option_parse_number (name, value, 0, G_MAXINT, &up_delay_ms, error);
}

#define COMMON_OPTIONS \
  { "mode", 'm', 0, NT_OPTION_TEXT, &mode_word, N_("switch-independent, static or lacp"), N_("MODE") }, \
  { "balance", 'b', 0, NT_OPTION_TEXT, &balance_word, \
    N_("transport-ports, ip-addresses, mac-addresses, hyper-v-port or dynamic"), N_("HOW") }, \
  { "lacp-timer", 0, 0, NT_OPTION_TEXT, &timer_word, N_("slow or fast"), N_("TIMER") }, \
  { "standby", 0, 0, NT_OPTION_TEXTS, &standbys, N_("The standby member, or “none”"), N_("ADAPTER") }, \
  { "mtu", 0, NT_OPTION_PARSED_BY (parse_mtu), N_("MTU in bytes, or “default”"), N_("BYTES") }, \
  { "up-delay", 0, NT_OPTION_PARSED_BY (parse_up_delay), \
    N_("Delay before a member with a restored link becomes active"), N_("MILLISECONDS") }, \
  { "option", 'o', 0, NT_OPTION_TEXTS, &option_texts, \
    N_("A bonding option, with “default” as a value to reset it; may be repeated"), N_("NAME=VALUE") }

static const GOptionEntry create_options[] = {
  COMMON_OPTIONS,
  { "vlan", 'v', NT_OPTION_PARSED_BY (parse_vlan),
    N_("VLAN of the primary interface; may be repeated to add interfaces"), N_("ID") },
  { "interface-name", 0, 0, NT_OPTION_TEXT, &interface_name, N_("Name of the primary interface"), N_("NAME") },
  NT_TAKE_OVER_OPTION,
  NT_WAIT_OPTION,
  { NULL },
};

static const GOptionEntry set_options[] = {
  COMMON_OPTIONS,
  { "name", 0, 0, NT_OPTION_TEXT, &new_name, N_("New name of the team"), N_("NAME") },
  NT_SELECTION_OPTIONS,
  NT_WAIT_OPTION,
  { NULL },
};

static const GOptionEntry repair_options[] = {
  NT_SELECTION_OPTIONS,
  NT_TAKE_OVER_OPTION,
  { NULL },
};

static const GOptionEntry selection_options[] = {
  NT_SELECTION_OPTIONS,
  { NULL },
};

static const GOptionEntry wait_options[] = {
  NT_SELECTION_OPTIONS,
  { "timeout", 0, NT_OPTION_PARSED_BY (nt_wait_parse), N_("Timeout (default: 60)"), N_("SECONDS") },
  { NULL },
};

static NtExit
list_teams (NtInvocation *invocation)
{
  return nt_session_run (invocation, nt_lists_add_teams);
}

/* Enumeration options, which are checked before any server is contacted. */
static const struct
{
  const char *option;
  char **word;
  const NtEnum *words;
} choices[] = {
  { "--mode", &mode_word, &nt_team_mode_enum },
  { "--balance", &balance_word, &nt_balance_enum },
  { "--lacp-timer", &timer_word, &nt_lacp_timer_enum },
};

static gboolean
check_words (NtInvocation *invocation)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (*choices[i].word != NULL && nt_enum_parse (choices[i].words, *choices[i].word) < 0)
      {
        nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE, _("“%s” is not valid for %s; see --help"),
                            *choices[i].word, choices[i].option);
        return FALSE;
      }
  for (guint i = 0; option_texts != NULL && option_texts[i] != NULL; i++)
    if (strchr (option_texts[i], '=') == NULL || *option_texts[i] == '=')
      {
        nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE, _("“%s” is not a bonding option; use NAME=VALUE"),
                            option_texts[i]);
        return FALSE;
      }
  /* GOption itself would silently use the last one. */
  if (standbys != NULL && standbys[1] != NULL)
    {
      nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE, _("A team has one standby member, not both “%s” and “%s”"),
                          standbys[0], standbys[1]);
      return FALSE;
    }
  return TRUE;
}

static void
take_word (const NtEnum *words, const char *word, int *value)
{
  if (word != NULL)
    *value = nt_enum_parse (words, word);
}

/* Names and values are checked by the agent, which may know more of them; see nt_check_options(). */
static void
take_bond_options (NtTeamSpec *spec)
{
  for (guint i = 0; option_texts != NULL && option_texts[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (option_texts[i], "=", 2);

      nt_map_set (spec->options, parts[0], g_str_equal (parts[1], "default") ? NULL : parts[1]);
    }
}

static void
take_options (NtTeamSpec *spec)
{
  take_word (&nt_team_mode_enum, mode_word, &spec->mode);
  take_word (&nt_balance_enum, balance_word, &spec->balance);
  take_word (&nt_lacp_timer_enum, timer_word, &spec->lacp_timer);
  if (standbys != NULL)
    {
      g_free (spec->standby);
      spec->standby = g_str_equal (*standbys, "none") ? NULL : g_strdup (*standbys);
    }
  /* Modes that need switch configuration do not allow a standby member. */
  else if (spec->mode > NT_MODE_SWITCH_INDEPENDENT)
    g_clear_pointer (&spec->standby, g_free);
  if (up_delay_ms != -1)
    spec->up_delay_ms = up_delay_ms;
  if (has_mtu)
    spec->mtu = mtu;
  if (mode_word != NULL)
    nt_spec_drop_options (spec);
  take_bond_options (spec);
}

static void
take_vlans (NtTeamSpec *spec)
{
  for (guint i = 0; vlans != NULL && i < vlans->len; i++)
    {
      NtInterfaceSpec *interface = nt_interface_spec_new ();

      interface->vlan = g_array_index (vlans, gint64, i);
      g_ptr_array_add (spec->interfaces, interface);
    }
  if (interface_name == NULL)
    return;
  if (spec->interfaces->len == 0)
    g_ptr_array_add (spec->interfaces, nt_interface_spec_new ());
  ((NtInterfaceSpec *) spec->interfaces->pdata[0])->name = g_strdup (interface_name);
}

static NtExit
create_on (NtSession *session, NtInvocation *invocation)
{
  g_autoptr (NtTeamSpec) spec = nt_team_spec_new ();
  g_autofree char *done = NULL;

  spec->name = g_strdup (invocation->arguments[0]);
  for (guint i = 1; invocation->arguments[i] != NULL; i++)
    g_ptr_array_add (spec->members, g_strdup (invocation->arguments[i]));
  take_options (spec);
  take_vlans (spec);
  done = g_strdup_printf (_("created team “%s”"), spec->name);
  return nt_session_apply_spec (session, spec, done);
}

static NtExit
create_team (NtInvocation *invocation)
{
  if (!check_words (invocation))
    return NT_EXIT_USAGE;
  return nt_session_run (invocation, create_on);
}

static char **
list_names (const GPtrArray *specs)
{
  char **names = g_new0 (char *, specs->len + 1);

  for (guint i = 0; i < specs->len; i++)
    names[i] = g_strdup (((NtTeamSpec *) specs->pdata[i])->name);
  return names;
}

static NtExit
apply_specs (NtSession *session, const GPtrArray *specs, gboolean only_if_needed, const char *done)
{
  g_autoptr (NtRequest) request = nt_request_new ();
  g_auto (GStrv) names = list_names (specs);
  const NtApplyOptions options = { specs->len > 1 ? names : NULL, only_if_needed };

  for (guint i = 0; i < specs->len; i++)
    g_ptr_array_add (request->set, nt_record_ref (specs->pdata[i]));
  return nt_session_apply_with (session, request, done, &options);
}

static void
rename_team (NtTeamSpec *spec)
{
  g_free (spec->name);
  spec->name = g_strdup (new_name);
}

static NtExit
set_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (GPtrArray) specs = nt_selection_copy_specs (session, invocation->arguments, &code);
  g_autofree char *names = specs ? nt_selection_join_names (specs) : NULL;
  g_autofree char *done = NULL;

  if (specs == NULL)
    return code;
  if (new_name != NULL && specs->len > 1)
    return nt_session_fail (session, NT_EXIT_REFUSED, _("Cannot rename several teams to “%s”: %s"), new_name, names);
  for (guint i = 0; i < specs->len; i++)
    take_options (specs->pdata[i]);
  if (new_name != NULL)
    rename_team (specs->pdata[0]);
  done = g_strdup_printf (ngettext ("changed team %s", "changed teams %s", specs->len), names);
  return apply_specs (session, specs, FALSE, done);
}

static NtExit
set_team (NtInvocation *invocation)
{
  if (!check_words (invocation) || !nt_selection_check (invocation))
    return NT_EXIT_USAGE;
  return nt_session_run (invocation, set_on);
}

static NtExit
repair_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (GPtrArray) specs = nt_selection_copy_specs (session, invocation->arguments, &code);
  g_autofree char *names = specs ? nt_selection_join_names (specs) : NULL;
  g_autofree char *done = NULL;

  if (specs == NULL)
    return code;
  done = g_strdup_printf (ngettext ("repaired team %s", "repaired teams %s", specs->len), names);
  return apply_specs (session, specs, TRUE, done);
}

static NtExit
repair_team (NtInvocation *invocation)
{
  if (!nt_selection_check (invocation))
    return NT_EXIT_USAGE;
  return nt_session_run (invocation, repair_on);
}

static NtExit
delete_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (GPtrArray) specs = nt_selection_copy_specs (session, invocation->arguments, &code);
  g_autoptr (NtRequest) request = nt_request_new ();
  g_autofree char *names = specs ? nt_selection_join_names (specs) : NULL;
  g_autofree char *question = NULL;
  g_autofree char *done = NULL;

  if (specs == NULL)
    return code;
  question = g_strdup_printf (ngettext ("%s: delete team %s and its interfaces?",
                                        "%s: delete teams %s and their interfaces?", specs->len),
                              nt_session_get_server (session), names);
  if (!nt_invocation_confirm (invocation, nt_session_get_server (session), question))
    return NT_EXIT_USAGE;
  for (guint i = 0; i < specs->len; i++)
    g_ptr_array_add (request->remove, g_strdup (((NtTeamSpec *) specs->pdata[i])->id));
  done = g_strdup_printf (ngettext ("deleted team %s", "deleted teams %s", specs->len), names);
  return nt_session_apply (session, request, done);
}

static NtExit
delete_team (NtInvocation *invocation)
{
  if (!nt_selection_check (invocation))
    return NT_EXIT_USAGE;
  return nt_session_run (invocation, delete_on);
}

static NtExit
wait_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  g_autoptr (GPtrArray) teams = nt_selection_find_teams (session, invocation->arguments, &code);
  g_autoptr (GPtrArray) ids = nt_strings_new ();

  if (teams == NULL)
    return code;
  for (guint i = 0; i < teams->len; i++)
    g_ptr_array_add (ids, g_strdup (((NtTeam *) teams->pdata[i])->id));
  nt_wait_start (session, ids);
  return NT_EXIT_OK;
}

static NtExit
wait_for_team (NtInvocation *invocation)
{
  if (!nt_selection_check (invocation))
    return NT_EXIT_USAGE;
  return nt_session_run (invocation, wait_on);
}

const NtCommand nt_team_commands[] = {
  { "team", "list", N_("[TEAM…]"), N_("List the teams"), 0, G_MAXUINT, selection_options, list_teams },
  { "team", "show", N_("TEAM…"), N_("Show teams with their members and interfaces"), 0, G_MAXUINT, selection_options,
    nt_team_show },
  { "team", "create", N_("TEAM ADAPTER…"), N_("Create a team"), 1, G_MAXUINT, create_options, create_team },
  { "team", "set", N_("TEAM…"), N_("Change teams"), 0, G_MAXUINT, set_options, set_team },
  { "team", "delete", N_("TEAM…"), N_("Delete teams; their adapters stay up"), 0, G_MAXUINT, selection_options, delete_team },
  { "team", "repair", N_("TEAM…"), N_("Restore teams to their definition"), 0, G_MAXUINT, repair_options, repair_team },
  { "team", "adopt", N_("BOND"), N_("Adopt a bond that another tool created"), 1, 1, nt_adopt_options,
    nt_adopt_bond },
  { "team", "wait", N_("TEAM…"), N_("Wait until teams are up"), 0, G_MAXUINT, wait_options, wait_for_team },
  { NULL },
};
