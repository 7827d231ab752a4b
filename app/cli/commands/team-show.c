/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/cli/commands/team-show.h"

#include <glib/gi18n-lib.h>

#include "app/cli/commands/lists.h"
#include "app/cli/frame/selection.h"
#include "app/cli/frame/session.h"
#include "app/cli/print/fact-lines.h"
#include "app/text/format.h"
#include "app/text/team-offers.h"

static void
print_team (NtOutput *output, const NtTeam *team)
{
  g_autofree char *speed = nt_format_speed (team->speed_mbps);
  g_autofree char *owner = team->owner ? nt_owner_describe (team->owner) : NULL;

  nt_facts_print (output, _("Team"), team->name);
  nt_facts_print_health (output, _("Status"), nt_health_of_status (team->status), nt_enum_label (&nt_status_enum, team->status));
  nt_facts_print (output, _("Teaming mode"), nt_enum_label (&nt_team_mode_enum, team->mode));
  nt_facts_print (output, _("Load balancing"), nt_enum_label (&nt_balance_enum, team->balance));
  nt_facts_print (output, _("LACP timer"), nt_enum_label (&nt_lacp_timer_enum, team->lacp_timer));
  nt_facts_print (output, _("LACP partner"), team->partner_mac);
  nt_facts_print (output, _("Receiving member"), team->active_member);
  nt_facts_print (output, _("Device"), team->device);
  nt_facts_print (output, _("Bonding mode"), team->bond_mode);
  nt_facts_print (output, _("MAC address"), team->mac);
  nt_facts_print_number (output, _("MTU"), team->mtu);
  nt_facts_print (output, _("Speed"), speed);
  if (team->spec != NULL && team->spec->up_delay_ms > 0)
    nt_facts_print_number (output, _("Up delay (ms)"), team->spec->up_delay_ms);
  for (guint i = 0; team->spec != NULL && i < nt_n_team_options; i++)
    nt_facts_print (output, _(nt_team_options[i].title), nt_map_get (team->spec->options, nt_team_options[i].name));
  if (!team->managed)
    nt_facts_print (output, _("Managed"), _("no, created by another tool"));
  nt_facts_print (output, _("Configured by"), owner);
}

/* Returns the features of a team, NULL if the agent does not report any. */
static const NtTeamFeatures *
find_features (const NtTeamFeaturesReply *reply, const NtTeam *team)
{
  for (guint i = 0; reply != NULL && i < reply->features->len; i++)
    {
      const NtTeamFeatures *features = reply->features->pdata[i];

      if (g_strcmp0 (features->id, team->id) == 0)
        return features;
    }
  return NULL;
}

static void
print_drift (NtSession *session, const NtTeam *team)
{
  static const char *const titles[] = { N_("DRIFT"), N_("SINCE"), N_("BY"), NULL };
  NtOutput *output = nt_session_get_invocation (session)->output;

  nt_output_print (output, "\n");
  nt_output_set_columns (output, titles);
  for (guint i = 0; i < team->drift->len; i++)
    {
      const NtDrift *drift = team->drift->pdata[i];
      g_autofree char *message = nt_drift_describe (drift);
      g_autofree char *since = nt_format_time (drift->since_s);

      nt_output_begin_row (output, nt_session_get_server (session));
      nt_output_add_health (output, NT_HEALTH_WARNING, message);
      nt_output_add_cell (output, since);
      nt_output_add_cell (output, drift->by);
    }
  nt_output_flush (output);
}

static void
print_whole_team (NtSession *session, const NtTeam *team, const NtTeamFeatures *features)
{
  NtInvocation *invocation = nt_session_get_invocation (session);
  const NtFactSink listener = nt_facts_listen (invocation->output);

  print_team (invocation->output, team);
  if (features != NULL)
    nt_team_offers_list (&listener, features);
  nt_output_print (invocation->output, "\n");
  nt_lists_add_members_of (session, invocation, team, NULL);
  nt_output_flush (invocation->output);
  nt_output_print (invocation->output, "\n");
  nt_lists_add_interfaces_of (session, invocation, team, NULL);
  nt_output_flush (invocation->output);
  if (team->drift->len > 0)
    print_drift (session, team);
}

/* The member "team" is an object if one team is named, "teams" is an array otherwise. */
static void
add_shown_json (NtSession *session, const GPtrArray *teams, const NtTeamFeaturesReply *reply)
{
  NtInvocation *invocation = nt_session_get_invocation (session);
  gboolean is_one = invocation->arguments[0] != NULL && invocation->arguments[1] == NULL &&
                    !nt_selection_is_pattern (invocation->arguments[0]);

  if (is_one)
    nt_output_add_json (invocation->output, nt_session_get_server (session), "team",
                        nt_facts_record_to_node (teams->pdata[0]));
  else
    nt_output_add_json (invocation->output, nt_session_get_server (session), "teams", nt_facts_records_to_node (teams));
  if (reply != NULL)
    nt_output_add_json (invocation->output, nt_session_get_server (session), "features",
                        nt_facts_records_to_node (reply->features));
}

static void
features_cb (NtSession *session, JsonObject *reply, const GError *error, gpointer user_data)
{
  g_autoptr (GPtrArray) teams = user_data;
  g_autoptr (NtTeamFeaturesReply) features =
    nt_session_take_optional_reply (session, reply, error, &nt_team_features_reply_type);
  NtOutput *output = nt_session_get_invocation (session)->output;

  if (nt_output_is_json (output))
    {
      add_shown_json (session, teams, features);
      return;
    }
  for (guint i = 0; i < teams->len; i++)
    {
      if (i > 0)
        nt_output_print (output, "\n");
      print_whole_team (session, teams->pdata[i], find_features (features, teams->pdata[i]));
    }
}

static JsonObject *
make_request (const GPtrArray *teams)
{
  JsonObject *request = json_object_new ();
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < teams->len; i++)
    json_array_add_string_element (ids, ((const NtTeam *) teams->pdata[i])->id);
  json_object_set_array_member (request, "teams", ids);
  return request;
}

static NtExit
show_on (NtSession *session, NtInvocation *invocation)
{
  NtExit code = NT_EXIT_OK;
  GPtrArray *teams = nt_selection_find_teams (session, invocation->arguments, &code);
  g_autoptr (JsonObject) request = teams ? make_request (teams) : NULL;

  if (teams == NULL)
    return code;
  nt_session_call (session, "GetTeamFeatures", request, features_cb, teams);
  return NT_EXIT_OK;
}

/**
 * nt_team_show:
 *
 * Shows teams with their members, interfaces and drift.
 *
 * Returns: the exit status
 */
NtExit
nt_team_show (NtInvocation *invocation)
{
  if (!nt_selection_check (invocation))
    return NT_EXIT_USAGE;
  return nt_session_run (invocation, show_on);
}
