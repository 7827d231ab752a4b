/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/servers/server-list.h"

G_BEGIN_DECLS

#define NT_TYPE_WINDOW (nt_window_get_type ())
G_DECLARE_FINAL_TYPE (NtWindow, nt_window, NT, WINDOW, AdwApplicationWindow)

NtWindow *nt_window_new (AdwApplication *application, NtServerList *servers);
void nt_window_select_server (NtWindow *self, NtServer *server);

G_END_DECLS
