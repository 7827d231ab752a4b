/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/* Kinds of drift; drift.c has the sentence of each. */
typedef enum
{
  NT_DRIFT_LINK_MISSING,
  NT_DRIFT_MEMBER_MISSING,
  NT_DRIFT_MEMBER_UNDEFINED,
  NT_DRIFT_OPTION,
  NT_DRIFT_VLAN,
  NT_DRIFT_LINK_DOWN,
  NT_DRIFT_LINK_UP,
  NT_DRIFT_MTU,
  NT_DRIFT_MAC,
  NT_DRIFT_DISPLAY_NAME,
  NT_DRIFT_ADDRESS_MISSING,
  NT_DRIFT_GATEWAY_MISSING,
} NtDriftKind;

extern const NtEnum nt_drift_kind_enum;

typedef struct
{
  NtRecord record;
  int kind;      /* NtDriftKind */
  char *link;    /* the affected device */
  char *option;  /* the bonding option, as the kernel calls it; NULL for all other kinds */
  char *expected;  /* value in the definition; NULL = none */
  char *present; /* present value; NULL = none */
  gint64 since_s;  /* time of detection, in seconds since 1970 */
  char *by;      /* the process that made the change; NULL = unknown */
  char *message; /* complete sentence in English */
} NtDrift;

NT_DECLARE_RECORD (NtDrift, nt_drift)

GPtrArray *nt_drift_find (const NtSnapshot *snapshot, const NtTeamSpec *spec);
const NtDrift *nt_drift_find_same (const GPtrArray *drifts, const NtDrift *drift);
char *nt_drift_describe (const NtDrift *self);

G_END_DECLS
