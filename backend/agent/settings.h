/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What /etc/nicteam/agent.conf says. */
typedef struct
{
  gboolean veth_adapters; /* [Agent] VethAdapters: a veth stands for a physical adapter, as in a laboratory */
  gboolean guest_modes;   /* [Agent] GuestModes: a virtual machine may use all modes */
} NtSettings;

gboolean nt_settings_load (NtSettings *self, const char *path, GError **error);

G_END_DECLS
