/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/access/caller.h"
#include "backend/agent/access/polkit.h"
#include "backend/model/base/access-level.h"
#include "backend/varlink/service/service.h"

G_BEGIN_DECLS

/* What a method wants of its caller. */
typedef struct
{
  const char *method; /* of the agent's interface */
  NtAccessLevel level;
  guint cost_ms; /* what it counts for a user other than root, see agent-limits.h */
} NtAccessRule;

/* The groups that have a level on this system; -1 where there is no such group. */
typedef struct
{
  gint64 manage;
  gint64 read;
} NtAccessGroups;

/* Lets the callers of a server through, or not. */
typedef struct _NtAccessGate NtAccessGate;

const NtAccessRule *nt_access_find_rule (const char *full_name);
NtAccessLevel nt_access_judge (const NtCaller *caller, const NtAccessGroups *groups);

NtAccessGate *nt_access_gate_new (NtPolkit *polkit);
void nt_access_gate_free (NtAccessGate *self);
void nt_access_gate_guard (NtAccessGate *self, NtVarlinkService *server);

void nt_access_tell (NtVarlinkCall *call, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtAccessGate, nt_access_gate_free)

G_END_DECLS
