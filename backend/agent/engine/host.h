/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/state/state.h"

G_BEGIN_DECLS

NtHost *nt_host_read (gboolean guest_modes);
char *nt_host_read_boot_id (void);

G_END_DECLS
