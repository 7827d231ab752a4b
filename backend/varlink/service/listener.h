/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/service/service.h"

G_BEGIN_DECLS

#define NT_TYPE_VARLINK_LISTENER (nt_varlink_listener_get_type ())
G_DECLARE_FINAL_TYPE (NtVarlinkListener, nt_varlink_listener, NT, VARLINK_LISTENER, GObject)

NtVarlinkListener *nt_varlink_listener_new (NtVarlinkService *service);
gboolean nt_varlink_listener_listen_path (NtVarlinkListener *self,
                                          const char *path,
                                          guint mode,
                                          GError **error);
int nt_varlink_listener_adopt_fds (NtVarlinkListener *self, GError **error);

gboolean nt_varlink_listener_is_own_pid (const char *pid);

G_END_DECLS
