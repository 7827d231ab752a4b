/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *nt_format_speed (gint64 speed);
char *nt_format_rate (double rate);
char *nt_format_rate_in_bytes (double rate);
char *nt_format_vlan (gint64 vlan);
char *nt_format_time (gint64 time);

G_END_DECLS
