/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/operation.h"
#include "backend/model/request/problem.h"
#include "backend/model/state/state.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/* What Apply takes and answers. */

typedef struct
{
  NtRecord record;
  GPtrArray *set;    /* of NtTeamSpec */
  GPtrArray *remove; /* ids or names */
  GPtrArray *enable; /* adapters, and names or devices of team interfaces */
  GPtrArray *disable;
  GPtrArray *adopt;    /* devices of bonds that nobody here has made, and that are what definitions in set say */
  gboolean take_over;  /* have other tools leave alone what they configure */
  gint64 generation; /* -1 = whatever it is */
  gint64 confirm; /* seconds until it is undone unless it is confirmed; 0 = it is not, -1 = as the agent is set */
  gboolean dry_run;
} NtRequest;

NT_DECLARE_RECORD (NtRequest, nt_request)

/* A reply; those that continue have only the operation that is about to be carried out. */
typedef struct
{
  NtRecord record;
  NtOperation *operation;
  gint64 generation;
  GPtrArray *operations; /* of NtOperation: all that was, or would be, carried out */
  GPtrArray *warnings;   /* of NtProblem */
  GPtrArray *teams;      /* ids of the teams that were set */
  NtPending *pending;    /* what is to be confirmed; NULL = nothing */
} NtApplyReply;

NT_DECLARE_RECORD (NtApplyReply, nt_apply_reply)

/* Parameters of the error OperationFailed. */
typedef struct
{
  NtRecord record;
  NtOperation *operation;
  char *reason; /* the kernel's words */
  gboolean undone;
  char *message;
} NtOperationFailure;

NT_DECLARE_RECORD (NtOperationFailure, nt_operation_failure)

G_END_DECLS
