/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/access/accounts.h"
#include "backend/agent/access/caller.h"
#include "backend/agent/access/polkit.h"
#include "backend/model/base/access-level.h"
#include "backend/varlink/service/service.h"

G_BEGIN_DECLS

/* Requirements of a method on its caller. */
typedef struct
{
  const char *method; /* of the agent's interface */
  NtAccessLevel level;
  guint cost_ms; /* cost for users other than root, see agent-limits.h */
} NtAccessRule;

/* Checks the access of the callers of a server. */
typedef struct _NtAccessGate NtAccessGate;

const NtAccessRule *nt_access_find_rule (const char *full_name);
NtAccessLevel nt_access_judge (const NtCaller *caller, const NtAccessGroups *groups);

NtAccessGate *nt_access_gate_new (NtAccounts *accounts, NtPolkit *polkit);
void nt_access_gate_free (NtAccessGate *self);
void nt_access_gate_attach (NtAccessGate *self, NtVarlinkService *server);

void nt_access_reply (NtVarlinkCall *call, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtAccessGate, nt_access_gate_free)

G_END_DECLS
