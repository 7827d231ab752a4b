/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/problem.h"
#include "model/state.h"

G_BEGIN_DECLS

/* A change as a client asks for it: the parameters of Apply. */
typedef struct
{
  NtRecord record;
  GPtrArray *set;    /* of NtTeamSpec */
  GPtrArray *remove; /* ids or names */
  gint64 generation; /* -1 = whatever it is */
  gboolean dry_run;
} NtRequest;

NT_DECLARE_RECORD (NtRequest, nt_request)

GPtrArray *nt_rules_check (const NtState *state, const NtRequest *request);

G_END_DECLS
