/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/plan/operation.h"
#include "backend/model/plan/target.h"

G_BEGIN_DECLS

/* A plan under construction: its operations, and the resulting state of the links so far. */
typedef struct
{
  const NtSnapshot *snapshot;
  const NtTarget *target;
  GPtrArray *operations;
  GHashTable *down;   /* links that are down at this point */
  GHashTable *removed;  /* adapters that have left their bond */
  GHashTable *joined; /* adapters that have joined a bond */
  GHashTable *successors;  /* adapters that have taken over the addresses of a deleted bond */
  GHashTable *rerouted; /* links that may have lost the routes that depend on an address */
} NtPlan;

NtOperation *nt_plan_add (NtPlan *plan, NtOperationKind kind, const char *link, const char *other);
void nt_plan_mtu (NtPlan *plan, const char *link, gint64 mtu);
gboolean nt_plan_is_down (const NtPlan *plan, const NtLink *link);
gboolean nt_plan_deletes (const NtPlan *plan, const NtLink *link);
const NtLink *nt_plan_find_present (const NtPlan *plan, const NtTargetLink *want);
void nt_plan_up (NtPlan *plan, const NtLink *link, const NtTargetLink *want);
void nt_plan_names (NtPlan *plan, const NtLink *link, const NtTargetLink *want);
void nt_plan_ipv6 (NtPlan *plan, const NtLink *link, const NtTargetLink *want);
void nt_plan_note_removal (NtPlan *plan, const char *adapter);
void nt_plan_remove_member (NtPlan *plan, const char *adapter, const char *bond);
void nt_plan_await_carrier (NtPlan *plan, const char *link);
gboolean nt_plan_joins_late (const NtPlan *plan, const NtTargetLink *bond, const char *adapter);

G_END_DECLS
