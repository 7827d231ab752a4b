/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"
#include "backend/model/state/drift.h"
#include "backend/model/team/team-spec.h"

G_BEGIN_DECLS

/*
 * The state of a host as shown to clients: the kernel's state joined with the definitions. Mirrors the protocol's
 * types.
 */

typedef struct
{
  NtRecord record;
  char *address; /* "192.0.2.1/24" */
  gboolean dynamic;
} NtAddress;

NT_DECLARE_RECORD (NtAddress, nt_address)

typedef struct
{
  NtRecord record;
  char *hostname;
  int server_type; /* NtServerType */
  char *virtualization; /* hypervisor of a virtual machine: "kvm", "microsoft" …; NULL = not a virtual machine */
  char *notice; /* message of the agent for administrators, in English; NULL = none */
  gboolean guest_modes; /* %TRUE if a virtual machine may use all modes */
  gboolean filters;     /* %TRUE if it can filter incoming traffic of members */
  char *operating_system;
  char *kernel;
  char *agent_version;
  GPtrArray *capabilities; /* what this agent can do beyond version 0.2.0 of the protocol, in words of the protocol */
} NtHost;

NT_DECLARE_RECORD (NtHost, nt_host)

typedef struct
{
  NtRecord record;
  char *name;
  gint64 ifindex;
  char *mac;
  char *permanent_mac;
  char *description;
  char *driver;
  char *bus;
  gint64 mtu;   /* bytes */
  gint64 speed_mbps; /* Mb/s, -1 = unknown */
  int duplex;   /* NtDuplex, -1 = unknown */
  gboolean enabled;
  gboolean carrier;
  int state;            /* NtLinkState */
  int reason;           /* NtReason, -1 = none */
  char *team;           /* id of its team, NULL = none */
  GPtrArray *obstacles; /* words of nt_obstacle_enum; empty = can be teamed */
  GPtrArray *cautions;  /* words of nt_caution_enum */
  GPtrArray *addresses; /* of NtAddress */
  NtOwner *owner;       /* another tool that configures it; NULL = none */
} NtAdapter;

NT_DECLARE_RECORD (NtAdapter, nt_adapter)

typedef struct
{
  NtRecord record;
  gint64 aggregator;
  char *partner_mac;
  gint64 actor_state; /* NT_LACP_* bits */
  gint64 partner_state;
} NtLacpPort;

NT_DECLARE_RECORD (NtLacpPort, nt_lacp_port)

typedef struct
{
  NtRecord record;
  char *adapter;
  int role;   /* NtRole */
  int state;  /* NtLinkState */
  int reason; /* NtReason, -1 = none */
  gboolean defined;
  gboolean present;
  gint64 speed_mbps; /* Mb/s, -1 = unknown */
  gint64 link_failures;
  NtLacpPort *lacp; /* NULL outside LACP */
} NtMember;

NT_DECLARE_RECORD (NtMember, nt_member)

typedef struct
{
  NtRecord record;
  char *name;
  char *device;
  gint64 vlan; /* 0 = untagged traffic */
  gboolean primary;
  gboolean defined;
  gboolean present;
  gboolean enabled;
  int state;  /* NtLinkState */
  int reason; /* NtReason, -1 = none */
  char *mac;
  gint64 mtu;
  gint64 speed_mbps;
  GPtrArray *addresses; /* of NtAddress */
} NtInterface;

NT_DECLARE_RECORD (NtInterface, nt_interface)

typedef struct
{
  NtRecord record;
  char *id;
  char *name;
  char *device;
  gboolean managed;
  int mode;       /* NtTeamMode */
  int balance;    /* NtBalance */
  int lacp_timer; /* NtLacpTimer, -1 outside LACP */
  int status;     /* NtStatus */
  char *mac;
  gint64 mtu;
  gint64 speed_mbps;        /* Mb/s: sum of the sending members */
  char *active_member; /* the receiving member; NULL if all members receive */
  char *partner_mac;
  char *bond_mode;
  GPtrArray *members;    /* of NtMember */
  GPtrArray *interfaces; /* of NtInterface */
  GPtrArray *drift;      /* of NtDrift */
  NtTeamSpec *spec;      /* NULL if not managed */
  NtOwner *owner;        /* another tool that configures its device; NULL = none */
} NtTeam;

NT_DECLARE_RECORD (NtTeam, nt_team)

/* A change that waits for confirmation, and is rolled back if it is not confirmed in time. */
typedef struct
{
  NtRecord record;
  char *id; /* NULL = no change waits */
  gint64 deadline_s; /* initial time for confirmation, in seconds */
  gint64 remaining_s; /* seconds left */
  GPtrArray *teams; /* names of the teams that it set */
} NtPending;

NT_DECLARE_RECORD (NtPending, nt_pending)

typedef struct
{
  NtRecord record;
  gint64 generation;
  int status; /* NtStatus */
  NtPending *pending; /* NULL = no change waits */
  NtHost *host;
  GPtrArray *adapters; /* of NtAdapter */
  GPtrArray *teams;    /* of NtTeam */
} NtState;

NT_DECLARE_RECORD (NtState, nt_state)

/* See event.h. */
typedef struct _NtEvent NtEvent;

NT_DECLARE_RECORD (NtEvent, nt_event)

/* Changes from one state to the next. All fields are optional; without any it serves as a keep-alive. */
typedef struct
{
  NtRecord record;
  NtState *state; /* the whole state instead: first reply of a subscription */
  gint64 generation;
  int status;
  NtPending *pending; /* without an id: no change waits any more */
  NtHost *host;
  GPtrArray *adapters; /* of NtAdapter: new and changed */
  GPtrArray *teams;    /* of NtTeam: new and changed */
  GPtrArray *removed_adapters; /* names */
  GPtrArray *removed_teams;    /* ids */
  GPtrArray *events;           /* of NtEvent */
} NtChanges;

NT_DECLARE_RECORD (NtChanges, nt_changes)

/* Counters of a link. */
typedef struct
{
  NtRecord record;
  char *link;
  gint64 rx_bytes;
  gint64 tx_bytes;
  gint64 rx_packets;
  gint64 tx_packets;
  gint64 rx_errors;
  gint64 tx_errors;
  gint64 rx_dropped;
  gint64 tx_dropped;
} NtSample;

NT_DECLARE_RECORD (NtSample, nt_sample)

/* A reply of SubscribeStatistics. */
typedef struct
{
  NtRecord record;
  gint64 time_us; /* microseconds on a monotonic clock */
  GPtrArray *samples;
} NtSamples;

NT_DECLARE_RECORD (NtSamples, nt_samples)

gboolean nt_addresses_contain (const GPtrArray *addresses, const char *address);
gboolean nt_addresses_matter (const GPtrArray *addresses);
char *nt_addresses_join (const GPtrArray *addresses, gboolean dynamic);
const NtAdapter *nt_state_find_adapter (const NtState *self, const char *name);
const NtTeam *nt_state_find_team (const NtState *self, const char *id_or_name);
NtChanges *nt_state_diff (const NtState *before, const NtState *after);
NtState *nt_state_patch (const NtState *self, const NtChanges *changes);
gboolean nt_changes_are_empty (const NtChanges *self);

G_END_DECLS
