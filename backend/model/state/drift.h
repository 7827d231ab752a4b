/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/* In what a team differs from its definition; drift.c has the sentence of each. */
typedef enum
{
  NT_DRIFT_LINK_MISSING,
  NT_DRIFT_MEMBER_MISSING,
  NT_DRIFT_MEMBER_STRANGE,
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
  char *link;    /* the device that differs */
  char *option;  /* the bonding option, in the kernel's own word; NULL for all else */
  char *wanted;  /* what it should be; NULL = nothing */
  char *present; /* what it is; NULL = nothing */
  gint64 since;  /* seconds since 1970, when it was first seen */
  char *by;      /* the process that did it; NULL = the kernel does not say */
  char *message; /* all of it in English */
} NtDrift;

NT_DECLARE_RECORD (NtDrift, nt_drift)

GPtrArray *nt_drift_find (const NtSnapshot *snapshot, const NtTeamSpec *spec);
const NtDrift *nt_drift_find_same (const GPtrArray *drifts, const NtDrift *drift);
char *nt_drift_describe (const NtDrift *self);

G_END_DECLS
