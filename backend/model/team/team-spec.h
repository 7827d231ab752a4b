/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/base/enums.h"

G_BEGIN_DECLS

#define NT_MEMBERS_MAX 32
#define NT_VLAN_MAX 4094
#define NT_MTU_MIN 68
#define NT_MTU_MAX 65535
#define NT_UP_DELAY_STEP_MS 50
#define NT_UP_DELAY_MAX_MS 60000
#define NT_NAME_MAX 200

/* The wanted state: what an administrator defines, whole. */

typedef struct
{
  NtRecord record;
  gint64 vlan;  /* 0 or -1 = untagged traffic */
  char *name;   /* NULL = generated from the team's name and the VLAN */
  char *device; /* the kernel's name; NULL = not chosen yet */
  gboolean disabled;
  GPtrArray *addresses; /* that it shall always have: "192.0.2.1/24" */
  GPtrArray *gateways;  /* of default routes over it: at most one of IPv4 and one of IPv6 */
  gint64 mtu;           /* bytes, -1 = as the team's */
} NtInterfaceSpec;

NT_DECLARE_RECORD (NtInterfaceSpec, nt_interface_spec)

/* By what an adapter is known, whatever the kernel calls it after the next boot. */
typedef struct
{
  NtRecord record;
  char *name; /* what the kernel calls it now */
  char *mac;  /* its permanent address; its own one where it has none */
  char *bus;  /* where it is plugged in */
} NtAdapterIdentity;

NT_DECLARE_RECORD (NtAdapterIdentity, nt_adapter_identity)

typedef struct
{
  NtRecord record;
  char *id; /* NULL = a new team */
  char *name;
  char *device; /* the kernel's name of the bond; NULL = not chosen yet */
  GPtrArray *members;
  GPtrArray *identities; /* of NtAdapterIdentity: of the members that were there once; the agent's own knowledge */
  int mode;       /* NtTeamMode, -1 = switch independent */
  int balance;    /* NtBalance, -1 = transport ports */
  int lacp_timer; /* NtLacpTimer, -1 = slow */
  char *standby;  /* one of members; NULL = none */
  gint64 mtu;     /* bytes, -1 = as the first member's */
  gint64 up_delay;       /* milliseconds that a member waits after it got its link back, -1 = 0 */
  GPtrArray *disabled;   /* members that are down by the administrator's wish */
  GPtrArray *interfaces; /* of NtInterfaceSpec; the first is the primary one; empty = one in default mode */
} NtTeamSpec;

NT_DECLARE_RECORD (NtTeamSpec, nt_team_spec)

/* What the agent keeps over restarts. */
typedef struct
{
  NtRecord record;
  gint64 version;
  gint64 generation;
  GPtrArray *teams; /* of NtTeamSpec */
} NtWanted;

NT_DECLARE_RECORD (NtWanted, nt_wanted)

#define NT_WANTED_VERSION 1

gint64 nt_interface_spec_get_vlan (const NtInterfaceSpec *self);
char *nt_interface_spec_get_display_name (const NtInterfaceSpec *self, const char *team_name);
NtInterfaceSpec *nt_team_spec_edit_interface (NtTeamSpec *self, guint index);
NtTeamSpec *nt_team_spec_enable (const NtTeamSpec *self, const char *what, gboolean enable);
NtTeamSpec *nt_team_spec_complete (const NtTeamSpec *self);
gboolean nt_team_spec_has_gateways (const NtTeamSpec *self);
const NtTeamSpec *nt_team_specs_find (const GPtrArray *specs, const char *id);
void nt_team_specs_set (GPtrArray *specs, const NtTeamSpec *spec);
const NtTeamSpec *nt_wanted_find (const NtWanted *self, const char *id_or_name);
GPtrArray *nt_wanted_list_devices (const NtWanted *self);
NtWanted *nt_wanted_change (const NtWanted *self, GPtrArray *set, GPtrArray *remove);
gboolean nt_team_spec_holds_standby (const NtTeamSpec *spec);

G_END_DECLS
