/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/request/problem.h"
#include "backend/model/request/request.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

/* A definition that is being checked. */
typedef struct
{
  const NtState *state;
  const NtRequest *request;
  const NtTeamSpec *spec;
  guint index; /* in request->set */
  GPtrArray *problems;
} NtCheck;

#define NT_NUMBER(buffer, value) \
  (g_snprintf (buffer, sizeof buffer, "%" G_GINT64_FORMAT, (gint64) (value)), buffer)

void nt_check_report (NtCheck *check, NtRule rule, const char *first, const char *second, const char *format, ...)
  G_GNUC_PRINTF (5, 6);
gboolean nt_check_keeps_team (const NtCheck *check, const NtTeam *team);

G_END_DECLS
