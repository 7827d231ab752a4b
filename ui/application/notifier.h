/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/servers/server-list.h"

G_BEGIN_DECLS

/* Sends notifications for teams that degrade, fail or recover, if the settings say so. */
#define NT_TYPE_NOTIFIER (nt_notifier_get_type ())
G_DECLARE_FINAL_TYPE (NtNotifier, nt_notifier, NT, NOTIFIER, GObject)

NtNotifier *nt_notifier_new (GApplication *application, NtServerList *servers);

G_END_DECLS
