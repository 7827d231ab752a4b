/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/engine/engine.h"

#include "backend/agent/engine/host.h"
#include "backend/agent/engine/repairer.h"
#include "backend/agent/engine/restore.h"
#include "backend/model/plan/packet-filter.h"
#include "backend/model/plan/standby.h"
#include "backend/model/team/identity.h"

struct _NtEngine
{
  GObject parent_instance;

  NtStore *store;
  NtHostView *view;
  NtChangeQueue *queue;
  NtRepairer *repairer;
  NtSnapshot *maintained; /* state of the kernel when teams were last maintained */
};

G_DEFINE_TYPE (NtEngine, nt_engine, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
maintain_standby (NtEngine *self, const NtTeamSpec *spec)
{
  g_autoptr (GPtrArray) operations = nt_standby_plan (spec, nt_host_view_get_snapshot (self->view));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < operations->len && error == NULL; i++)
    if (!nt_kernel_apply (nt_host_view_get_kernel (self->view), operations->pdata[i], &error))
      g_warning ("cannot switch the standby adapter of %s: %s", spec->name, error->message);
}

static void
filtered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *team = user_data;
  g_autoptr (GError) error = NULL;

  if (!nt_kernel_apply_finish (result, &error) && error->domain == NT_KERNEL_ERROR)
    g_warning ("cannot update the filters of %s: %s", team, error->message);
}

static void
maintain_filters (NtEngine *self, const NtTeamSpec *spec)
{
  g_autoptr (GPtrArray) operations = nt_packet_filter_plan (spec, nt_host_view_get_snapshot (self->view));

  /* Without nft the result could not be verified, and it would be tried forever. */
  for (guint i = 0; nt_host_view_get_host (self->view)->filters && i < operations->len; i++)
    nt_kernel_apply_async (nt_host_view_get_kernel (self->view), operations->pdata[i], filtered_cb, g_strdup (spec->name));
}

/*
 * Adds adapters that have appeared to their teams, adds and removes standby members, and updates filters. The results
 * are reported by the kernel's events as usual.
 */
static void
maintain_teams (NtEngine *self)
{
  g_autoptr (NtSnapshot) before = g_steal_pointer (&self->maintained);
  const NtSnapshot *snapshot = nt_host_view_get_snapshot (self->view);
  const NtDefinitions *definitions = nt_host_view_get_definitions (self->view);

  self->maintained = nt_snapshot_ref (snapshot);
  if (before != NULL)
    nt_restore_reappeared (nt_host_view_get_kernel (self->view), definitions, before, snapshot);
  for (guint i = 0; i < definitions->teams->len; i++)
    {
      g_autoptr (NtTeamSpec) spec = nt_identity_leave_out_replaced (definitions->teams->pdata[i], snapshot);

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
  const NtDefinitions *waiting = nt_change_queue_get_definitions_before (self->queue);
  g_autoptr (GPtrArray) devices = nt_definitions_list_devices (nt_host_view_get_definitions (self->view));
  g_autoptr (GPtrArray) before = waiting ? nt_definitions_list_devices (waiting) : nt_strings_new ();
  NtCoexist *coexist = nt_host_view_get_coexist (self->view);

  for (guint i = 0; i < before->len; i++)
    g_ptr_array_add (devices, g_strdup (before->pdata[i]));
  if (coexist != NULL)
    nt_coexist_protect (coexist, devices);
}

/* Continues with the present state, whatever the intended one was. */
static void
look_again (gpointer user_data)
{
  NtEngine *self = user_data;

  nt_host_view_refresh (self->view, NT_READ_LINKS);
  maintain_teams (self);
  protect_devices (self);
  nt_repairer_plan (self->repairer);
}

/* A change of this agent raises an event for each operation; the result is read once, at its end. */
static void
kernel_changed_cb (NtEngine *self)
{
  if (nt_change_queue_is_changing (self->queue))
    nt_change_queue_go_on (self->queue);
  else
    look_again (self);
}

static void
view_changed_cb (NtEngine *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
nt_engine_dispose (GObject *object)
{
  NtEngine *self = NT_ENGINE (object);

  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (nt_host_view_get_kernel (self->view), self);
      g_signal_handlers_disconnect_by_data (self->view, self);
      if (nt_host_view_get_coexist (self->view) != NULL)
        g_signal_handlers_disconnect_by_data (nt_host_view_get_coexist (self->view), self);
    }
  g_clear_pointer (&self->repairer, nt_repairer_free);
  g_clear_object (&self->queue);
  g_clear_object (&self->view);
  g_clear_pointer (&self->store, nt_store_close);
  g_clear_pointer (&self->maintained, nt_snapshot_unref);
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
}

static void
restore (NtEngine *self)
{
  g_autofree char *boot = nt_host_read_boot_id ();
  gboolean is_first = !nt_store_is_of_boot (self->store, boot);

  nt_restore_teams (nt_host_view_get_kernel (self->view), nt_host_view_get_definitions (self->view),
                    is_first ? NT_RESTORE_ALL : NT_RESTORE_MISSING);
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

  self->store = store;
  self->view = nt_host_view_new (kernel, store, host);
  self->queue = nt_change_queue_new (self->view);
  self->repairer = nt_repairer_new (self->view, self->queue, look_again, self);
  if (!nt_host_view_load (self->view, error) || !nt_change_queue_recover (self->queue, error))
    return NULL;
  nt_host_view_get_host (self->view)->notice = g_strdup (nt_store_get_notice (store));
  if (!nt_host_view_read (self->view, NT_READ_FILTERS, error))
    return NULL;
  restore (self);
  if (!nt_host_view_read (self->view, NT_READ_FILTERS, error))
    return NULL;
  g_signal_connect_swapped (self->view, "changed", G_CALLBACK (view_changed_cb), self);
  g_signal_connect_swapped (self->queue, "settled", G_CALLBACK (look_again), self);
  g_signal_connect_swapped (kernel, "changed", G_CALLBACK (kernel_changed_cb), self);
  maintain_teams (self);
  return g_steal_pointer (&self);
}

/**
 * nt_engine_await_filters:
 *
 * Until nt_engine_set_filters(), the host has no filters, and changes wait.
 */
void
nt_engine_await_filters (NtEngine *self)
{
  nt_change_queue_hold (self->queue);
}

/* From now on the host is known to support filters if @supported. */
void
nt_engine_set_filters (NtEngine *self, gboolean supported)
{
  nt_host_view_set_filters (self->view, supported);
  look_again (self);
  nt_change_queue_release (self->queue);
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
  nt_host_view_set_coexist (self->view, coexist);
  g_signal_connect_swapped (coexist, "changed", G_CALLBACK (kernel_changed_cb), self);
  look_again (self);
}

/* Returns the host as the engine sees it. */
NtHostView *
nt_engine_get_view (NtEngine *self)
{
  return self->view;
}

/* Returns the queue for changes. */
NtChangeQueue *
nt_engine_get_queue (NtEngine *self)
{
  return self->queue;
}

/* Drift is repaired automatically if @repairs; otherwise it is only shown. */
void
nt_engine_set_repairs (NtEngine *self, gboolean repairs)
{
  nt_repairer_set_enabled (self->repairer, repairs);
}
