/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Limits the time of the agent that each user can take. */
typedef struct _NtThrottle NtThrottle;

NtThrottle *nt_throttle_new (gint64 burst_ms);
void nt_throttle_free (NtThrottle *self);
gint64 nt_throttle_charge (NtThrottle *self, guint uid, gint64 cost_ms, gint64 now_ms);
guint nt_throttle_get_n_users (NtThrottle *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtThrottle, nt_throttle_free)

G_END_DECLS
