/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/model/history/event.h"

#include "backend/model/base/text.h"

#include <glib/gi18n-lib.h>

static const NtEnumValue nt_event_kind_values[] = {
  { "adapter_appeared", N_("{link} appeared") },
  { "adapter_disappeared", N_("{link} disappeared") },
  { "adapter_state", N_("{link}: {state}") },
  { "active_member", N_("Receiving member changed from {from} to {to}") },
  { "lacp_partner", N_("LACP partner is now {to}") },
  { "team_appeared", N_("Appeared") },
  { "team_disappeared", N_("Disappeared") },
  { "team_status", N_("{status}") },
  { "drift", N_("{drift}") },
  { "change", N_("Changed by {who}") },
};
NT_DEFINE_ENUM (nt_event_kind, "EventKind")

static const NtField nt_event_fields[] = {
  NT_INT (NtEvent, id, REQUIRED),
  NT_INT (NtEvent, time_ms, REQUIRED),
  NT_ENUM (NtEvent, kind, REQUIRED, nt_event_kind_enum),
  NT_STRING (NtEvent, team, OPTIONAL),
  NT_STRING (NtEvent, link, OPTIONAL),
  NT_ENUM (NtEvent, state, OPTIONAL, nt_link_state_enum),
  NT_ENUM (NtEvent, reason, OPTIONAL, nt_reason_enum),
  NT_ENUM (NtEvent, status, OPTIONAL, nt_status_enum),
  NT_STRING (NtEvent, from, OPTIONAL),
  NT_STRING (NtEvent, to, OPTIONAL),
  NT_STRING (NtEvent, who, OPTIONAL),
  NT_ENUM (NtEvent, outcome, OPTIONAL, nt_outcome_enum),
  NT_STRING (NtEvent, change, OPTIONAL),
  NT_RECORD (NtEvent, drift, OPTIONAL, nt_drift_type),
  NT_STRING (NtEvent, message, REQUIRED),
};
NT_DEFINE_RECORD (NtEvent, nt_event, "Event")

static const NtField nt_events_reply_fields[] = {
  NT_RECORDS (NtEventsReply, events, REQUIRED, nt_event_type),
};
NT_DEFINE_RECORD (NtEventsReply, nt_events_reply, "GetEvents")

static NtEvent *
make (NtEventKind kind, const char *team)
{
  NtEvent *event = nt_event_new ();

  event->kind = kind;
  event->team = g_strdup (team);
  return event;
}

static NtEvent *
add (GPtrArray *events, NtEventKind kind, const char *team)
{
  NtEvent *event = make (kind, team);

  g_ptr_array_add (events, event);
  return event;
}

static const char *
get_team_name (const NtState *state, const NtAdapter *adapter)
{
  const NtTeam *team = adapter->team ? nt_state_find_team (state, adapter->team) : NULL;

  return team != NULL ? team->name : NULL;
}

static void
compare_adapter (GPtrArray *events, const NtAdapter *before, const NtAdapter *now, const NtState *after)
{
  NtEvent *event;

  if (before == NULL)
    add (events, NT_EVENT_ADAPTER_APPEARED, NULL)->link = g_strdup (now->name);
  else if (before->state != now->state || before->reason != now->reason)
    {
      event = add (events, NT_EVENT_ADAPTER_STATE, get_team_name (after, now));
      event->link = g_strdup (now->name);
      event->state = now->state;
      event->reason = now->reason;
    }
}

static void
compare_adapters (GPtrArray *events, const NtState *before, const NtState *after)
{
  for (guint i = 0; i < before->adapters->len; i++)
    {
      const NtAdapter *gone = before->adapters->pdata[i];

      if (nt_state_find_adapter (after, gone->name) == NULL)
        add (events, NT_EVENT_ADAPTER_DISAPPEARED, get_team_name (before, gone))->link = g_strdup (gone->name);
    }
  for (guint i = 0; i < after->adapters->len; i++)
    {
      const NtAdapter *now = after->adapters->pdata[i];

      compare_adapter (events, nt_state_find_adapter (before, now->name), now, after);
    }
}

/* The driver reports the absence of a partner as an address of zeros. */
static const char *
get_partner (const NtTeam *team)
{
  return g_strcmp0 (team->partner_mac, "00:00:00:00:00:00") == 0 ? NULL : team->partner_mac;
}

static void
compare_texts (GPtrArray *events, NtEventKind kind, const NtTeam *team, const char *from, const char *to)
{
  NtEvent *event;

  if (g_strcmp0 (from, to) == 0)
    return;
  event = add (events, kind, team->name);
  event->from = g_strdup (from);
  event->to = g_strdup (to);
}

static void
compare_team (GPtrArray *events, const NtTeam *before, const NtTeam *now)
{
  compare_texts (events, NT_EVENT_ACTIVE_MEMBER, now, before->active_member, now->active_member);
  compare_texts (events, NT_EVENT_LACP_PARTNER, now, get_partner (before), get_partner (now));
  if (before->status != now->status)
    add (events, NT_EVENT_TEAM_STATUS, now->name)->status = now->status;
  for (guint i = 0; i < now->drift->len; i++)
    if (nt_drift_find_same (before->drift, now->drift->pdata[i]) == NULL)
      add (events, NT_EVENT_DRIFT, now->name)->drift = nt_drift_ref (now->drift->pdata[i]);
}

static const NtTeam *
find_team (const NtState *state, const char *id)
{
  for (guint i = 0; i < state->teams->len; i++)
    if (g_str_equal (((const NtTeam *) state->teams->pdata[i])->id, id))
      return state->teams->pdata[i];
  return NULL;
}

static void
compare_teams (GPtrArray *events, const NtState *before, const NtState *after)
{
  for (guint i = 0; i < before->teams->len; i++)
    {
      const NtTeam *gone = before->teams->pdata[i];

      if (find_team (after, gone->id) == NULL)
        add (events, NT_EVENT_TEAM_DISAPPEARED, gone->name);
    }
  for (guint i = 0; i < after->teams->len; i++)
    {
      const NtTeam *now = after->teams->pdata[i];
      const NtTeam *same = find_team (before, now->id);

      if (same == NULL)
        add (events, NT_EVENT_TEAM_APPEARED, now->name)->status = now->status;
      else
        compare_team (events, same, now);
    }
}

/**
 * nt_events_find:
 *
 * Returns: (transfer full) (element-type NtEvent): the events between both states, without ids and times; those of
 *   adapters come first, as those of teams follow from them
 */
GPtrArray *
nt_events_find (const NtState *before, const NtState *after)
{
  GPtrArray *events = nt_records_new ();

  compare_adapters (events, before, after);
  compare_teams (events, before, after);
  return events;
}

static void
append_name (GString *names, const char *name)
{
  g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
}

/**
 * nt_event_of_change:
 *
 * Returns: (transfer full): an event for the change in @entry, without id and time
 */
NtEvent *
nt_event_of_change (const NtHistoryEntry *entry, NtOutcome outcome)
{
  g_autoptr (GString) names = g_string_new (NULL);
  NtEvent *event;

  for (guint i = 0; i < entry->after->len; i++)
    append_name (names, ((const NtTeamSpec *) entry->after->pdata[i])->name);
  for (guint i = 0; i < entry->before->len; i++)
    if (nt_team_specs_find (entry->after, ((const NtTeamSpec *) entry->before->pdata[i])->id) == NULL)
      append_name (names, ((const NtTeamSpec *) entry->before->pdata[i])->name);
  for (guint i = 0; i < entry->links->len; i++)
    append_name (names, entry->links->pdata[i]);

  event = make (NT_EVENT_CHANGE, names->str);
  event->change = g_strdup (entry->id);
  event->who = g_strdup (entry->who);
  event->outcome = outcome;
  return event;
}

static const char *
find_change_sentence (const NtEvent *event)
{
  switch (event->outcome)
    {
    case NT_OUTCOME_REVERTED:
      return _("A change by {who} was reverted");
    case NT_OUTCOME_FAILED:
      return _("A change by {who} failed");
    case NT_OUTCOME_REPAIRED:
      return _("Repaired");
    default:
      return nt_enum_label (&nt_event_kind_enum, event->kind);
    }
}

/* Events in which one of the two values is missing need another sentence. */
static const char *
find_sentence (const NtEvent *event)
{
  if (event->kind == NT_EVENT_CHANGE)
    return find_change_sentence (event);
  if (event->kind == NT_EVENT_ACTIVE_MEMBER && event->to == NULL)
    return _("No member receives any more");
  if (event->kind == NT_EVENT_ACTIVE_MEMBER && event->from == NULL)
    return _("Receiving member is now {to}");
  if (event->kind == NT_EVENT_LACP_PARTNER && event->to == NULL)
    return _("LACP partner {from} disappeared");
  return nt_enum_label (&nt_event_kind_enum, event->kind);
}

/**
 * nt_event_describe:
 * @self: an event; may come from a newer agent
 *
 * Returns: (transfer full): a description in the user's language, without the name of the team
 */
char *
nt_event_describe (const NtEvent *self)
{
  g_autofree char *drift = self->drift ? nt_drift_describe (self->drift) : NULL;
  const NtBlank blanks[] = {
    { "link", self->link },
    { "from", self->from },
    { "to", self->to },
    { "who", self->who },
    { "drift", drift },
    { "state", nt_enum_label (&nt_link_state_enum, self->state) },
    { "status", nt_enum_label (&nt_status_enum, self->status) },
  };
  g_autofree char *text = nt_text_fill (find_sentence (self), blanks, G_N_ELEMENTS (blanks));

  if (self->kind < 0)
    return g_strdup (self->message);
  return self->reason >= 0 ? g_strdup_printf ("%s, %s", text, nt_enum_label (&nt_reason_enum, self->reason)) : g_steal_pointer (&text);
}
