/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/history/change-history.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

/* Number of events that an agent remembers. */
#define NT_EVENTS_MAX 100

/* Kinds of events; event.c has the sentence of each. */
typedef enum
{
  NT_EVENT_ADAPTER_APPEARED,
  NT_EVENT_ADAPTER_DISAPPEARED,
  NT_EVENT_ADAPTER_STATE,
  NT_EVENT_ACTIVE_MEMBER,
  NT_EVENT_LACP_PARTNER,
  NT_EVENT_TEAM_APPEARED,
  NT_EVENT_TEAM_DISAPPEARED,
  NT_EVENT_TEAM_STATUS,
  NT_EVENT_DRIFT,
  NT_EVENT_CHANGE,
} NtEventKind;

extern const NtEnum nt_event_kind_enum;

/* Has the fields of the protocol type Event. */
struct _NtEvent
{
  NtRecord record;
  gint64 id;   /* increases with each event while the agent runs */
  gint64 time_ms; /* milliseconds since 1970 */
  int kind;    /* NtEventKind */
  char *team;  /* name of the team, or names of several; NULL = not about a team */
  char *link;  /* the name of an adapter */
  int state;   /* NtLinkState; -1 = not applicable */
  int reason;  /* NtReason, -1 = none */
  int status;  /* NtStatus; -1 = not applicable */
  char *from;
  char *to;
  char *who;      /* the user who made a change */
  int outcome;    /* NtOutcome; -1 = not applicable */
  char *change;   /* id of the change */
  NtDrift *drift; /* a change that was made outside of this agent */
  char *message;  /* complete sentence in English */
};

/* The reply of GetEvents. */
typedef struct
{
  NtRecord record;
  GPtrArray *events; /* of NtEvent */
} NtEventsReply;

NT_DECLARE_RECORD (NtEventsReply, nt_events_reply)

GPtrArray *nt_events_find (const NtState *before, const NtState *after);
NtEvent *nt_event_of_change (const NtHistoryEntry *entry, NtOutcome outcome);
char *nt_event_describe (const NtEvent *self);

G_END_DECLS
