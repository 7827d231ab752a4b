/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "varlink/server.h"

G_BEGIN_DECLS

/* A registered interface. */
typedef struct
{
  char *name;
  char *description;
  const NtVarlinkMethod *methods;
  gpointer user_data;
} NtVarlinkInterface;

const NtVarlinkServerInfo *nt_varlink_server_get_info (NtVarlinkServer *self);
GPtrArray *nt_varlink_server_get_interfaces (NtVarlinkServer *self);
const NtVarlinkInterface *nt_varlink_server_find_interface (NtVarlinkServer *self, const char *name);
void nt_varlink_server_dispatch (NtVarlinkServer *self, NtVarlinkCall *call);
void nt_varlink_server_forget (NtVarlinkServer *self, gpointer connection);

/* org.varlink.service, which every server provides. */
void nt_varlink_service_add_to (NtVarlinkServer *server);

G_END_DECLS
