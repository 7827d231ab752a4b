/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/*
 * A target is the desired state of some links, in the kernel's terms; it does not affect links that it does not
 * contain. Targets are compiled from definitions of teams, or captured from the state before a change, to return to
 * it.
 */

typedef struct
{
  NtRecord record;
  char *name;
  int kind;    /* NtLinkKind: adapter, bond or VLAN */
  gboolean up;
  gint64 mtu;  /* bytes, -1 = any */
  gint64 ipv6; /* 1 = on, 0 = off, -1 = any */
  char *mac;   /* NULL = any */
  char *alias; /* NULL = any, "" = none */
  GPtrArray *alternative_names; /* required alternative names */
  GPtrArray *former_names;      /* alternative names to remove */
  GPtrArray *addresses;         /* of NtLinkAddress: required addresses */
  GPtrArray *former_addresses;  /* addresses to remove */
  GPtrArray *routes;            /* of NtRoute: required routes */
  GPtrArray *former_routes;     /* of NtRoute: routes to remove */
  NtBondOptions *bond;          /* of a bond */
  GPtrArray *members;           /* of a bond: all of its members, in order */
  char *filter;                 /* of a bond: in the notation of packet-filter.h; "" = none, NULL = any */
  char *parent;                 /* of a VLAN */
  gint64 vlan;                  /* of a VLAN */
} NtTargetLink;

NT_DECLARE_RECORD (NtTargetLink, nt_target_link)

typedef struct
{
  NtRecord record;
  GPtrArray *links;  /* of NtTargetLink: bonds before the VLANs on them */
  GPtrArray *absent; /* names of links to delete: VLANs before the bonds below them */
} NtTarget;

NT_DECLARE_RECORD (NtTarget, nt_target)

NtTargetLink *nt_target_add_link (NtTarget *self, const char *name, NtLinkKind kind);
void nt_target_add_absent (NtTarget *self, const char *name);
NtTargetLink *nt_target_add_adapter (NtTarget *self, const char *name, gboolean up);
const NtTargetLink *nt_target_find (const NtTarget *self, const char *name);
const NtTargetLink *nt_target_find_bond_of (const NtTarget *self, const char *adapter);

G_END_DECLS
