/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/servers/host-entry.h"

G_BEGIN_DECLS

gboolean nt_inventory_is_section (const char *line);
void nt_inventory_read (GPtrArray *entries, char **lines);

G_END_DECLS
