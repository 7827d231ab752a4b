/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/agent/foreign/network-manager.h"

#define NAME "org.freedesktop.NetworkManager"
#define DEVICE NAME ".Device"
#define ACTIVE NAME ".Connection.Active"
#define CONNECTION NAME ".Settings.Connection"

/* NM_ACTIVATION_STATE_FLAG_EXTERNAL: something else configured the device, and NetworkManager only shows the result. */
#define FLAG_EXTERNAL 0x80

struct _NtNetworkManager
{
  GDBusConnection *bus;
  NtNetworkManagerFunc changed;
  gpointer user_data;
  GCancellable *cancellable;
  guint watch;
  guint subscriptions[2];
  gboolean is_running;
  gboolean is_absent; /* known not to be running */
  gboolean is_asking;
  gboolean is_old;    /* something has changed since the last query */
  GVariant *objects;  /* all of its objects; NULL = not known yet */
  GPtrArray *owned;   /* of NtOwnedLink */
};

static void query (NtNetworkManager *self);

static GVariant *
find_interface (GVariant *objects, const char *path, const char *interface)
{
  g_autoptr (GVariant) object = path ? g_variant_lookup_value (objects, path, G_VARIANT_TYPE ("a{sa{sv}}")) : NULL;

  return object ? g_variant_lookup_value (object, interface, G_VARIANT_TYPE_VARDICT) : NULL;
}

static NtOwner *
read_owner (GVariant *objects, GVariant *device)
{
  g_autoptr (GVariant) active = NULL;
  g_autoptr (GVariant) connection = NULL;
  const char *active_path = NULL, *connection_path = NULL, *id = NULL, *file = NULL;
  guint32 flags = 0;

  g_variant_lookup (device, "ActiveConnection", "&o", &active_path);
  active = find_interface (objects, active_path, ACTIVE);
  if (active != NULL)
    {
      g_variant_lookup (active, "Id", "&s", &id);
      g_variant_lookup (active, "Connection", "&o", &connection_path);
      g_variant_lookup (active, "StateFlags", "u", &flags);
    }
  if ((flags & FLAG_EXTERNAL) != 0)
    return nt_owner_parse_connection (NULL, NULL);
  connection = find_interface (objects, connection_path, CONNECTION);
  if (connection != NULL)
    g_variant_lookup (connection, "Filename", "&s", &file);
  return nt_owner_parse_connection (id, file);
}

/**
 * nt_network_manager_parse:
 * @objects: the reply of NetworkManager to GetManagedObjects, a{oa{sa{sv}}}
 *
 * A managed device counts even without an active connection: NetworkManager takes it up or down, changes its IPv6
 * settings, and removes it from a bond when a connection for it appears.
 *
 * Returns: (transfer full) (element-type NtOwnedLink): the links that it manages
 */
GPtrArray *
nt_network_manager_parse (GVariant *objects)
{
  GPtrArray *owned = nt_records_new ();
  GVariantIter iter;
  GVariant *interfaces;

  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", NULL, &interfaces))
    {
      g_autoptr (GVariant) device = g_variant_lookup_value (interfaces, DEVICE, G_VARIANT_TYPE_VARDICT);
      const char *name = NULL;
      gboolean managed = FALSE;

      if (device != NULL && g_variant_lookup (device, "Interface", "&s", &name) &&
          g_variant_lookup (device, "Managed", "b", &managed) && managed)
        nt_owned_links_add (owned, name, read_owner (objects, device));
    }
  return owned;
}

static void
take (NtNetworkManager *self, GVariant *objects)
{
  g_clear_pointer (&self->objects, g_variant_unref);
  g_clear_pointer (&self->owned, g_ptr_array_unref);
  self->objects = objects;
  self->owned = objects ? nt_network_manager_parse (objects) : nt_records_new ();
  self->changed (self->user_data);
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NtNetworkManager *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_asking = FALSE;
  if (answer != NULL)
    take (self, g_variant_get_child_value (answer, 0));
  else
    g_info ("NetworkManager does not respond: %s", error->message);
  if (self->is_old && answer != NULL)
    query (self);
}

/* Signals only mark the objects as outdated; they are then read completely, one query at a time. */
static void
query (NtNetworkManager *self)
{
  self->is_old = self->is_asking;
  if (self->is_asking || !self->is_running)
    return;
  self->is_asking = TRUE;
  g_dbus_connection_call (self->bus, NAME, "/org/freedesktop", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects",
                          NULL, G_VARIANT_TYPE ("(a{oa{sa{sv}}})"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          self->cancellable, queried_cb, self);
}

static void
signal_cb (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *name,
           GVariant *parameters,
           gpointer user_data)
{
  query (user_data);
}

static void
appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  NtNetworkManager *self = user_data;

  self->is_running = TRUE;
  self->is_absent = FALSE;
  query (self);
}

static void
vanished_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  NtNetworkManager *self = user_data;

  self->is_running = FALSE;
  self->is_absent = TRUE;
  take (self, NULL);
}

static guint
subscribe (NtNetworkManager *self, const char *interface, const char *name, const char *about)
{
  return g_dbus_connection_signal_subscribe (self->bus, NAME, interface, name, NULL, about, G_DBUS_SIGNAL_FLAGS_NONE,
                                             signal_cb, self, NULL);
}

/**
 * nt_network_manager_new:
 * @bus: the system bus
 * @changed: called after each change of its state
 *
 * Follows NetworkManager without starting it.
 *
 * Returns: (transfer full): an observer of NetworkManager
 */
NtNetworkManager *
nt_network_manager_new (GDBusConnection *bus, NtNetworkManagerFunc changed, gpointer user_data)
{
  NtNetworkManager *self = g_new0 (NtNetworkManager, 1);

  self->bus = g_object_ref (bus);
  self->changed = changed;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->owned = nt_records_new ();
  self->subscriptions[0] = subscribe (self, "org.freedesktop.DBus.Properties", "PropertiesChanged", DEVICE);
  self->subscriptions[1] = subscribe (self, "org.freedesktop.DBus.ObjectManager", NULL, NULL);
  self->watch = g_bus_watch_name_on_connection (bus, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb, vanished_cb, self, NULL);
  return self;
}

void
nt_network_manager_free (NtNetworkManager *self)
{
  g_cancellable_cancel (self->cancellable);
  g_bus_unwatch_name (self->watch);
  for (guint i = 0; i < G_N_ELEMENTS (self->subscriptions); i++)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscriptions[i]);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->objects, g_variant_unref);
  g_clear_pointer (&self->owned, g_ptr_array_unref);
  g_free (self);
}

gboolean
nt_network_manager_is_running (NtNetworkManager *self)
{
  return self->is_running;
}

/**
 * nt_network_manager_is_known:
 *
 * Returns: %TRUE if its links are known; they are not at first, nor directly after it has started
 */
gboolean
nt_network_manager_is_known (NtNetworkManager *self)
{
  return self->is_absent || self->objects != NULL;
}

/**
 * nt_network_manager_get_owned:
 *
 * Returns: (transfer none) (element-type NtOwnedLink): the links that it manages
 */
const GPtrArray *
nt_network_manager_get_owned (NtNetworkManager *self)
{
  return self->owned;
}

static void
set_managed (NtNetworkManager *self,
             const char *path,
             gboolean managed,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_dbus_connection_call (self->bus, NAME, path, "org.freedesktop.DBus.Properties", "Set",
                          g_variant_new ("(ssv)", DEVICE, "Managed", g_variant_new_boolean (managed)), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, cancellable, callback, user_data);
}

/**
 * nt_network_manager_set_managed:
 * @devices: (element-type utf8): names of devices
 * @managed: %TRUE to make NetworkManager manage them
 * @cancellable: stops waiting for replies
 * @callback: called with the reply for each device
 *
 * In this way NetworkManager leaves the state of a device unchanged. A device that becomes unmanaged by a change of the
 * configuration is taken down and loses all addresses, so this has to come first.
 *
 * Returns: the number of replies that will follow: NetworkManager knows present devices only
 */
guint
nt_network_manager_set_managed (NtNetworkManager *self,
                                const GPtrArray *devices,
                                gboolean managed,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GVariantIter iter;
  const char *path;
  GVariant *interfaces;
  guint count = 0;

  if (self->objects == NULL)
    return 0;
  g_variant_iter_init (&iter, self->objects);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      g_autoptr (GVariant) device = g_variant_lookup_value (interfaces, DEVICE, G_VARIANT_TYPE_VARDICT);
      const char *name = NULL;

      if (device == NULL || !g_variant_lookup (device, "Interface", "&s", &name) || !nt_strings_contain (devices, name))
        continue;
      set_managed (self, path, managed, cancellable, callback, user_data);
      count++;
    }
  return count;
}
