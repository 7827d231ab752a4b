/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What /etc/nicteam/agent.conf says. */
typedef struct
{
  gboolean veth_adapters; /* [Agent] VethAdapters: veth, tap and HSR devices stand for physical adapters, as in a laboratory */
  gboolean guest_modes;   /* [Agent] GuestModes: a virtual machine may use all modes */
  gboolean repair;        /* [Agent] Repair: what others change of teams is undone by itself */
  gint64 confirm_seconds; /* [Agent] ConfirmSeconds: how long a change waits for who says nothing of it; 0 = not at all */
} NtSettings;

#define NT_SETTINGS_DEFAULT { .confirm_seconds = 60 }
#define NT_CONFIRM_SECONDS_MAX 86400

gboolean nt_settings_load (NtSettings *self, const char *path, GError **error);

G_END_DECLS
