/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/foreign/coexist.h"

#include "backend/agent/base/clock.h"
#include "backend/agent/foreign/file-watch.h"
#include "backend/agent/foreign/guard.h"
#include "backend/agent/foreign/owner-files.h"

#include <string.h>

/*
 * Other tools configure links of this host too. Their links are known from D-Bus and from their files. A drop-in file
 * makes them ignore the devices of managed teams. Its content follows from the definitions, so nothing else has to be
 * stored, and a device that leaves its team is handed back.
 */

/* The socket of a starting bus appears shortly before the bus listens on it. */
#define BUS_RETRIES 20
#define BUS_RETRY_MS 500
#define BUS_DIRECTORY "/run/dbus"
#define BUS_SOCKET BUS_DIRECTORY "/system_bus_socket"

static const NtTool guarded[] = { NT_TOOL_NETWORK_MANAGER, NT_TOOL_NETWORKD };

/* Directories that change when somebody configures a link. */
static const char *const places[] = {
  "etc/network",
  "etc/network/interfaces.d",
  "etc/NetworkManager/system-connections",
  "run/NetworkManager/system-connections",
  "run/systemd/netif/links",
};

struct _NtCoexist
{
  GObject parent_instance;

  char *root;
  NtOwnerFiles *files; /* NULL = have to be read */
  NtWatch *watches[G_N_ELEMENTS (places)];
  NtGuard *guards[G_N_ELEMENTS (guarded)];

  GCancellable *cancellable;
  GDBusConnection *bus; /* NULL if not connected */
  NtWatch *bus_watch;
  guint bus_retries; /* remaining attempts */
  guint bus_source;  /* of the next attempt */
  NtNetworkManager *network_manager; /* NULL without a bus */
};

G_DEFINE_TYPE (NtCoexist, nt_coexist, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void connect_to_bus (NtCoexist *self);

static void
changed (gpointer user_data)
{
  g_signal_emit (user_data, signals[CHANGED], 0);
}

static void
resume (NtCoexist *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    nt_guard_resume (self->guards[i]);
  changed (self);
}

static void
network_manager_changed (gpointer user_data)
{
  resume (user_data);
}

static void
files_changed (gpointer user_data)
{
  NtCoexist *self = user_data;

  g_clear_pointer (&self->files, nt_owner_files_free);
  changed (self);
}

static const NtOwnerFiles *
get_files (NtCoexist *self)
{
  if (self->files == NULL)
    self->files = nt_owner_files_read (self->root);
  return self->files;
}

static void
set_bus (NtCoexist *self, GDBusConnection *bus)
{
  if (self->bus != NULL)
    g_signal_handlers_disconnect_by_data (self->bus, self);
  g_clear_pointer (&self->network_manager, nt_network_manager_free);
  g_set_object (&self->bus, bus);
  if (bus != NULL)
    self->network_manager = nt_network_manager_new (bus, network_manager_changed, self);
  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    nt_guard_set_bus (self->guards[i], bus, guarded[i] == NT_TOOL_NETWORK_MANAGER ? self->network_manager : NULL);
}

static gboolean
retry_cb (gpointer user_data)
{
  NtCoexist *self = user_data;

  self->bus_source = 0;
  connect_to_bus (self);
  return G_SOURCE_REMOVE;
}

static void
retry_later (NtCoexist *self)
{
  if (self->bus_retries == 0 || self->bus_source != 0 || !g_file_test (BUS_SOCKET, G_FILE_TEST_EXISTS))
    return;
  self->bus_retries--;
  self->bus_source = nt_clock_add_timeout (BUS_RETRY_MS, retry_cb, self);
}

/* The bus may be restarted without affecting this agent. */
static void
closed_cb (GDBusConnection *bus, gboolean by_peer, GError *error, gpointer user_data)
{
  set_bus (user_data, NULL);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtCoexist) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (bus == NULL)
    {
      g_info ("No system bus, so NetworkManager does not run: %s", error->message);
      set_bus (self, NULL);
      resume (self);
      retry_later (self);
      return;
    }
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_signal_connect (bus, "closed", G_CALLBACK (closed_cb), self);
  set_bus (self, bus);
  resume (self);
}

static void
connect_to_bus (NtCoexist *self)
{
  if (self->bus == NULL)
    g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, connected_cb, g_object_ref (self));
}

static void
bus_changed (gpointer user_data)
{
  NtCoexist *self = user_data;

  self->bus_retries = BUS_RETRIES;
  connect_to_bus (self);
}

static void
nt_coexist_dispose (GObject *object)
{
  NtCoexist *self = NT_COEXIST (object);

  g_cancellable_cancel (self->cancellable);
  nt_clock_clear (&self->bus_source);
  if (self->guards[0] != NULL)
    set_bus (self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    g_clear_pointer (&self->guards[i], nt_guard_free);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_clear_pointer (&self->watches[i], nt_watch_free);
  g_clear_pointer (&self->bus_watch, nt_watch_free);
  g_clear_pointer (&self->files, nt_owner_files_free);
  g_clear_pointer (&self->root, g_free);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (nt_coexist_parent_class)->dispose (object);
}

static void
nt_coexist_class_init (NtCoexistClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nt_coexist_dispose;

  /**
   * NtCoexist::changed:
   *
   * The owners of links may have changed.
   */
  signals[CHANGED] = g_signal_new ("changed", NT_TYPE_COEXIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
nt_coexist_init (NtCoexist *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * nt_coexist_new:
 * @root: "/", or a directory with files for a test; then no bus is used
 *
 * Returns: (transfer full): an observer of the other tools that configure links
 */
NtCoexist *
nt_coexist_new (const char *root)
{
  NtCoexist *self = g_object_new (NT_TYPE_COEXIST, NULL);

  self->root = g_strdup (root);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (root, places[i], NULL);

      self->watches[i] = nt_watch_new (path, files_changed, self);
    }
  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    self->guards[i] = nt_guard_new (root, guarded[i], changed, self);
  if (g_str_equal (root, "/"))
    {
      for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
        nt_guard_hold (self->guards[i]);
      self->bus_watch = nt_watch_new (BUS_DIRECTORY, bus_changed, self);
      connect_to_bus (self);
    }
  return self;
}

/* Finds teamd as the owner of the ports of a team device, by the pid file of its process, see teamd(8). */
static NtOwner *
find_teamd (NtCoexist *self, const NtSnapshot *snapshot, const NtLink *link)
{
  const NtLink *master = nt_snapshot_find (snapshot, link->master);
  const NtLink *device = g_strcmp0 (link->info_kind, "team") == 0 ? link : master;
  g_autofree char *name = device ? g_strconcat (device->name, ".pid", NULL) : NULL;
  g_autofree char *path = name ? g_build_filename (self->root, "run/teamd", name, NULL) : NULL;

  if (device == NULL || g_strcmp0 (device->info_kind, "team") != 0 || !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  return nt_owner_make (NT_TOOL_TEAMD, device->name);
}

static NtOwner *
find_network_manager (NtCoexist *self, const NtLink *link)
{
  gboolean is_running = self->network_manager != NULL && nt_network_manager_is_running (self->network_manager);
  const NtOwner *owner =
    is_running ? nt_owned_links_find (nt_network_manager_get_owned (self->network_manager), link->name) : NULL;

  /* A link with an inactive connection is owned as well: the connection may be activated at any time. */
  if (is_running ? owner != NULL && owner->by == NULL
                 : !nt_strings_contain (nt_guard_get_devices (self->guards[0]), link->name))
    {
      NtOwner *connection = nt_owner_files_find_connection (get_files (self), link);

      if (connection != NULL)
        return connection;
    }
  return owner ? nt_owner_ref (owner) : NULL;
}

static NtOwner *
find_owner (NtCoexist *self, const NtSnapshot *snapshot, const NtLink *link)
{
  NtOwner *owner = find_teamd (self, snapshot, link);

  if (owner == NULL)
    owner = nt_owner_files_find_networkd (get_files (self), link);
  if (owner == NULL)
    owner = nt_owner_files_find_ifupdown (get_files (self), link);
  return owner ? owner : find_network_manager (self, link);
}

/**
 * nt_coexist_list_owned:
 *
 * Returns: (transfer full) (element-type NtOwnedLink): the links that other tools configure, with their owners
 */
GPtrArray *
nt_coexist_list_owned (NtCoexist *self, const NtSnapshot *snapshot)
{
  GPtrArray *owned = nt_records_new ();

  for (guint i = 0; i < snapshot->links->len; i++)
    {
      const NtLink *link = snapshot->links->pdata[i];
      NtOwner *owner = link->kind != NT_LINK_LOOPBACK ? find_owner (self, snapshot, link) : NULL;

      if (owner != NULL)
        nt_owned_links_add (owned, link->name, owner);
    }
  return owned;
}

/* A tool that is not installed needs no drop-in; an existing one is still maintained. */
static gboolean
is_present (NtCoexist *self, guint index)
{
  g_autofree char *directory = g_build_filename (self->root, "etc/NetworkManager", NULL);

  if (nt_guard_get_devices (self->guards[index])->len > 0)
    return TRUE;
  if (guarded[index] == NT_TOOL_NETWORKD)
    return nt_owner_files_have_networkd (get_files (self));
  return g_file_test (directory, G_FILE_TEST_IS_DIR);
}

/* Leaves out names with characters that have a special meaning in the files of the tools. */
static GPtrArray *
filter_names (const GPtrArray *devices)
{
  GPtrArray *names = nt_strings_new ();

  for (guint i = 0; i < devices->len; i++)
    {
      const char *name = devices->pdata[i];

      if (strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.@:") == strlen (name) && !nt_strings_contain (names, name))
        g_ptr_array_add (names, g_strdup (name));
    }
  return names;
}

static NtOperation *
make_operation (NtOperationKind kind, NtTool tool, const GPtrArray *devices)
{
  NtOperation *operation = nt_operation_make (kind, devices->pdata[0], NULL);

  operation->tool = tool;
  g_ptr_array_unref (operation->devices);
  operation->devices = nt_strings_copy (devices);
  return operation;
}

/**
 * nt_coexist_plan:
 * @during: (element-type utf8): devices of teams until the change is confirmed
 * @after: (element-type utf8): devices of teams after it is confirmed
 * @operations: (element-type NtOperation) (inout): the operations of the change
 *
 * Adds operations for taking devices over from other tools at the beginning, and for handing them back at the end.
 */
void
nt_coexist_plan (NtCoexist *self, const GPtrArray *during, const GPtrArray *after, GPtrArray *operations)
{
  g_autoptr (GPtrArray) names = filter_names (during);
  g_autoptr (GPtrArray) last = filter_names (after);

  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    {
      const GPtrArray *devices = nt_guard_get_devices (self->guards[i]);
      g_autoptr (GPtrArray) added = nt_strings_subtract (names, devices);
      g_autoptr (GPtrArray) removed = nt_strings_subtract (devices, last);

      if (!is_present (self, i))
        continue;
      if (added->len > 0)
        g_ptr_array_insert (operations, 0, make_operation (NT_OPERATION_TAKE_OVER, guarded[i], added));
      if (removed->len > 0)
        g_ptr_array_add (operations, make_operation (NT_OPERATION_RETURN, guarded[i], removed));
    }
}

/**
 * nt_coexist_protect:
 * @devices: (element-type utf8): devices of teams
 *
 * Makes the other tools ignore these devices, and no others.
 */
void
nt_coexist_protect (NtCoexist *self, const GPtrArray *devices)
{
  g_autoptr (GPtrArray) names = filter_names (devices);

  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    if (is_present (self, i))
      nt_guard_set_devices (self->guards[i], names);
}

static NtGuard *
find_guard (NtCoexist *self, const NtOperation *operation)
{
  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    if ((int) guarded[i] == operation->tool)
      return self->guards[i];
  g_return_val_if_reached (self->guards[0]);
}

/**
 * nt_coexist_take_over:
 * @operation: a NT_OPERATION_TAKE_OVER from nt_coexist_plan()
 * @devices: (element-type utf8): all devices of teams from now on
 *
 * Starts to carry out the operation; after each #NtCoexist::changed signal, nt_coexist_check() tells the progress.
 */
void
nt_coexist_take_over (NtCoexist *self, const NtOperation *operation, const GPtrArray *devices)
{
  g_autoptr (GPtrArray) names = filter_names (devices);
  NtGuard *guard = find_guard (self, operation);

  nt_guard_forget_error (guard);
  nt_guard_set_devices (guard, names);
}

/* Returns %TRUE if the tool still configures any of the devices. */
static gboolean
holds_any (NtCoexist *self, const NtOperation *operation, const NtSnapshot *snapshot)
{
  g_autoptr (GPtrArray) owned = nt_coexist_list_owned (self, snapshot);

  for (guint i = 0; i < operation->devices->len; i++)
    {
      const NtOwner *owner = nt_owned_links_find (owned, operation->devices->pdata[i]);

      if (owner != NULL && (int) nt_owner_get_renderer (owner) == operation->tool)
        return TRUE;
    }
  return FALSE;
}

/**
 * nt_coexist_check:
 * @operation: an operation that was started
 * @snapshot: the present links
 * @error: (out) (nullable): the reason for a failure
 *
 * Returns: the progress of the operation
 */
NtRelease
nt_coexist_check (NtCoexist *self, const NtOperation *operation, const NtSnapshot *snapshot, const char **error)
{
  NtGuard *guard = find_guard (self, operation);

  if (nt_guard_is_busy (guard))
    return NT_RELEASE_WAITING;
  *error = nt_guard_get_error (guard);
  if (!holds_any (self, operation, snapshot))
    return NT_RELEASE_DONE;
  return *error != NULL ? NT_RELEASE_FAILED : NT_RELEASE_WAITING;
}
