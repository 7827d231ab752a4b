/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/servers/event-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A list of NtEventItem: the events of one server, oldest first, up to a maximum number. */
#define NT_TYPE_EVENT_HISTORY (nt_event_history_get_type ())
G_DECLARE_FINAL_TYPE (NtEventHistory, nt_event_history, NT, EVENT_HISTORY, GObject)

NtEventHistory *nt_event_history_new (const char *server);
void nt_event_history_append (NtEventHistory *self, const GPtrArray *events);
void nt_event_history_replace (NtEventHistory *self, const GPtrArray *events);

G_END_DECLS
