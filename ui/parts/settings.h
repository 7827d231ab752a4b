/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/request/request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Keys that several files use */
#define NT_SETTINGS_SHOW_ALL "show-not-teamable"
#define NT_SETTINGS_INTERVAL "statistics-interval"
#define NT_SETTINGS_UNITS "units"
#define NT_SETTINGS_CONFIRM "confirm-seconds"
#define NT_SETTINGS_NOTIFY "notify"

GSettings *nt_settings_get_default (void);
int nt_settings_get_confirm (void);
NtRequest *nt_settings_apply_to_request (const NtRequest *request);

G_END_DECLS
