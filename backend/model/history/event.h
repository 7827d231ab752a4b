/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/history/change-history.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

/* How many an agent remembers. */
#define NT_EVENTS_MAX 100

/* What happened; event.c has the sentence of each. */
typedef enum
{
  NT_EVENT_ADAPTER_ARRIVED,
  NT_EVENT_ADAPTER_LEFT,
  NT_EVENT_ADAPTER_STATE,
  NT_EVENT_ACTIVE_MEMBER,
  NT_EVENT_LACP_PARTNER,
  NT_EVENT_TEAM_APPEARED,
  NT_EVENT_TEAM_GONE,
  NT_EVENT_TEAM_STATUS,
  NT_EVENT_DRIFT,
  NT_EVENT_CHANGE,
} NtEventKind;

extern const NtEnum nt_event_kind_enum;

/* Its protocol type has the same fields. */
struct _NtEvent
{
  NtRecord record;
  gint64 id;   /* later ones have higher ones, as long as the agent runs */
  gint64 time; /* milliseconds since 1970 */
  int kind;    /* NtEventKind */
  char *team;  /* the name of a team, or of several; NULL = it is about none */
  char *link;  /* the name of an adapter */
  int state;   /* NtLinkState, -1 = it is about none */
  int reason;  /* NtReason, -1 = none */
  int status;  /* NtStatus, -1 = it is about none */
  char *from;
  char *to;
  char *who;      /* has made a change */
  int outcome;    /* NtOutcome, -1 = it is about none */
  NtDrift *drift; /* what somebody else has changed */
  char *message;  /* all of it in English */
};

/* A reply of GetEvents. */
typedef struct
{
  NtRecord record;
  GPtrArray *events; /* of NtEvent */
} NtEventsReply;

NT_DECLARE_RECORD (NtEventsReply, nt_events_reply)

GPtrArray *nt_events_find (const NtState *before, const NtState *after);
NtEvent *nt_event_of_change (const NtJournalEntry *entry, NtOutcome outcome);
char *nt_event_describe (const NtEvent *self);

G_END_DECLS
