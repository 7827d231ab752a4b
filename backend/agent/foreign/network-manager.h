/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backend/model/link/link.h"

G_BEGIN_DECLS

/* NetworkManager, if it runs; accessed by D-Bus without blocking. */
typedef struct _NtNetworkManager NtNetworkManager;

typedef void (*NtNetworkManagerFunc) (gpointer user_data);

NtNetworkManager *nt_network_manager_new (GDBusConnection *bus, NtNetworkManagerFunc changed, gpointer user_data);
void nt_network_manager_free (NtNetworkManager *self);
gboolean nt_network_manager_is_running (NtNetworkManager *self);
gboolean nt_network_manager_is_known (NtNetworkManager *self);
const GPtrArray *nt_network_manager_get_owned (NtNetworkManager *self);
guint nt_network_manager_set_managed (NtNetworkManager *self,
                                      const GPtrArray *devices,
                                      gboolean managed,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *nt_network_manager_parse (GVariant *objects);

G_END_DECLS
