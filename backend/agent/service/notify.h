/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void nt_notify (const char *state);
guint nt_notify_start_watchdog (void);

G_END_DECLS
