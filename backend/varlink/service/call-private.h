/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/service/call.h"
#include "backend/varlink/wire/message.h"

G_BEGIN_DECLS

/* Functions of the connection that a call uses. */
typedef struct
{
  void (*send) (gpointer connection, GBytes *frame, gboolean is_last);
  gsize (*get_pending) (gpointer connection);
  GCredentials *(*get_credentials) (gpointer connection);
  GSocket *(*get_socket) (gpointer connection);
  gint64 (*get_connected_at) (gpointer connection);
} NtVarlinkCallTransport;

NtVarlinkCall *nt_varlink_call_new (NtVarlinkCallMessage *message,
                                    const NtVarlinkCallTransport *transport,
                                    gpointer connection);
gsize nt_varlink_call_get_size (NtVarlinkCall *self);
const char *nt_varlink_call_get_invalid_field (NtVarlinkCall *self);
NtVarlinkCallFlags nt_varlink_call_get_flags (NtVarlinkCall *self);
void nt_varlink_call_set_handler (NtVarlinkCall *self, NtVarlinkMethodFunc func, gpointer user_data);
void nt_varlink_call_close (NtVarlinkCall *self);
void nt_varlink_call_emit_drained (NtVarlinkCall *self);

G_END_DECLS
