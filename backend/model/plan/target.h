/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/*
 * A target says what some links shall be, in the kernel's terms; links that it does not name do not matter to it.
 * Definitions of teams are compiled to a target, and so is the state before a change, to return to.
 */

typedef struct
{
  NtRecord record;
  char *name;
  int kind;    /* NtLinkKind: adapter, bond or VLAN */
  gboolean up;
  gint64 mtu;  /* bytes, -1 = does not matter */
  gint64 ipv6; /* 1 = on, 0 = off, -1 = does not matter */
  char *mac;   /* NULL = does not matter */
  char *alias; /* NULL = does not matter, "" = none */
  GPtrArray *alternative_names; /* that it must have */
  GPtrArray *former_names;      /* alternative names that it must not have any more */
  GPtrArray *addresses;         /* of NtLinkAddress, that it must have */
  GPtrArray *former_addresses;  /* that it must not have any more */
  GPtrArray *routes;            /* of NtRoute, that must go over it */
  GPtrArray *former_routes;     /* of NtRoute, that must not be there any more */
  NtBondOptions *bond;          /* of a bond */
  GPtrArray *members;           /* of a bond: all of its members, in order */
  char *filter;                 /* of a bond: as in filter.h, "" = none, NULL = does not matter */
  char *parent;                 /* of a VLAN */
  gint64 vlan;                  /* of a VLAN */
} NtTargetLink;

NT_DECLARE_RECORD (NtTargetLink, nt_target_link)

typedef struct
{
  NtRecord record;
  GPtrArray *links;  /* of NtTargetLink: bonds before the VLANs on them */
  GPtrArray *absent; /* names of links that shall not be there: VLANs before the bonds below them */
} NtTarget;

NT_DECLARE_RECORD (NtTarget, nt_target)

NtTargetLink *nt_target_add_link (NtTarget *self, const char *name, NtLinkKind kind);
void nt_target_add_absent (NtTarget *self, const char *name);
NtTargetLink *nt_target_add_adapter (NtTarget *self, const char *name, gboolean up);
const NtTargetLink *nt_target_find (const NtTarget *self, const char *name);
const NtTargetLink *nt_target_find_bond_of (const NtTarget *self, const char *adapter);

G_END_DECLS
