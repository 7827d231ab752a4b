/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/varlink/service/call.h"

G_BEGIN_DECLS

#define NT_TYPE_VARLINK_CONNECTION (nt_varlink_connection_get_type ())
G_DECLARE_FINAL_TYPE (NtVarlinkConnection, nt_varlink_connection, NT, VARLINK_CONNECTION, GObject)

/**
 * NtVarlinkConnectionFuncs:
 * @dispatch: runs a call that came in
 * @closed: the connection has ended
 */
typedef struct
{
  void (*dispatch) (NtVarlinkCall *call, gpointer user_data);
  void (*closed) (NtVarlinkConnection *connection, gpointer user_data);
} NtVarlinkConnectionFuncs;

NtVarlinkConnection *
nt_varlink_connection_new (GIOStream *stream, const NtVarlinkConnectionFuncs *funcs, gpointer user_data);
gint64 nt_varlink_connection_get_uid (NtVarlinkConnection *self);
void nt_varlink_connection_start (NtVarlinkConnection *self);
void nt_varlink_connection_close (NtVarlinkConnection *self);

G_END_DECLS
