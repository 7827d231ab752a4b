/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/history/event.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* An event of a server, for list models. */
#define NT_TYPE_EVENT_ITEM (nt_event_item_get_type ())
G_DECLARE_FINAL_TYPE (NtEventItem, nt_event_item, NT, EVENT_ITEM, GObject)

NtEventItem *nt_event_item_new (const char *server, const NtEvent *event);
const NtEvent *nt_event_item_get_event (NtEventItem *self);
char *nt_event_item_to_line (NtEventItem *self);

G_END_DECLS
