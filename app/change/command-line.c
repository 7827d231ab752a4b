/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/change/command-line.h"

#include <string.h>

#include "backend/model/request/adopt.h"

/* Words of these characters need no quotes. */
#define PLAIN_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@%_-+=:,./"

/* The commands so far. */
typedef struct
{
  const char *server;
  GString *text; /* whole lines */
  gboolean take_over;

  /* The line that is being written */
  const char *command; /* a noun and a verb; NULL = there is none */
  GString *words;
  GString *options;
  gboolean has_dash; /* a word looks like an option */
} Script;

static void
append_quoted (GString *text, const char *word)
{
  gboolean is_plain = *word != '\0' && strspn (word, PLAIN_CHARACTERS) == strlen (word);
  g_autofree char *quoted = is_plain ? NULL : g_shell_quote (word);

  g_string_append (text, quoted ? quoted : word);
}

static void
add_word (Script *script, const char *word)
{
  g_string_append_c (script->words, ' ');
  append_quoted (script->words, word);
  script->has_dash |= *word == '-';
}

static void
add_words (Script *script, const GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    add_word (script, words->pdata[i]);
}

static void
drop_line (Script *script)
{
  script->command = NULL;
  g_string_truncate (script->words, 0);
  g_string_truncate (script->options, 0);
  script->has_dash = FALSE;
}

/* Words that look like options come last, after "--". */
static void
end_line (Script *script)
{
  if (script->command == NULL)
    return;
  g_string_append (script->text, script->text->len > 0 ? "\nnicteam -s " : "nicteam -s ");
  append_quoted (script->text, script->server);
  g_string_append_printf (script->text, " %s", script->command);
  if (script->has_dash)
    g_string_append_printf (script->text, "%s --%s", script->options->str, script->words->str);
  else
    g_string_append_printf (script->text, "%s%s", script->words->str, script->options->str);
  drop_line (script);
}

/* @command: a noun and a verb, not copied */
static void
begin_line (Script *script, const char *command)
{
  end_line (script);
  script->command = command;
}

static void
add_flag (Script *script, const char *option)
{
  g_string_append_printf (script->options, " --%s", option);
}

/* A value that looks like an option needs "=". */
static void
add_option (Script *script, const char *option, const char *value)
{
  add_flag (script, option);
  g_string_append_c (script->options, *value == '-' ? '=' : ' ');
  append_quoted (script->options, value);
}

static void
add_take_over (Script *script)
{
  if (script->take_over)
    add_flag (script, "take-over");
}

static void
add_number (Script *script, const char *option, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  add_option (script, option, text);
}

static void
add_mtu (Script *script, gint64 before, gint64 after)
{
  if (after == before)
    return;
  if (after >= 0)
    add_number (script, "mtu", after);
  else
    add_option (script, "mtu", "default");
}

/* The protocol has switch_independent, the command line switch-independent. */
static void
add_choice (Script *script, const char *option, const NtEnum *words, int value)
{
  g_autofree char *nick = g_strdelimit (g_strdup (nt_enum_nick (words, value)), "_", '-');

  add_option (script, option, nick);
}

static void
add_properties (Script *script, const NtTeamSpec *before, const NtTeamSpec *after)
{
  if (after->mode != before->mode)
    add_choice (script, "mode", &nt_team_mode_enum, after->mode);
  if (after->balance != before->balance)
    add_choice (script, "balance", &nt_balance_enum, after->balance);
  if (after->lacp_timer != before->lacp_timer)
    add_choice (script, "lacp-timer", &nt_lacp_timer_enum, after->lacp_timer);
  if (g_strcmp0 (after->standby, before->standby) != 0 &&
      (after->standby != NULL || after->mode == NT_MODE_SWITCH_INDEPENDENT))
    add_option (script, "standby", after->standby ? after->standby : "none");
  add_mtu (script, before->mtu, after->mtu);
  if (after->up_delay_ms != before->up_delay_ms)
    add_number (script, "up-delay", MAX (after->up_delay_ms, 0));
  for (guint i = 0; i < nt_n_team_options; i++)
    {
      const char *value = nt_map_get (after->options, nt_team_options[i].name);
      g_autofree char *text = g_strconcat (nt_team_options[i].name, "=", value ? value : "default", NULL);

      if (g_strcmp0 (value, nt_map_get (before->options, nt_team_options[i].name)) != 0)
        add_option (script, "option", text);
    }
}

static gboolean
have_same_strings (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
add_list (Script *script, const char *option, const GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++)
    add_option (script, option, values->pdata[i]);
}

/* The option replaces the whole list, so all values are given. */
static void
add_network (Script *script, const NtInterfaceSpec *before, const NtInterfaceSpec *after)
{
  gboolean loses_all = (before->addresses->len > 0 && after->addresses->len == 0) ||
                       (before->gateways->len > 0 && after->gateways->len == 0);

  if (loses_all)
    add_flag (script, "no-addresses");
  if (loses_all || !have_same_strings (before->addresses, after->addresses))
    add_list (script, "address", after->addresses);
  if (loses_all || !have_same_strings (before->gateways, after->gateways))
    add_list (script, "gateway", after->gateways);
  add_mtu (script, before->mtu, after->mtu);
}

static void
add_interface_options (Script *script, const NtInterfaceSpec *before, const NtInterfaceSpec *after)
{
  if (nt_interface_spec_get_vlan (after) != nt_interface_spec_get_vlan (before))
    add_number (script, "vlan", nt_interface_spec_get_vlan (after));
  if (g_strcmp0 (after->name, before->name) != 0)
    add_option (script, "name", after->name ? after->name : "");
  add_network (script, before, after);
}

/* Interfaces are identified by their VLAN, which does not change when the team is renamed. */
static void
begin_interface_line (Script *script, const char *verb, const char *team, const NtInterfaceSpec *interface)
{
  g_autofree char *vlan = g_strdup_printf ("%" G_GINT64_FORMAT, nt_interface_spec_get_vlan (interface));

  begin_line (script, verb);
  add_word (script, team);
  add_word (script, vlan);
}

static void
change_interface (Script *script, const char *team, const NtInterfaceSpec *before, const NtInterfaceSpec *after)
{
  begin_interface_line (script, "interface set", team, before);
  add_interface_options (script, before, after);
  if (script->options->len == 0)
    drop_line (script);
}

static void
add_interface (Script *script, const char *team, const NtInterfaceSpec *interface)
{
  g_autoptr (NtInterfaceSpec) nothing = nt_interface_spec_new ();

  begin_line (script, "interface add");
  add_word (script, team);
  add_interface_options (script, nothing, interface);
}

static gboolean
has_device (const GPtrArray *interfaces, const char *device)
{
  for (guint i = 0; i < interfaces->len; i++)
    if (g_strcmp0 (((const NtInterfaceSpec *) interfaces->pdata[i])->device, device) == 0)
      return TRUE;
  return FALSE;
}

/* Without a device, which the agent chooses for a new VLAN, interfaces are matched by position. */
static const NtInterfaceSpec *
find_former (const NtTeamSpec *before, const NtTeamSpec *after, guint index)
{
  const NtInterfaceSpec *interface = after->interfaces->pdata[index];
  const NtInterfaceSpec *former = NULL;

  for (guint i = 0; interface->device != NULL && i < before->interfaces->len; i++)
    if (g_strcmp0 (((const NtInterfaceSpec *) before->interfaces->pdata[i])->device, interface->device) == 0)
      return before->interfaces->pdata[i];
  if (index < before->interfaces->len)
    former = before->interfaces->pdata[index];
  return former != NULL && (index == 0 || !has_device (after->interfaces, former->device)) ? former : NULL;
}

static void
change_interfaces (Script *script, const NtTeamSpec *before, const NtTeamSpec *after)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; i < after->interfaces->len; i++)
    g_ptr_array_add (kept, (gpointer) find_former (before, after, i));
  for (guint i = 1; i < before->interfaces->len; i++)
    if (!g_ptr_array_find (kept, before->interfaces->pdata[i], NULL))
      begin_interface_line (script, "interface delete", before->name, before->interfaces->pdata[i]);
  for (guint i = 0; i < after->interfaces->len; i++)
    if (kept->pdata[i] != NULL)
      change_interface (script, before->name, kept->pdata[i], after->interfaces->pdata[i]);
    else
      add_interface (script, before->name, after->interfaces->pdata[i]);
}

/* The members in @some that are not in @others. */
static void
change_members (Script *script, gboolean is_add, const char *team, const GPtrArray *some, const GPtrArray *others)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < some->len; i++)
    if (!nt_strings_contain (others, some->pdata[i]))
      g_ptr_array_add (names, some->pdata[i]);
  if (names->len == 0)
    return;
  begin_line (script, is_add ? "member add" : "member remove");
  add_word (script, team);
  add_words (script, names);
  if (is_add)
    add_take_over (script);
}

/* Members are added before others are removed, so that the team is never empty. */
static void
change_team (Script *script, const NtTeamSpec *before, const NtTeamSpec *after)
{
  change_interfaces (script, before, after);
  change_members (script, TRUE, before->name, after->members, before->members);
  change_members (script, FALSE, before->name, before->members, after->members);
  begin_line (script, "team set");
  add_word (script, before->name);
  if (!g_str_equal (after->name, before->name))
    add_option (script, "name", after->name);
  add_properties (script, before, after);
  if (script->options->len == 0)
    drop_line (script);
}

/* Applying the present definition repairs drift. */
static void
repair_team (Script *script, const NtTeamSpec *spec)
{
  begin_line (script, "team repair");
  add_word (script, spec->name);
}

/* Options for additional interfaces need a command of their own, after the team was created. */
static void
complete_interface (Script *script, const NtTeamSpec *spec, guint index)
{
  g_autoptr (NtInterfaceSpec) created = nt_interface_spec_new ();
  const NtInterfaceSpec *interface = spec->interfaces->pdata[index];

  created->vlan = nt_interface_spec_get_vlan (interface);
  if (index == 0)
    created->name = g_strdup (interface->name);
  change_interface (script, spec->name, created, interface);
}

static void
create_team (Script *script, const NtTeamSpec *spec)
{
  g_autoptr (NtTeamSpec) nothing = nt_team_spec_new ();
  g_autoptr (NtTeamSpec) defaults = nt_team_spec_complete (nothing);
  g_autoptr (NtTeamSpec) complete = nt_team_spec_complete (spec);
  const NtInterfaceSpec *primary = complete->interfaces->pdata[0];

  begin_line (script, "team create");
  add_word (script, spec->name);
  add_words (script, spec->members);
  add_properties (script, defaults, complete);
  for (guint i = 0; i < complete->interfaces->len; i++)
    if (complete->interfaces->len > 1 || nt_interface_spec_get_vlan (primary) > 0)
      add_number (script, "vlan", nt_interface_spec_get_vlan (complete->interfaces->pdata[i]));
  if (primary->name != NULL)
    add_option (script, "interface-name", primary->name);
  add_take_over (script);
  for (guint i = 0; i < complete->interfaces->len; i++)
    complete_interface (script, complete, i);
}

static void
set_team (Script *script, const NtState *state, const NtTeamSpec *spec)
{
  const NtTeam *team = spec->id ? nt_state_find_team (state, spec->id) : NULL;
  g_autoptr (NtTeamSpec) before = team && team->spec ? nt_team_spec_complete (team->spec) : NULL;
  g_autoptr (NtTeamSpec) after = NULL;

  if (before == NULL)
    {
      create_team (script, spec);
      return;
    }
  after = nt_team_spec_complete (spec);
  if (nt_record_equal (before, after))
    repair_team (script, after);
  else
    change_team (script, before, after);
}

static void
adopt_bond (Script *script, const NtTeamSpec *spec)
{
  begin_line (script, "team adopt");
  add_word (script, spec->device);
  if (g_strcmp0 (spec->name, spec->device) != 0)
    add_option (script, "name", spec->name);
  add_take_over (script);
}

static void
remove_teams (Script *script, const NtState *state, const GPtrArray *teams)
{
  if (teams->len == 0)
    return;
  begin_line (script, "team delete");
  for (guint i = 0; i < teams->len; i++)
    {
      const NtTeam *team = nt_state_find_team (state, teams->pdata[i]);

      add_word (script, team ? team->name : teams->pdata[i]);
    }
}

static void
switch_links (Script *script,
              const NtState *state,
              const GPtrArray *links,
              const char *of_adapters,
              const char *of_interfaces)
{
  for (int is_adapter = 1; is_adapter >= 0; is_adapter--)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new ();

      for (guint i = 0; i < links->len; i++)
        if ((nt_state_find_adapter (state, links->pdata[i]) != NULL) == is_adapter)
          g_ptr_array_add (names, links->pdata[i]);
      if (names->len == 0)
        continue;
      begin_line (script, is_adapter ? of_adapters : of_interfaces);
      add_words (script, names);
    }
}

/**
 * nt_command_line_new:
 * @server: the name of the saved server
 * @state: the state before the change
 *
 * Returns: (transfer full): nicteam(1) commands that make the same change. A request that combines several kinds of
 *   changes needs several commands, each of which is a change of its own.
 */
char *
nt_command_line_new (const char *server, const NtState *state, const NtRequest *request)
{
  Script script = { server, g_string_new (NULL), request->take_over, NULL, g_string_new (NULL), g_string_new (NULL) };

  remove_teams (&script, state, request->remove);
  for (guint i = 0; i < request->set->len; i++)
    if (nt_adopt_find (state, request, request->set->pdata[i]) != NULL)
      adopt_bond (&script, request->set->pdata[i]);
    else
      set_team (&script, state, request->set->pdata[i]);
  switch_links (&script, state, request->disable, "adapter disable", "interface disable");
  switch_links (&script, state, request->enable, "adapter enable", "interface enable");
  end_line (&script);
  g_string_free (script.words, TRUE);
  g_string_free (script.options, TRUE);
  return g_string_free (script.text, FALSE);
}
