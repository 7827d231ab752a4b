/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/cli/commands/model-file.h"
#include "app/cli/frame/command.h"
#include "app/cli/frame/selection.h"
#include "app/cli/frame/session-apply.h"
#include "app/cli/frame/session.h"
#include "app/cli/frame/wait.h"
#include "backend/model/state/device-name.h"

static gboolean prune;
static NtModelFile *file; /* shared by all servers */

static const GOptionEntry options[] = {
  { "prune", 0, 0, G_OPTION_ARG_NONE, &prune, N_("Delete teams that are not in the file"), NULL },
  NT_TAKE_OVER_OPTION,
  NT_WAIT_OPTION,
  { NULL },
};

static const NtTeamSpec *
find_present (const NtState *state, const char *id_or_name)
{
  const NtTeam *team = id_or_name ? nt_state_find_team (state, id_or_name) : NULL;

  return team ? team->spec : NULL;
}

static gboolean
has_id (const GPtrArray *specs, const char *id)
{
  for (guint i = 0; i < specs->len; i++)
    if (g_strcmp0 (((NtTeamSpec *) specs->pdata[i])->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* A team is identified by its name. If no team has that name, the id identifies a team to rename, if it is known. */
static void
resolve_ids (const NtState *state, GPtrArray *specs)
{
  g_autoptr (GPtrArray) ids = nt_strings_new ();

  for (guint i = 0; i < specs->len; i++)
    {
      NtTeamSpec *spec = specs->pdata[i];
      const NtTeamSpec *present = find_present (state, spec->name);

      g_ptr_array_add (ids, g_steal_pointer (&spec->id));
      spec->id = present ? g_strdup (present->id) : NULL;
    }
  for (guint i = 0; i < specs->len; i++)
    {
      NtTeamSpec *spec = specs->pdata[i];
      const NtTeamSpec *present = find_present (state, ids->pdata[i]);

      if (spec->id == NULL && present != NULL && !has_id (specs, present->id))
        spec->id = g_strdup (present->id);
    }
}

/* Definitions that mean the same compare equal in this form. Identities of members are left out, since the agent
 * records them and a file need not have them. */
static NtTeamSpec *
normalise (const NtTeamSpec *spec, const NtState *state)
{
  NtTeamSpec *complete = nt_team_spec_complete (spec);
  g_autoptr (GPtrArray) reserved = nt_strings_new ();

  nt_device_name_choose (complete, state, reserved);
  g_ptr_array_unref (complete->identities);
  complete->identities = nt_records_new ();
  for (guint i = 0; i < complete->interfaces->len; i++)
    {
      NtInterfaceSpec *interface = nt_interface_spec_copy (complete->interfaces->pdata[i]);

      interface->vlan = nt_interface_spec_get_vlan (interface);
      nt_interface_spec_unref (complete->interfaces->pdata[i]);
      complete->interfaces->pdata[i] = interface;
    }
  return complete;
}

static gboolean
is_up_to_date (const NtState *state, const NtTeamSpec *spec)
{
  const NtTeamSpec *present = find_present (state, spec->id);
  g_autoptr (NtTeamSpec) before = present ? normalise (present, state) : NULL;
  g_autoptr (NtTeamSpec) after = normalise (spec, state);

  return nt_record_equal (before, after);
}

static gboolean
differs (const NtState *state, const NtRequest *request)
{
  for (guint i = 0; i < request->set->len; i++)
    if (!is_up_to_date (state, request->set->pdata[i]))
      return TRUE;
  return request->remove->len > 0;
}

/* Bonds that other tools created are not affected by --prune. */
static GPtrArray *
find_surplus (const NtState *state, const GPtrArray *specs)
{
  GPtrArray *surplus = g_ptr_array_new ();

  for (guint i = 0; i < state->teams->len; i++)
    {
      const NtTeam *team = state->teams->pdata[i];

      if (team->spec != NULL && !has_id (specs, team->id))
        g_ptr_array_add (surplus, team->spec);
    }
  return surplus;
}

static gboolean
prune_surplus (NtSession *session, NtInvocation *invocation, NtRequest *request)
{
  g_autoptr (GPtrArray) surplus = find_surplus (nt_session_get_state (session), request->set);
  g_autofree char *names = nt_selection_join_names (surplus);
  g_autofree char *question = g_strdup_printf (_("%s: delete teams that are not in the file: %s?"),
                                               nt_session_get_server (session), names);

  for (guint i = 0; i < surplus->len; i++)
    g_ptr_array_add (request->remove, g_strdup (((NtTeamSpec *) surplus->pdata[i])->id));
  return surplus->len == 0 || nt_invocation_confirm (invocation, nt_session_get_server (session), question);
}

static NtRequest *
make_request (const NtState *state, const GPtrArray *teams)
{
  NtRequest *request = nt_request_new ();

  for (guint i = 0; i < teams->len; i++)
    g_ptr_array_add (request->set, nt_team_spec_copy (((NtModelTeam *) teams->pdata[i])->spec));
  resolve_ids (state, request->set);
  return request;
}

static char **
list_paths (const GPtrArray *teams)
{
  char **paths = g_new0 (char *, teams->len + 1);

  for (guint i = 0; i < teams->len; i++)
    paths[i] = g_strdup (((NtModelTeam *) teams->pdata[i])->path);
  return paths;
}

static NtExit
apply_on (NtSession *session, NtInvocation *invocation)
{
  const NtState *state = nt_session_get_state (session);
  g_autoptr (GPtrArray) teams = nt_model_file_list (file, nt_session_get_server (session));
  g_autoptr (NtRequest) request = teams ? make_request (state, teams) : NULL;
  g_auto (GStrv) paths = teams ? list_paths (teams) : NULL;
  g_autofree char *done = NULL;
  NtApplyOptions how = { paths, FALSE };

  if (teams == NULL)
    return nt_session_fail (session, NT_EXIT_REFUSED,
                            _("The file defines teams for several servers, but not for this one"));
  if (prune && !prune_surplus (session, invocation, request))
    return NT_EXIT_USAGE;
  how.only_if_needed = !differs (state, request);
  done = g_strdup_printf (_("applied the file: %u defined, %u deleted"), request->set->len, request->remove->len);
  return nt_session_apply_with (session, request, done, &how);
}

static NtExit
apply_file (NtInvocation *invocation)
{
  g_autoptr (GError) error = NULL;
  NtExit code;

  file = nt_model_file_read (invocation->arguments[0], &error);
  if (file == NULL)
    return nt_invocation_fail (invocation, NULL, NT_EXIT_USAGE, "%s", error->message);
  code = nt_session_run (invocation, apply_on);
  g_clear_pointer (&file, nt_model_file_free);
  return code;
}

const NtCommand nt_apply_commands[] = {
  { "apply", NULL, N_("FILE"), N_("Apply team definitions from a JSON file (“-”: standard input)"), 1, 1, options,
    apply_file },
  { NULL },
};
