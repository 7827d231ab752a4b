/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/model/history/event.h"

G_BEGIN_DECLS

void nt_event_log_write (const NtEvent *event);

G_END_DECLS
