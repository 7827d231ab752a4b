/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/agent/engine/change.h"
#include "backend/model/state/state.h"

G_BEGIN_DECLS

/* A change that is made, and is undone unless somebody says in time that it did not cut anybody off. */
typedef struct _NtConfirmation NtConfirmation;

/**
 * NtConfirmationFunc:
 * @is_over: whether the time is up; else one second less is left
 * @user_data: what was given with it
 */
typedef void (*NtConfirmationFunc) (gboolean is_over, gpointer user_data);

NtConfirmation *nt_confirmation_new (NtChange *change, NtConfirmationFunc func, gpointer user_data);
void nt_confirmation_free (NtConfirmation *self);
NtChange *nt_confirmation_get_change (NtConfirmation *self);
gboolean nt_confirmation_is (NtConfirmation *self, const char *id);
gboolean nt_confirmation_is_proof (NtConfirmation *self, gint64 connected_at);
NtPending *nt_confirmation_describe (NtConfirmation *self);

G_END_DECLS
