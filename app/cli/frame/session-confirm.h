/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cli/frame/session.h"

G_BEGIN_DECLS

/* Called when it is known if a change was confirmed; if not, that has been reported. */
typedef void (*NtConfirmedFunc) (NtSession *session, gboolean confirmed, gpointer user_data);

void nt_session_confirm (NtSession *self, const NtPending *pending, NtConfirmedFunc func, gpointer user_data);
void nt_session_finish_change (NtSession *self, const NtPending *pending, NtConfirmedFunc func, gpointer user_data);

G_END_DECLS
