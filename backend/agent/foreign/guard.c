/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/foreign/guard.h"

#include "backend/agent/foreign/drop-in.h"

struct _NtGuard
{
  NtTool tool;
  char *path;
  NtGuardFunc changed;
  gpointer user_data;

  GDBusConnection *bus;              /* NULL if there is none */
  NtNetworkManager *network_manager; /* (unowned): only for the guard of NetworkManager */
  GCancellable *cancellable;

  GPtrArray *devices; /* present content of the file */
  GPtrArray *wanted;  /* intended content of the file */
  GPtrArray *pending; /* content that is being written; NULL = none */
  guint n_answers;    /* number of outstanding replies */
  gboolean is_held;   /* not yet known if there is a bus */
  char *error;        /* reason why the intended content is not in effect */
};

/* How to make each tool reload its configuration. */
static const struct
{
  NtTool tool;
  const char *name;
  const char *path;
  const char *interface;
  guint32 flags; /* argument of the method; 0 = none */
} reloads[] = {
  /* NM_MANAGER_RELOAD_FLAG_CONF */
  { NT_TOOL_NETWORK_MANAGER, "org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager",
    "org.freedesktop.NetworkManager", 1 },
  { NT_TOOL_NETWORKD, "org.freedesktop.network1", "/org/freedesktop/network1", "org.freedesktop.network1.Manager", 0 },
};

static gboolean
are_same (const GPtrArray *some, const GPtrArray *others)
{
  if (some->len != others->len)
    return FALSE;
  for (guint i = 0; i < some->len; i++)
    if (!nt_strings_contain (others, some->pdata[i]))
      return FALSE;
  return TRUE;
}

static void start (NtGuard *self);

static void
finish (NtGuard *self, const char *error)
{
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  self->error = g_strdup (error);
  if (error != NULL)
    g_warning ("%s: %s", nt_enum_label (&nt_tool_enum, self->tool), error);
  else
    start (self);
  self->changed (self->user_data);
}

static gboolean
write_devices (NtGuard *self, const GPtrArray *devices)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *before = self->devices;

  if (!nt_drop_in_write (self->path, self->tool, devices, &error))
    {
      finish (self, error->message);
      return FALSE;
    }
  self->devices = nt_strings_copy (devices);
  g_ptr_array_unref (before);
  return TRUE;
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NtGuard *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  gboolean is_gone = g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
                     g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* A tool that is not running reads the file when it starts. */
  if (error != NULL && !is_gone)
    g_dbus_error_strip_remote_error (error);
  finish (self, error == NULL || is_gone ? NULL : error->message);
}

static void
reload (NtGuard *self)
{
  guint i = self->tool == reloads[0].tool ? 0 : 1;

  if (self->bus == NULL)
    {
      finish (self, NULL);
      return;
    }
  g_dbus_connection_call (self->bus, reloads[i].name, reloads[i].path, reloads[i].interface, "Reload",
                          reloads[i].flags ? g_variant_new ("(u)", reloads[i].flags) : NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, reloaded_cb, self);
}

static void
write_and_reload (NtGuard *self)
{
  if (write_devices (self, self->pending))
    reload (self);
}

static void
managed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NtGuard *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    g_info ("NetworkManager: %s", error->message);
  if (--self->n_answers == 0)
    write_and_reload (self);
}

/*
 * NetworkManager takes down a device that becomes unmanaged by a change of its configuration, so its D-Bus property is
 * set first. NetworkManager remembers the property until the next boot. The file lists the devices whose property is
 * set, so it is written before the property is set, and stays until after the property is reset.
 */
static void
tell_network_manager (NtGuard *self, const GPtrArray *added, const GPtrArray *removed)
{
  g_autoptr (GPtrArray) all = nt_strings_copy (self->devices);

  for (guint i = 0; i < added->len; i++)
    g_ptr_array_add (all, g_strdup (added->pdata[i]));
  if (!write_devices (self, all))
    return;
  /* Replies arrive later, never within the call. */
  self->n_answers =
    nt_network_manager_set_managed (self->network_manager, added, FALSE, self->cancellable, managed_cb, self) +
    nt_network_manager_set_managed (self->network_manager, removed, TRUE, self->cancellable, managed_cb, self);
  if (self->n_answers == 0)
    write_and_reload (self);
}

/* Waits until the tool can be told: otherwise it would read a changed file at an arbitrary time, or never. */
static gboolean
is_ready (NtGuard *self)
{
  return !self->is_held && (self->network_manager == NULL || nt_network_manager_is_known (self->network_manager));
}

static void
start (NtGuard *self)
{
  g_autoptr (GPtrArray) added = nt_strings_subtract (self->wanted, self->devices);
  g_autoptr (GPtrArray) removed = nt_strings_subtract (self->devices, self->wanted);

  if (self->pending != NULL || self->error != NULL || are_same (self->devices, self->wanted) || !is_ready (self))
    return;
  self->pending = nt_strings_copy (self->wanted);
  if (self->network_manager != NULL && nt_network_manager_is_running (self->network_manager))
    tell_network_manager (self, added, removed);
  else
    write_and_reload (self);
}

/**
 * nt_guard_new:
 * @root: "/", or a directory with files for a test
 * @tool: NetworkManager or systemd-networkd
 * @changed: called when a change is in effect, or has failed
 *
 * Returns: (transfer full): a guard, which changes nothing before nt_guard_set_devices()
 */
NtGuard *
nt_guard_new (const char *root, NtTool tool, NtGuardFunc changed, gpointer user_data)
{
  NtGuard *self = g_new0 (NtGuard, 1);

  self->tool = tool;
  self->path = nt_drop_in_get_path (root, tool);
  self->changed = changed;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->devices = nt_drop_in_read (self->path);
  self->wanted = nt_strings_copy (self->devices);
  return self;
}

void
nt_guard_free (NtGuard *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->wanted);
  g_free (self->error);
  g_free (self->path);
  g_free (self);
}

/* Postpones everything until nt_guard_set_bus(). */
void
nt_guard_hold (NtGuard *self)
{
  self->is_held = TRUE;
}

/**
 * nt_guard_set_bus:
 * @bus: (nullable): the system bus
 * @network_manager: (nullable) (transfer none): NetworkManager, for its guard
 */
void
nt_guard_set_bus (NtGuard *self, GDBusConnection *bus, NtNetworkManager *network_manager)
{
  self->is_held = FALSE;
  g_set_object (&self->bus, bus);
  self->network_manager = network_manager;
}

/**
 * nt_guard_get_devices:
 *
 * Returns: (transfer none) (element-type utf8): the devices that the file of the tool presently lists
 */
const GPtrArray *
nt_guard_get_devices (NtGuard *self)
{
  return self->devices;
}

/**
 * nt_guard_set_devices:
 * @devices: (element-type utf8): the devices that the tool has to ignore, and no others
 *
 * Works asynchronously. After a failure, it is not tried again until the devices change.
 */
void
nt_guard_set_devices (NtGuard *self, const GPtrArray *devices)
{
  if (!are_same (self->wanted, devices))
    {
      g_ptr_array_unref (self->wanted);
      self->wanted = nt_strings_copy (devices);
      g_clear_pointer (&self->error, g_free);
    }
  start (self);
}

/* An explicit request tries again after a failure. */
void
nt_guard_forget_error (NtGuard *self)
{
  g_clear_pointer (&self->error, g_free);
}

/* NetworkManager is known now, or it is known if there is a bus. */
void
nt_guard_resume (NtGuard *self)
{
  start (self);
}

gboolean
nt_guard_is_busy (NtGuard *self)
{
  return self->pending != NULL || (self->error == NULL && !are_same (self->devices, self->wanted));
}

/**
 * nt_guard_get_error:
 *
 * Returns: (nullable): the reason why the devices are not ignored
 */
const char *
nt_guard_get_error (NtGuard *self)
{
  return self->error;
}
