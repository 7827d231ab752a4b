/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/link/link.h"

G_BEGIN_DECLS

/* Conversion between the filters of a bond and a table of nftables. */

char *nt_nftables_format (const char *bond, const char *members, GError **error);
char *nt_nftables_format_removal (const char *bond);
GPtrArray *nt_nftables_parse (const char *text);

G_END_DECLS
