/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/session.h"

G_BEGIN_DECLS

/* Takes whether a change stays; if not, that was said. */
typedef void (*NtSettledFunc) (NtSession *session, gboolean kept, gpointer user_data);

void nt_session_confirm (NtSession *self, const NtPending *pending, NtSettledFunc func, gpointer user_data);
void nt_session_settle (NtSession *self, const NtPending *pending, NtSettledFunc func, gpointer user_data);

G_END_DECLS
