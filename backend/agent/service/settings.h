/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Settings from /etc/nicteam/agent.conf. */
typedef struct
{
  gboolean veth_adapters; /* [Agent] VethAdapters: use veth, tap and HSR devices as adapters, for laboratories */
  gboolean guest_modes;   /* [Agent] GuestModes: a virtual machine may use all modes */
  gboolean repair;        /* [Agent] Repair: repair drift automatically */
  gint64 confirm_seconds; /* [Agent] ConfirmSeconds: default time for confirming a change; 0 = no confirmation */
} NtSettings;

#define NT_SETTINGS_DEFAULT { .confirm_seconds = 60 }
#define NT_CONFIRM_SECONDS_MAX 86400

gboolean nt_settings_load (NtSettings *self, const char *path, GError **error);

G_END_DECLS
