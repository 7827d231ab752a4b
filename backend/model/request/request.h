/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/operation.h"
#include "backend/model/request/problem.h"
#include "backend/model/state/state.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/* Parameters and replies of Apply. */

typedef struct
{
  NtRecord record;
  GPtrArray *set;    /* of NtTeamSpec */
  GPtrArray *remove; /* ids or names */
  GPtrArray *enable; /* adapters, and names or devices of team interfaces */
  GPtrArray *disable;
  GPtrArray *adopt;    /* devices of foreign bonds that definitions in set describe */
  gboolean take_over;  /* make other tools leave the devices alone */
  gint64 generation; /* -1 = any */
  gint64 confirm_s; /* seconds until it is rolled back unless confirmed; 0 = never, -1 = default of the agent */
  gboolean dry_run;
} NtRequest;

NT_DECLARE_RECORD (NtRequest, nt_request)

JsonObject *nt_request_to_json (const NtRequest *self);

/* A reply; those that continue contain only the operation that comes next. */
typedef struct
{
  NtRecord record;
  NtOperation *operation;
  gint64 generation;
  GPtrArray *operations; /* of NtOperation: those that were, or would be, carried out */
  GPtrArray *warnings;   /* of NtProblem */
  GPtrArray *teams;      /* ids of the teams that were set */
  char *change;          /* id of the change, see NtHistoryEntry; NULL = nothing was changed */
  NtPending *pending;    /* the change that waits for confirmation; NULL = none */
} NtApplyReply;

NT_DECLARE_RECORD (NtApplyReply, nt_apply_reply)

/* Parameters of the error OperationFailed. */
typedef struct
{
  NtRecord record;
  NtOperation *operation;
  char *reason; /* the error message of the kernel */
  gboolean undone;
  char *message;
} NtOperationFailure;

NT_DECLARE_RECORD (NtOperationFailure, nt_operation_failure)

G_END_DECLS
