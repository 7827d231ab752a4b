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

/* Definitions: the desired state of teams, as set by an administrator. */

typedef struct
{
  NtRecord record;
  gint64 vlan;  /* 0 or -1 = untagged traffic */
  char *name;   /* NULL = generated from the team's name and the VLAN */
  char *device; /* device name; NULL = not chosen yet */
  gboolean disabled;
  GPtrArray *addresses; /* static addresses: "192.0.2.1/24" */
  GPtrArray *gateways;  /* default gateways: at most one for IPv4 and one for IPv6 */
  gint64 mtu;           /* bytes; -1 = that of the team */
} NtInterfaceSpec;

NT_DECLARE_RECORD (NtInterfaceSpec, nt_interface_spec)

/* Identifies an adapter independently of the name that the kernel assigns at boot. */
typedef struct
{
  NtRecord record;
  char *name; /* last known device name */
  char *mac;  /* permanent MAC address; the present one if it has none */
  char *bus;  /* bus address */
} NtAdapterIdentity;

NT_DECLARE_RECORD (NtAdapterIdentity, nt_adapter_identity)

typedef struct
{
  NtRecord record;
  char *id; /* NULL = a new team */
  char *name;
  char *device; /* device name of the bond; NULL = not chosen yet */
  GPtrArray *members;
  GPtrArray *identities; /* of NtAdapterIdentity: of members that have been present; maintained by the agent */
  int mode;       /* NtTeamMode, -1 = switch independent */
  int balance;    /* NtBalance, -1 = transport ports */
  int lacp_timer; /* NtLacpTimer, -1 = slow */
  char *standby;  /* one of members; NULL = none */
  gint64 mtu;     /* bytes; -1 = that of the first member */
  gint64 up_delay_ms;       /* milliseconds that a member waits after its link came up; -1 = 0 */
  GPtrArray *options;    /* map: bonding options that differ from the default, see NT_BOND_OPTION_TABLE */
  GPtrArray *disabled;   /* members that are administratively down */
  GPtrArray *interfaces; /* of NtInterfaceSpec; the first is the primary one; empty = one in default mode */
} NtTeamSpec;

NT_DECLARE_RECORD (NtTeamSpec, nt_team_spec)

/* Definitions as the agent stores them. */
typedef struct
{
  NtRecord record;
  gint64 generation;
  GPtrArray *teams; /* of NtTeamSpec */
} NtDefinitions;

NT_DECLARE_RECORD (NtDefinitions, nt_definitions)

gint64 nt_interface_spec_get_vlan (const NtInterfaceSpec *self);
char *nt_interface_spec_get_display_name (const NtInterfaceSpec *self, const char *team_name);
NtInterfaceSpec *nt_team_spec_edit_interface (NtTeamSpec *self, guint index);
NtTeamSpec *nt_team_spec_enable (const NtTeamSpec *self, const char *what, gboolean enable);
NtTeamSpec *nt_team_spec_complete (const NtTeamSpec *self);
gboolean nt_team_spec_has_gateways (const NtTeamSpec *self);
const NtTeamSpec *nt_team_specs_find (const GPtrArray *specs, const char *id);
void nt_team_specs_set (GPtrArray *specs, const NtTeamSpec *spec);
const NtTeamSpec *nt_definitions_find (const NtDefinitions *self, const char *id_or_name);
GPtrArray *nt_definitions_list_devices (const NtDefinitions *self);
NtDefinitions *nt_definitions_change (const NtDefinitions *self, GPtrArray *set, GPtrArray *remove);
gboolean nt_team_spec_holds_standby (const NtTeamSpec *spec);

G_END_DECLS
