/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/host-view.h"

#include "backend/agent/base/clock.h"
#include "backend/agent/engine/event-log.h"
#include "backend/model/state/make-state.h"
#include "backend/model/team/identity.h"

/* The kernel sends no event when LACP becomes expired or defaulted, so it is polled. */
#define LACP_INTERVAL_MS 1000

struct _NtHostView
{
  GObject parent_instance;

  /* borrowed */
  NtStore *store;
  NtConfirmation *confirmation; /* of the change that waits; NULL = none */

  /* owned */
  NtKernel *kernel;
  NtHost *host;
  NtCoexist *coexist; /* NULL = no other tools */
  NtDefinitions *definitions;
  NtSnapshot *snapshot;
  NtState *state;
  GPtrArray *events; /* of NtEvent, most recent ones only */

  gint64 next_event;
  guint watchers;
  guint lacp_source;
  gboolean is_changing;
};

G_DEFINE_TYPE (NtHostView, nt_host_view, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean
has_lacp (NtHostView *self)
{
  for (guint i = 0; i < self->snapshot->links->len; i++)
    if (nt_link_has_lacp (self->snapshot->links->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean
lacp_cb (gpointer user_data)
{
  NtHostView *self = user_data;

  if (!self->is_changing)
    nt_host_view_refresh (self, NT_READ_LINKS);
  return self->lacp_source != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Polls only while there is LACP and a client is watching. */
static void
update_lacp_timer (NtHostView *self)
{
  gboolean needed = self->watchers > 0 && has_lacp (self);

  if (needed && self->lacp_source == 0)
    self->lacp_source = nt_clock_add_timeout (LACP_INTERVAL_MS, lacp_cb, self);
  else if (!needed)
    nt_clock_clear (&self->lacp_source);
}

/* Known differences keep their time; new ones get the present time. */
static void
date_drift (NtHostView *self, NtTeam *team, const NtTeam *before)
{
  for (guint i = 0; i < team->drift->len; i++)
    {
      NtDrift *drift = team->drift->pdata[i];
      const NtDrift *same = before ? nt_drift_find_same (before->drift, drift) : NULL;

      drift->since_s = same ? same->since_s : nt_clock_get_real_s ();
      drift->by = g_strdup (same ? same->by : nt_kernel_find_origin (self->kernel, drift->link));
    }
}

static void
note_event (NtHostView *self, NtEvent *event)
{
  event->id = self->next_event++;
  event->time_ms = nt_clock_get_real_us () / 1000;
  event->message = nt_event_describe (event);
  nt_event_log_write (event);
  if (self->events->len == NT_EVENTS_MAX)
    g_ptr_array_remove_index (self->events, 0);
  g_ptr_array_add (self->events, event);
}

/* A member whose adapter is renamed by the kernel stays the same member. */
static void
follow_adapters (NtHostView *self)
{
  g_autoptr (NtDefinitions) followed = nt_definitions_copy (self->definitions);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->definitions->teams->len; i++)
    {
      g_autoptr (NtTeamSpec) spec = nt_identity_follow (self->definitions->teams->pdata[i], self->snapshot);

      if (spec != NULL)
        nt_team_specs_set (followed->teams, spec);
    }
  if (nt_record_equal (followed, self->definitions))
    return;
  followed->generation++;
  if (!nt_store_save (self->store, followed, &error))
    g_warning ("cannot store the new names of adapters: %s", error->message);
  nt_host_view_set_definitions (self, followed);
}

/* Routes are read only if a definition has gateways. */
static NtReadFlags
get_own_flags (NtHostView *self)
{
  for (guint i = 0; i < self->definitions->teams->len; i++)
    if (nt_team_spec_has_gateways (self->definitions->teams->pdata[i]))
      return NT_READ_DEFAULT_ROUTES;
  return 0;
}

/* Adds the owners of links, which the kernel does not know. */
static void
add_owners (NtHostView *self, NtSnapshot *snapshot)
{
  g_ptr_array_unref (snapshot->owners);
  snapshot->owners = nt_coexist_list_owned (self->coexist, snapshot);
}

static void
nt_host_view_dispose (GObject *object)
{
  NtHostView *self = NT_HOST_VIEW (object);

  nt_clock_clear (&self->lacp_source);
  g_clear_object (&self->kernel);
  g_clear_object (&self->coexist);
  g_clear_pointer (&self->host, nt_host_unref);
  g_clear_pointer (&self->definitions, nt_definitions_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->snapshot, nt_snapshot_unref);
  g_clear_pointer (&self->state, nt_state_unref);
  G_OBJECT_CLASS (nt_host_view_parent_class)->dispose (object);
}

static void
nt_host_view_class_init (NtHostViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_host_view_dispose;

  /**
   * NtHostView::changed:
   *
   * The state has changed, or an event has occurred.
   */
  signals[CHANGED] =
    g_signal_new ("changed", NT_TYPE_HOST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_host_view_init (NtHostView *self)
{
  self->events = nt_records_new ();
}

/**
 * nt_host_view_new:
 * @store: borrowed; must outlive the view
 * @host: information about the machine
 *
 * Returns: (transfer full): a view that has read nothing yet
 */
NtHostView *
nt_host_view_new (NtKernel *kernel, NtStore *store, const NtHost *host)
{
  NtHostView *self = g_object_new (NT_TYPE_HOST_VIEW, NULL);

  self->kernel = g_object_ref (kernel);
  self->store = store;
  self->host = nt_host_copy (host);
  return self;
}

/* Loads the definitions from the store. */
gboolean
nt_host_view_load (NtHostView *self, GError **error)
{
  self->definitions = nt_store_load (self->store, error);
  return self->definitions != NULL;
}

/* From now on the owners of links are part of the state. */
void
nt_host_view_set_coexist (NtHostView *self, NtCoexist *coexist)
{
  g_set_object (&self->coexist, coexist);
}

/**
 * nt_host_view_read:
 * @flags: parts to read besides those that the definitions need
 * @error: NT_KERNEL_ERROR
 *
 * Reads the kernel and updates the state.
 *
 * Returns: %TRUE on success
 */
gboolean
nt_host_view_read (NtHostView *self, NtReadFlags flags, GError **error)
{
  NtSnapshot *snapshot = nt_kernel_read (self->kernel, flags | get_own_flags (self), error);

  if (snapshot == NULL)
    return FALSE;
  if (self->coexist != NULL)
    add_owners (self, snapshot);
  g_clear_pointer (&self->snapshot, nt_snapshot_unref);
  self->snapshot = snapshot;
  if (!self->is_changing && self->confirmation == NULL)
    follow_adapters (self);
  nt_host_view_join (self);
  update_lacp_timer (self);
  return TRUE;
}

/* As nt_host_view_read(), but the view stays as it is where the kernel cannot be read. */
void
nt_host_view_refresh (NtHostView *self, NtReadFlags flags)
{
  g_autoptr (GError) error = NULL;

  if (!nt_host_view_read (self, flags, &error))
    g_warning ("cannot read the kernel: %s", error->message);
}

/* Makes the state anew from the last snapshot, the definitions and the change that waits. */
void
nt_host_view_join (NtHostView *self)
{
  g_autoptr (NtState) before = g_steal_pointer (&self->state);
  g_autoptr (GPtrArray) events = NULL;

  self->state = nt_make_state (self->snapshot, self->definitions, self->host);
  for (guint i = 0; i < self->state->teams->len; i++)
    {
      NtTeam *team = self->state->teams->pdata[i];

      date_drift (self, team, before ? nt_state_find_team (before, team->id) : NULL);
    }
  if (self->confirmation != NULL)
    self->state->pending = nt_confirmation_describe (self->confirmation);
  if (before == NULL || nt_record_equal (before, self->state))
    return;
  events = nt_events_find (before, self->state);
  for (guint i = 0; i < events->len; i++)
    note_event (self, nt_event_ref (events->pdata[i]));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * nt_host_view_watch:
 *
 * Announces that a client follows the state, so that it is polled where the kernel sends no events. Ends with
 * nt_host_view_unwatch().
 */
void
nt_host_view_watch (NtHostView *self)
{
  self->watchers++;
  update_lacp_timer (self);
}

void
nt_host_view_unwatch (NtHostView *self)
{
  g_return_if_fail (self->watchers > 0);

  self->watchers--;
  update_lacp_timer (self);
}

gboolean
nt_host_view_is_watched (NtHostView *self)
{
  return self->watchers > 0;
}

void
nt_host_view_set_definitions (NtHostView *self, const NtDefinitions *definitions)
{
  NtDefinitions *before = self->definitions;

  self->definitions = nt_definitions_ref (definitions);
  g_clear_pointer (&before, nt_definitions_unref);
}

/* Records if the host supports filters, which takes a while to find out. */
void
nt_host_view_set_filters (NtHostView *self, gboolean supported)
{
  g_autoptr (NtHost) before = self->host;

  self->host = nt_host_copy (before);
  self->host->filters = supported;
}

/* Sets the confirmation that the state shows as pending; borrowed, NULL = none. */
void
nt_host_view_set_confirmation (NtHostView *self, NtConfirmation *confirmation)
{
  self->confirmation = confirmation;
}

/* While a change is in progress, LACP is not polled, and definitions do not follow renamed adapters. */
void
nt_host_view_set_changing (NtHostView *self, gboolean changing)
{
  self->is_changing = changing;
}

NtKernel *
nt_host_view_get_kernel (NtHostView *self)
{
  return self->kernel;
}

NtStore *
nt_host_view_get_store (NtHostView *self)
{
  return self->store;
}

NtHost *
nt_host_view_get_host (NtHostView *self)
{
  return self->host;
}

/* Returns the other tools that configure links; NULL if they are not known. */
NtCoexist *
nt_host_view_get_coexist (NtHostView *self)
{
  return self->coexist;
}

const NtDefinitions *
nt_host_view_get_definitions (NtHostView *self)
{
  return self->definitions;
}

const NtSnapshot *
nt_host_view_get_snapshot (NtHostView *self)
{
  return self->snapshot;
}

const NtState *
nt_host_view_get_state (NtHostView *self)
{
  return self->state;
}

/**
 * nt_host_view_update_state:
 *
 * Returns: (transfer none): the state, including what changes without an event; take a reference to keep it
 */
const NtState *
nt_host_view_update_state (NtHostView *self)
{
  /* With watchers, LACP is polled often enough; without LACP, events report everything. */
  if (self->lacp_source == 0 && has_lacp (self))
    nt_host_view_refresh (self, NT_READ_LINKS);
  else if (self->confirmation != NULL)
    nt_host_view_join (self);
  return self->state;
}

/**
 * nt_host_view_add_event:
 * @event: (transfer full): gets its id, time and message
 */
void
nt_host_view_add_event (NtHostView *self, NtEvent *event)
{
  note_event (self, event);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * nt_host_view_get_events:
 * @after: the id of an event, -1 for all events
 *
 * Returns: (transfer full) (element-type NtEvent): the events after that one, oldest first
 */
GPtrArray *
nt_host_view_get_events (NtHostView *self, gint64 after)
{
  GPtrArray *events = nt_records_new ();

  for (guint i = 0; i < self->events->len; i++)
    if (((const NtEvent *) self->events->pdata[i])->id > after)
      g_ptr_array_add (events, nt_event_ref (self->events->pdata[i]));
  return events;
}
