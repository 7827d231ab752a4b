/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/text/agent-error.h"

#include "backend/model/base/record-json.h"
#include "backend/model/request/problem.h"
#include "backend/model/request/request.h"
#include "backend/varlink/wire/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
describe_refusal (const GError *error)
{
  g_autoptr (NtRefusal) refusal =
    nt_record_from_json (&nt_refusal_type, nt_varlink_error_get_parameters (error), NT_JSON_LENIENT, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; refusal != NULL && i < refusal->problems->len; i++)
    {
      const NtProblem *problem = g_ptr_array_index (refusal->problems, i);
      g_autofree char *sentence = nt_problem_describe (problem);

      if (problem->severity == NT_SEVERITY_ERROR)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static char *
describe_failure (const GError *error)
{
  const char *reason = nt_varlink_error_get_string (error, "reason");
  JsonObject *parameters = nt_varlink_error_get_parameters (error);
  gboolean undone = json_object_get_boolean_member_with_default (parameters, "undone", FALSE);

  return g_strdup_printf (undone ? _("The kernel rejected the change: %s. The change was rolled back.")
                                 : _("The kernel rejected the change: %s. It could not be rolled back completely; "
                                     "check the team."),
                          reason ? reason : error->message);
}

/* One row for each error of the interface. Without a text, the agent's own message is shown. */
static const struct
{
  const char *name;
  NtAgentErrorKind kind;
  const char *text;
  char *(*describe) (const GError *error);
} table[] = {
  [NT_AGENT_ERROR_REFUSED] = { "Refused", NT_AGENT_ERROR_OF_REQUEST, NULL, describe_refusal },
  [NT_AGENT_ERROR_STALE_GENERATION] = { "StaleGeneration", NT_AGENT_ERROR_OF_REQUEST,
    N_("The configuration of this server has changed in the meantime. Check it and try again.") },
  [NT_AGENT_ERROR_OPERATION_FAILED] = { "OperationFailed", NT_AGENT_ERROR_OF_KERNEL, NULL, describe_failure },
  [NT_AGENT_ERROR_CHANGE_PENDING] = { "ChangePending", NT_AGENT_ERROR_OF_REQUEST,
    N_("Another change is waiting for confirmation. Confirm or revert it first.") },
  [NT_AGENT_ERROR_NOTHING_PENDING] = { "NothingPending", NT_AGENT_ERROR_OF_REQUEST,
    N_("No change is waiting for confirmation.") },
  [NT_AGENT_ERROR_CONNECTION_TOO_OLD] = { "ConnectionTooOld", NT_AGENT_ERROR_OF_REQUEST,
    N_("The connection is older than the change. Confirm it over a new connection.") },
  [NT_AGENT_ERROR_REVERT_FAILED] = { "RevertFailed", NT_AGENT_ERROR_OF_KERNEL,
    N_("Reverting failed. Check the links and the log of the agent.") },
  [NT_AGENT_ERROR_STORE_FAILED] = { "StoreFailed", NT_AGENT_ERROR_OF_AGENT, NULL },
  [NT_AGENT_ERROR_CHANGE_SUPERSEDED] = { "ChangeSuperseded", NT_AGENT_ERROR_OF_REQUEST,
    N_("Another change was made in the meantime. Undo that one first, or change the team.") },
  [NT_AGENT_ERROR_NOTHING_TO_UNDO] = { "NothingToUndo", NT_AGENT_ERROR_OF_REQUEST,
    N_("There is no change to undo.") },
  [NT_AGENT_ERROR_ACCESS_DENIED] = { "AccessDenied", NT_AGENT_ERROR_OF_REQUEST, NULL },
  [NT_AGENT_ERROR_NOT_FOUND] = { "NotFound", NT_AGENT_ERROR_OF_REQUEST, NULL },
};

/**
 * nt_agent_error_get:
 * @error: of a call
 *
 * Returns: which of the agent's errors it is; %NT_AGENT_ERROR_OTHER if none
 */
NtAgentError
nt_agent_error_get (const GError *error)
{
  const char *name = error->domain == NT_VARLINK_ERROR ? nt_varlink_error_get_name (error) : NULL;

  if (name == NULL || !g_str_has_prefix (name, VARLINK_INTERFACE "."))
    return NT_AGENT_ERROR_OTHER;
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (name + strlen (VARLINK_INTERFACE "."), table[i].name))
      return (NtAgentError) i;
  return NT_AGENT_ERROR_OTHER;
}

/* Returns who has to act on @error; the agent, if that is not known. */
NtAgentErrorKind
nt_agent_error_get_kind (const GError *error)
{
  NtAgentError code = nt_agent_error_get (error);

  if (g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_PERMISSION_DENIED))
    return NT_AGENT_ERROR_OF_REQUEST;
  return code != NT_AGENT_ERROR_OTHER ? table[code].kind : NT_AGENT_ERROR_OF_AGENT;
}

/**
 * nt_agent_error_describe:
 * @error: of a call
 *
 * Returns: (transfer full): what failed, why and what to do, in the user's language where the error is a known one
 */
char *
nt_agent_error_describe (const GError *error)
{
  NtAgentError code = nt_agent_error_get (error);
  const char *parameter = g_error_matches (error, NT_VARLINK_ERROR, NT_VARLINK_ERROR_INVALID_PARAMETER)
    ? nt_varlink_error_get_string (error, "parameter") : NULL;
  char *text = code != NT_AGENT_ERROR_OTHER && table[code].describe != NULL ? table[code].describe (error) : NULL;

  if (text != NULL)
    return text;
  if (parameter != NULL)
    return g_strdup_printf (_("The agent of this server does not accept “%s”; it may be too old for that. Update it, or do "
                              "without."), parameter);
  return g_strdup (code != NT_AGENT_ERROR_OTHER && table[code].text != NULL ? _(table[code].text) : error->message);
}
