/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/state/state.h"

G_BEGIN_DECLS

/* IFNAMSIZ of the kernel, without the final NUL. */
#define NT_DEVICE_NAME_MAX 15

gboolean nt_device_name_is_valid (const char *name);
char *nt_device_name_derive (const char *display_name);
char *nt_device_name_derive_vlan (const char *device, gint64 vlan);
gboolean nt_device_name_is_taken (const NtState *state, const char *name, const char *except_team);
void nt_device_name_choose (NtTeamSpec *spec, const NtState *state, GPtrArray *reserved);

G_END_DECLS
