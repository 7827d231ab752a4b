/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/service/introspection.h"

G_BEGIN_DECLS

#define NT_TYPE_VARLINK_SERVICE (nt_varlink_service_get_type ())
G_DECLARE_FINAL_TYPE (NtVarlinkService, nt_varlink_service, NT, VARLINK_SERVICE, GObject)

NtVarlinkService *nt_varlink_service_new (const NtVarlinkServiceInfo *info);
void nt_varlink_service_add_interface (NtVarlinkService *self,
                                      const char *name,
                                      const char *description,
                                      const NtVarlinkMethod *methods,
                                      gpointer user_data);
void nt_varlink_service_set_gate (NtVarlinkService *self, NtVarlinkMethodFunc gate, gpointer user_data);
void nt_varlink_service_serve (NtVarlinkService *self, GIOStream *stream);
guint nt_varlink_service_get_n_connections (NtVarlinkService *self);
void nt_varlink_service_close (NtVarlinkService *self);

G_END_DECLS
