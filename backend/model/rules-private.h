/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/problem.h"
#include "model/request.h"
#include "model/state.h"

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
gboolean nt_check_owner (NtCheck *check, guint index, const NtAdapter *adapter);
void nt_check_adoption (NtCheck *check);
void nt_check_members (NtCheck *check);
void nt_check_modes (NtCheck *check);
void nt_check_network (NtCheck *check);

G_END_DECLS
