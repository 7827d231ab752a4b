/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/service/introspection.h"

G_BEGIN_DECLS

#define NT_TYPE_VARLINK_SERVER (nt_varlink_server_get_type ())
G_DECLARE_FINAL_TYPE (NtVarlinkServer, nt_varlink_server, NT, VARLINK_SERVER, GObject)

NtVarlinkServer *nt_varlink_server_new (const NtVarlinkServerInfo *info);
void nt_varlink_server_add_interface (NtVarlinkServer *self,
                                      const char *name,
                                      const char *description,
                                      const NtVarlinkMethod *methods,
                                      gpointer user_data);
void nt_varlink_server_set_gate (NtVarlinkServer *self, NtVarlinkMethodFunc gate, gpointer user_data);
void nt_varlink_server_serve (NtVarlinkServer *self, GIOStream *stream);
guint nt_varlink_server_get_n_connections (NtVarlinkServer *self);
void nt_varlink_server_close (NtVarlinkServer *self);

G_END_DECLS
