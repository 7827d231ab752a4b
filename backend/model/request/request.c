/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/request/request.h"

#include "backend/model/base/record-json.h"

static const NtField nt_request_fields[] = {
  NT_RECORDS (NtRequest, set, OPTIONAL, nt_team_spec_type),
  NT_STRINGS (NtRequest, remove, OPTIONAL),
  NT_STRINGS (NtRequest, enable, OPTIONAL),
  NT_STRINGS (NtRequest, disable, OPTIONAL),
  NT_STRINGS (NtRequest, adopt, OPTIONAL),
  NT_BOOL (NtRequest, take_over, OPTIONAL),
  NT_INT (NtRequest, generation, OPTIONAL),
  NT_INT (NtRequest, confirm_s, OPTIONAL),
  NT_BOOL (NtRequest, dry_run, OPTIONAL),
};
NT_DEFINE_RECORD (NtRequest, nt_request, "Apply")

static const NtField nt_apply_reply_fields[] = {
  NT_RECORD (NtApplyReply, operation, OPTIONAL, nt_operation_type),
  NT_INT (NtApplyReply, generation, OPTIONAL),
  NT_RECORDS (NtApplyReply, operations, OPTIONAL, nt_operation_type),
  NT_RECORDS (NtApplyReply, warnings, OPTIONAL, nt_problem_type),
  NT_STRINGS (NtApplyReply, teams, OPTIONAL),
  NT_STRING (NtApplyReply, change, OPTIONAL),
  NT_RECORD (NtApplyReply, pending, OPTIONAL, nt_pending_type),
};
NT_DEFINE_RECORD (NtApplyReply, nt_apply_reply, "ApplyReply")

static const NtField nt_operation_failure_fields[] = {
  NT_RECORD (NtOperationFailure, operation, REQUIRED, nt_operation_type),
  NT_STRING (NtOperationFailure, reason, REQUIRED),
  NT_BOOL (NtOperationFailure, undone, REQUIRED),
  NT_STRING (NtOperationFailure, message, REQUIRED),
};
NT_DEFINE_RECORD (NtOperationFailure, nt_operation_failure, "OperationFailed")

static void
clear_default (int *value)
{
  if (*value == 0)
    *value = -1;
}

/* An agent that does not know a field refuses it, so what is the default anyway is left out. */
static NtTeamSpec *
leave_out_defaults (const NtTeamSpec *self)
{
  NtTeamSpec *spec = nt_team_spec_copy (self);

  clear_default (&spec->mode);
  clear_default (&spec->balance);
  clear_default (&spec->lacp_timer);
  if (spec->up_delay_ms == 0)
    spec->up_delay_ms = -1;
  return spec;
}

/**
 * nt_request_to_json:
 *
 * Returns: (transfer full): the parameters of Apply, without what is the default
 */
JsonObject *
nt_request_to_json (const NtRequest *self)
{
  g_autoptr (NtRequest) request = nt_request_copy (self);
  JsonObject *parameters;

  for (guint i = 0; i < request->set->len; i++)
    {
      NtTeamSpec *spec = leave_out_defaults (request->set->pdata[i]);

      nt_team_spec_unref (request->set->pdata[i]);
      request->set->pdata[i] = spec;
    }
  parameters = nt_record_to_json (request);
  if (!request->take_over)
    json_object_remove_member (parameters, "take_over");
  if (!request->dry_run)
    json_object_remove_member (parameters, "dry_run");
  return parameters;
}
