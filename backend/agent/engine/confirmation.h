/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/change.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

/*
 * A change that has been applied, and is rolled back unless a client confirms in time that the server is still
 * reachable.
 */
typedef struct _NtConfirmation NtConfirmation;

/**
 * NtConfirmationFunc:
 * @is_over: %TRUE at the deadline; otherwise another second has passed
 */
typedef void (*NtConfirmationFunc) (gboolean is_over, gpointer user_data);

NtConfirmation *nt_confirmation_new (NtChange *change, NtConfirmationFunc func, gpointer user_data);
void nt_confirmation_free (NtConfirmation *self);
NtChange *nt_confirmation_get_change (NtConfirmation *self);
gboolean nt_confirmation_is (NtConfirmation *self, const char *id);
gboolean nt_confirmation_is_proof (NtConfirmation *self, gint64 connected_at);
NtPending *nt_confirmation_describe (NtConfirmation *self);

G_END_DECLS
