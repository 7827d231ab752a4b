/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/session.h"

G_BEGIN_DECLS

/* Called when it is known if a change was confirmed; if not, that has been reported. */
typedef void (*NtSettledFunc) (NtSession *session, gboolean confirmed, gpointer user_data);

void nt_session_confirm (NtSession *self, const NtPending *pending, NtSettledFunc func, gpointer user_data);
void nt_session_settle (NtSession *self, const NtPending *pending, NtSettledFunc func, gpointer user_data);

G_END_DECLS
