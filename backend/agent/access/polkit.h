/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backend/agent/access/caller.h"

G_BEGIN_DECLS

/* Access to polkit by D-Bus, if it is installed. */
typedef struct _NtPolkit NtPolkit;

NtPolkit *nt_polkit_new (GDBusConnection *bus);
void nt_polkit_free (NtPolkit *self);
void nt_polkit_check_async (NtPolkit *self,
                            const NtCaller *caller,
                            const char *action,
                            gboolean may_ask,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean nt_polkit_check_finish (GAsyncResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtPolkit, nt_polkit_free)

G_END_DECLS
