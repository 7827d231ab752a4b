/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/servers/host-entry.h"

G_BEGIN_DECLS

GPtrArray *nt_host_list_parse (const char *text);

G_END_DECLS
