/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/engine-private.h"
#include "agent/host.h"
#include "agent/restore.h"

#include "model/filter.h"
#include "model/identity.h"
#include "model/join.h"
#include "model/standby.h"

/* The kernel sends no event when LACP becomes expired or defaulted, so it is polled. */
#define LACP_INTERVAL_S 1

G_DEFINE_TYPE (NtEngine, nt_engine, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean
has_lacp (NtEngine *self)
{
  for (guint i = 0; i < self->snapshot->links->len; i++)
    if (nt_link_has_lacp (self->snapshot->links->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean lacp_cb (gpointer user_data);

/* Polls only while there is LACP and a client is watching. */
static void
update_lacp_timer (NtEngine *self)
{
  gboolean needed = self->watchers > 0 && has_lacp (self);

  if (needed && self->lacp_source == 0)
    self->lacp_source = g_timeout_add_seconds (LACP_INTERVAL_S, lacp_cb, self);
  else if (!needed)
    g_clear_handle_id (&self->lacp_source, g_source_remove);
}

/* Known differences keep their time; new ones get the present time. */
static void
date_drift (NtEngine *self, NtTeam *team, const NtTeam *before)
{
  for (guint i = 0; i < team->drift->len; i++)
    {
      NtDrift *drift = team->drift->pdata[i];
      const NtDrift *same = before ? nt_drift_find_same (before->drift, drift) : NULL;

      drift->since = same ? same->since : g_get_real_time () / G_USEC_PER_SEC;
      drift->by = g_strdup (same ? same->by : nt_kernel_find_culprit (self->kernel, drift->link));
    }
}

void
nt_engine_join (NtEngine *self)
{
  g_autoptr (NtState) before = g_steal_pointer (&self->state);

  self->state = nt_join (self->snapshot, self->wanted, self->host);
  for (guint i = 0; i < self->state->teams->len; i++)
    {
      NtTeam *team = self->state->teams->pdata[i];

      date_drift (self, team, before ? nt_state_find_team (before, team->id) : NULL);
    }
  if (self->confirmation != NULL)
    self->state->pending = nt_confirmation_describe (self->confirmation);
  if (before == NULL || nt_record_equal (before, self->state))
    return;
  nt_engine_note_events_since (self, before);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A member whose adapter is renamed by the kernel stays the same member. */
static void
follow_adapters (NtEngine *self)
{
  g_autoptr (NtWanted) followed = nt_wanted_copy (self->wanted);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->wanted->teams->len; i++)
    {
      g_autoptr (NtTeamSpec) spec = nt_identity_follow (self->wanted->teams->pdata[i], self->snapshot);

      if (spec != NULL)
        nt_team_specs_set (followed->teams, spec);
    }
  if (nt_record_equal (followed, self->wanted))
    return;
  followed->generation++;
  if (!nt_store_save (self->store, followed, &error))
    g_warning ("cannot store the new names of adapters: %s", error->message);
  nt_engine_set_wanted (self, followed);
}

/* Routes are read only if a definition has gateways. */
static NtReadFlags
get_own_flags (NtEngine *self)
{
  for (guint i = 0; i < self->wanted->teams->len; i++)
    if (nt_team_spec_has_gateways (self->wanted->teams->pdata[i]))
      return NT_READ_DEFAULT_ROUTES;
  return 0;
}

/* Adds the owners of links, which the kernel does not know. */
static void
take_owners (NtEngine *self, NtSnapshot *snapshot)
{
  g_ptr_array_unref (snapshot->owners);
  snapshot->owners = nt_coexist_list_owned (self->coexist, snapshot);
}

static gboolean
look (NtEngine *self, NtReadFlags flags, GError **error)
{
  NtSnapshot *snapshot = nt_kernel_read (self->kernel, flags | get_own_flags (self), error);

  if (snapshot == NULL)
    return FALSE;
  if (self->coexist != NULL)
    take_owners (self, snapshot);
  g_clear_pointer (&self->snapshot, nt_snapshot_unref);
  self->snapshot = snapshot;
  if (!nt_engine_is_changing (self) && self->confirmation == NULL)
    follow_adapters (self);
  nt_engine_join (self);
  update_lacp_timer (self);
  return TRUE;
}

void
nt_engine_refresh (NtEngine *self, NtReadFlags flags)
{
  g_autoptr (GError) error = NULL;

  if (!look (self, flags, &error))
    g_warning ("cannot read the kernel: %s", error->message);
}

static gboolean
lacp_cb (gpointer user_data)
{
  NtEngine *self = user_data;

  if (!nt_engine_is_changing (self))
    nt_engine_refresh (self, NT_READ_LINKS);
  return self->lacp_source != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
maintain_standby (NtEngine *self, const NtTeamSpec *spec)
{
  g_autoptr (GPtrArray) operations = nt_standby_plan (spec, self->snapshot);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < operations->len && error == NULL; i++)
    if (!nt_kernel_apply (self->kernel, operations->pdata[i], &error))
      g_warning ("cannot switch the standby adapter of %s: %s", spec->name, error->message);
}

static void
maintain_filters (NtEngine *self, const NtTeamSpec *spec)
{
  g_autoptr (GPtrArray) operations = nt_filter_plan (spec, self->snapshot);
  g_autoptr (GError) error = NULL;

  /* Without nft the result could not be verified, and it would be tried forever. */
  for (guint i = 0; self->host->filters && i < operations->len && error == NULL; i++)
    if (!nt_kernel_apply (self->kernel, operations->pdata[i], &error))
      g_warning ("cannot update the filters of %s: %s", spec->name, error->message);
}

/*
 * Adds adapters that have appeared to their teams, adds and removes standby members, and updates filters. The results
 * are reported by the kernel's events as usual.
 */
static void
maintain_teams (NtEngine *self)
{
  g_autoptr (NtSnapshot) tended = g_steal_pointer (&self->tended);

  self->tended = nt_snapshot_ref (self->snapshot);
  if (tended != NULL)
    nt_restore_arrivals (self->kernel, self->wanted, tended, self->snapshot);
  for (guint i = 0; i < self->wanted->teams->len; i++)
    {
      g_autoptr (NtTeamSpec) spec = nt_identity_leave_out_replaced (self->wanted->teams->pdata[i], self->snapshot);

      maintain_standby (self, spec);
      maintain_filters (self, spec);
    }
}

/*
 * Makes other tools ignore the devices of teams, including those that a team gets back if the present change is
 * reverted.
 */
static void
protect_devices (NtEngine *self)
{
  g_autoptr (GPtrArray) devices = nt_wanted_list_devices (self->wanted);
  g_autoptr (GPtrArray) before = self->wanted_before ? nt_wanted_list_devices (self->wanted_before) : nt_strings_new ();

  for (guint i = 0; i < before->len; i++)
    g_ptr_array_add (devices, g_strdup (before->pdata[i]));
  if (self->coexist != NULL)
    nt_coexist_keep (self->coexist, devices);
}

/* Continues with the present state, whatever the intended one was. */
void
nt_engine_look_again (NtEngine *self)
{
  nt_engine_refresh (self, NT_READ_LINKS);
  maintain_teams (self);
  protect_devices (self);
  nt_engine_plan_repair (self);
}

/* A change of this agent raises an event for each operation; the result is read once, at its end. */
static void
kernel_changed_cb (NtKernel *kernel, gpointer user_data)
{
  NtEngine *self = user_data;

  if (!nt_engine_is_changing (self))
    nt_engine_look_again (self);
  else
    nt_engine_go_on (self);
}

static void
others_changed_cb (NtCoexist *coexist, gpointer user_data)
{
  NtEngine *self = user_data;

  kernel_changed_cb (self->kernel, self);
}

static void
nt_engine_dispose (GObject *object)
{
  NtEngine *self = NT_ENGINE (object);

  if (self->coexist != NULL)
    g_signal_handlers_disconnect_by_data (self->coexist, self);

  if (self->kernel != NULL)
    g_signal_handlers_disconnect_by_data (self->kernel, self);
  g_clear_handle_id (&self->lacp_source, g_source_remove);
  nt_engine_drop_changes (self);
  nt_engine_drop_repair (self);
  g_clear_object (&self->kernel);
  g_clear_object (&self->coexist);
  g_clear_pointer (&self->store, nt_store_close);
  g_clear_pointer (&self->host, nt_host_unref);
  g_clear_pointer (&self->wanted, nt_wanted_unref);
  g_clear_pointer (&self->journal, nt_journal_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->snapshot, nt_snapshot_unref);
  g_clear_pointer (&self->tended, nt_snapshot_unref);
  g_clear_pointer (&self->state, nt_state_unref);
  G_OBJECT_CLASS (nt_engine_parent_class)->dispose (object);
}

static void
nt_engine_class_init (NtEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_engine_dispose;

  /**
   * NtEngine::changed:
   *
   * The state has changed, or an event has occurred.
   */
  signals[CHANGED] = g_signal_new ("changed", NT_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_engine_init (NtEngine *self)
{
  g_queue_init (&self->jobs);
  self->events = nt_records_new ();
}

static void
restore (NtEngine *self)
{
  g_autofree char *boot = nt_host_read_boot_id ();
  gboolean is_first = !nt_store_is_of_boot (self->store, boot);

  nt_restore_teams (self->kernel, self->wanted, is_first ? NT_RESTORE_ALL : NT_RESTORE_MISSING);
  if (is_first)
    nt_store_note_boot (self->store, boot);
}

/**
 * nt_engine_new:
 * @store: (transfer full): the store
 * @host: information about the machine
 * @error: NT_KERNEL_ERROR or G_FILE_ERROR
 *
 * Reads the kernel and the store. First rolls back a change that an earlier agent did not finish. Teams that are
 * completely absent are created; after a boot all teams are restored to their definitions.
 *
 * Returns: (transfer full) (nullable): the engine
 */
NtEngine *
nt_engine_new (NtKernel *kernel, NtStore *store, const NtHost *host, GError **error)
{
  g_autoptr (NtEngine) self = g_object_new (NT_TYPE_ENGINE, NULL);

  self->kernel = g_object_ref (kernel);
  self->store = store;
  self->host = nt_host_copy (host);
  self->journal = nt_store_load_journal (store);
  self->wanted = nt_store_load (store, error);
  if (self->wanted == NULL || !nt_engine_recover (self, error))
    return NULL;
  self->host->notice = g_strdup (nt_store_get_notice (store));
  if (!look (self, NT_READ_LINKS, error))
    return NULL;
  restore (self);
  if (!look (self, NT_READ_LINKS, error))
    return NULL;
  g_signal_connect (kernel, "changed", G_CALLBACK (kernel_changed_cb), self);
  maintain_teams (self);
  return g_steal_pointer (&self);
}

/**
 * nt_engine_set_coexist:
 * @coexist: the other tools that configure links
 *
 * From now on owners are part of the state, and other tools are made to ignore the devices of teams.
 */
void
nt_engine_set_coexist (NtEngine *self, NtCoexist *coexist)
{
  self->coexist = g_object_ref (coexist);
  g_signal_connect (coexist, "changed", G_CALLBACK (others_changed_cb), self);
  nt_engine_look_again (self);
}

/**
 * nt_engine_get_state:
 *
 * Returns: (transfer none): the present state; take a reference to keep it
 */
const NtState *
nt_engine_get_state (NtEngine *self)
{
  /* With watchers, LACP is polled often enough; without LACP, events report everything. */
  if (self->lacp_source == 0 && has_lacp (self))
    nt_engine_refresh (self, NT_READ_LINKS);
  else if (self->confirmation != NULL)
    nt_engine_join (self);
  return self->state;
}

NtKernel *
nt_engine_get_kernel (NtEngine *self)
{
  return self->kernel;
}

/**
 * nt_engine_watch:
 *
 * Announces that a client follows the state, so that it is polled where the kernel sends no events. Ends with
 * nt_engine_unwatch().
 */
void
nt_engine_watch (NtEngine *self)
{
  self->watchers++;
  update_lacp_timer (self);
}

void
nt_engine_unwatch (NtEngine *self)
{
  g_return_if_fail (self->watchers > 0);

  self->watchers--;
  update_lacp_timer (self);
}
