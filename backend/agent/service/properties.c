/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/service/properties.h"

#include "backend/agent/engine/engine.h"
#include "backend/model/base/record-json.h"
#include "backend/model/link/offload.h"
#include "backend/varlink/service/agent-interface.h"

/* Methods for details that drivers are asked for on request only. */

typedef struct
{
  NtRecord record;
  char *name;
} NtAdapterRequest;

typedef struct
{
  NtRecord record;
  GPtrArray *teams;
} NtFeaturesRequest;

static const NtField nt_adapter_request_fields[] = {
  NT_STRING (NtAdapterRequest, name, REQUIRED),
};
static NT_DEFINE_RECORD (NtAdapterRequest, nt_adapter_request, "GetAdapter")

static const NtField nt_features_request_fields[] = {
  NT_STRINGS (NtFeaturesRequest, teams, OPTIONAL),
};
static NT_DEFINE_RECORD (NtFeaturesRequest, nt_features_request, "GetTeamFeatures")

static void
reply_not_found (NtVarlinkCall *call, const char *name)
{
  nt_varlink_call_reply_error_string (call, VARLINK_INTERFACE ".NotFound", "name", name);
}

static void
reply_record (NtVarlinkCall *call, gconstpointer reply)
{
  g_autoptr (JsonObject) parameters = nt_record_to_json (reply);

  nt_varlink_call_reply (call, parameters);
}

static void
answer_adapter (NtVarlinkCall *call, NtEngine *engine, const char *name)
{
  g_autoptr (NtAdapterReply) reply = nt_adapter_reply_new ();

  if (nt_state_find_adapter (nt_host_view_update_state (nt_engine_get_view (engine)), name) != NULL)
    reply->details = nt_kernel_read_details (nt_host_view_get_kernel (nt_engine_get_view (engine)), name, NULL);
  if (reply->details != NULL)
    reply_record (call, reply);
  else
    reply_not_found (call, name);
}

/**
 * nt_properties_get_adapter:
 * @call: a call of GetAdapter
 */
void
nt_properties_get_adapter (NtVarlinkCall *call, gpointer engine)
{
  NtAdapterRequest *request = nt_varlink_call_read (call, &nt_adapter_request_type);

  if (request == NULL)
    return;
  answer_adapter (call, engine, request->name);
  nt_record_unref (request);
}

/* Reads the features of the present members, including a standby member outside of the bond. */
static NtTeamFeatures *
read_features (NtKernel *kernel, const NtTeam *team)
{
  g_autoptr (GPtrArray) members = nt_records_new ();
  g_autoptr (NtAdapterDetails) bond = nt_kernel_read_details (kernel, team->device, NULL);
  NtTeamFeatures *features;

  for (guint i = 0; i < team->members->len; i++)
    {
      const NtMember *member = team->members->pdata[i];
      NtAdapterDetails *details = nt_kernel_read_details (kernel, member->adapter, NULL);

      if (details != NULL)
        g_ptr_array_add (members, details);
    }
  features = nt_team_features_compute (team->mode, team->balance, members, bond);
  features->id = g_strdup (team->id);
  return features;
}

/* Returns the named teams, or all; NULL if one does not exist and the call has been answered. */
static GPtrArray *
find_teams (NtVarlinkCall *call, const NtState *state, const GPtrArray *names)
{
  g_autoptr (GPtrArray) teams = g_ptr_array_new ();

  for (guint i = 0; i < names->len; i++)
    {
      const NtTeam *team = nt_state_find_team (state, names->pdata[i]);

      if (team == NULL)
        {
          reply_not_found (call, names->pdata[i]);
          return NULL;
        }
      g_ptr_array_add (teams, (gpointer) team);
    }
  for (guint i = 0; names->len == 0 && i < state->teams->len; i++)
    g_ptr_array_add (teams, state->teams->pdata[i]);
  return g_steal_pointer (&teams);
}

/**
 * nt_properties_get_team_features:
 * @call: a call of GetTeamFeatures
 */
void
nt_properties_get_team_features (NtVarlinkCall *call, gpointer engine)
{
  NtFeaturesRequest *request = nt_varlink_call_read (call, &nt_features_request_type);
  g_autoptr (NtState) state = NULL;
  g_autoptr (GPtrArray) teams = NULL;

  if (request == NULL)
    return;
  state = nt_state_ref (nt_host_view_update_state (nt_engine_get_view (engine)));
  teams = find_teams (call, state, request->teams);
  if (teams != NULL)
    {
      g_autoptr (NtTeamFeaturesReply) reply = nt_team_features_reply_new ();

      for (guint i = 0; i < teams->len; i++)
        g_ptr_array_add (reply->features, read_features (nt_host_view_get_kernel (nt_engine_get_view (engine)), teams->pdata[i]));
      reply_record (call, reply);
    }
  nt_record_unref (request);
}
