/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint nt_backoff_get_delay (guint attempt, double chance);

G_END_DECLS
