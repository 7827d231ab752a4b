/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/servers/host-list.h"
#include "app/servers/server.h"

G_BEGIN_DECLS

#define NT_TYPE_SERVER_LIST (nt_server_list_get_type ())
G_DECLARE_FINAL_TYPE (NtServerList, nt_server_list, NT, SERVER_LIST, GObject)

NtServerList *nt_server_list_new (const char *path);
char *nt_server_list_get_default_path (void);
gboolean nt_server_list_load (NtServerList *self, GError **error);
NtServer *nt_server_list_add (NtServerList *self, const char *text, const char *name, GError **error);
GPtrArray *nt_server_list_add_entries (NtServerList *self, const GPtrArray *entries, GError **error);
gboolean nt_server_list_check (NtServerList *self, const char *text, const char *name, GError **error);
gboolean nt_server_list_remove (NtServerList *self, NtServer *server, GError **error);
NtServer *nt_server_list_find (NtServerList *self, const char *name);
NtServer *nt_server_list_find_address (NtServerList *self, const NtServerAddress *address);
char **nt_server_list_get_groups (NtServerList *self, NtServer *server);
gboolean nt_server_list_set_groups (NtServerList *self, NtServer *server, char **groups, GError **error);

G_END_DECLS
