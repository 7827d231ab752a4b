/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/request/request.h"

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
