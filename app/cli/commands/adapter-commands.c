/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/cli/commands/adapter-show.h"
#include "app/cli/commands/lists.h"
#include "app/cli/frame/command.h"
#include "app/cli/frame/selection.h"
#include "app/cli/frame/session.h"
#include "app/cli/print/fact-lines.h"
#include "app/text/format.h"

static gboolean show_all;

static const GOptionEntry list_options[] = {
  { "all", 'a', 0, G_OPTION_ARG_NONE, &show_all, N_("Also list adapters that cannot be teamed"), NULL },
  { NULL },
};

static const char *
get_reason (const NtAdapter *adapter)
{
  if (adapter->reason == -1 && adapter->obstacles->len > 0)
    return nt_enum_label (&nt_obstacle_enum, nt_enum_parse (&nt_obstacle_enum, adapter->obstacles->pdata[0]));
  return nt_enum_label (&nt_reason_enum, adapter->reason);
}

static const char *
get_team_name (const NtState *state, const NtAdapter *adapter)
{
  const NtTeam *team = nt_state_find_team (state, adapter->team);

  return team ? team->name : "";
}

static void
add_row (NtSession *session, NtInvocation *invocation, const NtAdapter *adapter)
{
  g_autofree char *speed = nt_format_speed (adapter->speed_mbps);

  nt_output_begin_row (invocation->output, nt_session_get_server (session));
  nt_output_add_cell (invocation->output, adapter->name);
  nt_output_add_health (invocation->output, nt_health_of_link_state (adapter->state),
                        nt_enum_label (&nt_link_state_enum, adapter->state));
  nt_output_add_cell (invocation->output, speed);
  nt_output_add_cell (invocation->output, get_team_name (nt_session_get_state (session), adapter));
  nt_output_add_cell (invocation->output, adapter->mac);
  nt_output_add_cell (invocation->output, adapter->driver);
  nt_output_add_cell (invocation->output, get_reason (adapter));
}

static gboolean
is_named (const NtAdapter *adapter, char **patterns)
{
  for (; *patterns != NULL; patterns++)
    if (nt_selection_matches (*patterns, adapter->name))
      return TRUE;
  return FALSE;
}

/* The named adapters; without names, those that can be teamed, or all with --all. */
static GPtrArray *
choose_adapters (const NtState *state, char **patterns)
{
  GPtrArray *adapters = g_ptr_array_new ();

  for (guint i = 0; i < state->adapters->len; i++)
    {
      NtAdapter *adapter = state->adapters->pdata[i];
      gboolean is_usual = show_all || adapter->team != NULL || adapter->obstacles->len == 0;

      if (*patterns != NULL ? is_named (adapter, patterns) : is_usual)
        g_ptr_array_add (adapters, adapter);
    }
  return adapters;
}

static gboolean
check_pattern (NtSession *session, const char *pattern)
{
  const NtState *state = nt_session_get_state (session);

  for (guint i = 0; i < state->adapters->len; i++)
    if (nt_selection_matches (pattern, ((NtAdapter *) state->adapters->pdata[i])->name))
      return TRUE;
  nt_session_fail (session, NT_EXIT_REFUSED,
                   _("No adapter named “%s”. List adapters with “nicteam adapter list --all”."), pattern);
  return FALSE;
}

static NtExit
list_on (NtSession *session, NtInvocation *invocation)
{
  static const char *const titles[] = { N_("ADAPTER"), N_("STATE"), N_("SPEED"), N_("TEAM"), N_("MAC ADDRESS"),
                                        N_("DRIVER"), N_("REASON"), NULL };
  const NtState *state = nt_session_get_state (session);
  g_autoptr (GPtrArray) adapters = choose_adapters (state, invocation->arguments);

  for (char **pattern = invocation->arguments; *pattern != NULL; pattern++)
    if (!check_pattern (session, *pattern))
      return NT_EXIT_REFUSED;
  nt_output_set_columns (invocation->output, titles);
  for (guint i = 0; i < adapters->len; i++)
    add_row (session, invocation, adapters->pdata[i]);
  nt_output_add_json (invocation->output, nt_session_get_server (session), "adapters",
                      nt_facts_records_to_node (*invocation->arguments != NULL ? adapters : state->adapters));
  return NT_EXIT_OK;
}

static NtExit
list_adapters (NtInvocation *invocation)
{
  return nt_session_run (invocation, list_on);
}

static NtExit
enable_adapters (NtInvocation *invocation)
{
  return nt_lists_set_enabled (invocation, TRUE);
}

static NtExit
disable_adapters (NtInvocation *invocation)
{
  return nt_lists_set_enabled (invocation, FALSE);
}

const NtCommand nt_adapter_commands[] = {
  { "adapter", "list", N_("[ADAPTER…]"), N_("List the network adapters"), 0, G_MAXUINT, list_options, list_adapters },
  { "adapter", "show", N_("ADAPTER"), N_("Show the details of an adapter"), 1, 1, NULL, nt_adapter_show },
  { "adapter", "enable", N_("ADAPTER…"), N_("Bring adapters up"), 1, G_MAXUINT, NULL, enable_adapters },
  { "adapter", "disable", N_("ADAPTER…"), N_("Take adapters down"), 1, G_MAXUINT, NULL, disable_adapters },
  { NULL },
};
