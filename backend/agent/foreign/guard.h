/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/foreign/network-manager.h"

G_BEGIN_DECLS

/* Makes another tool ignore devices: maintains its drop-in file, and makes the tool read it. */
typedef struct _NtGuard NtGuard;

typedef void (*NtGuardFunc) (gpointer user_data);

NtGuard *nt_guard_new (const char *root, NtTool tool, NtGuardFunc changed, gpointer user_data);
void nt_guard_free (NtGuard *self);
void nt_guard_hold (NtGuard *self);
void nt_guard_set_bus (NtGuard *self, GDBusConnection *bus, NtNetworkManager *network_manager);
void nt_guard_resume (NtGuard *self);
const GPtrArray *nt_guard_get_devices (NtGuard *self);
void nt_guard_set_devices (NtGuard *self, const GPtrArray *devices);
void nt_guard_forget_error (NtGuard *self);
gboolean nt_guard_is_busy (NtGuard *self);
const char *nt_guard_get_error (NtGuard *self);

G_END_DECLS
