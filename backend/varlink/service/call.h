/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "backend/model/base/record.h"

G_BEGIN_DECLS

#define NT_TYPE_VARLINK_CALL (nt_varlink_call_get_type ())
G_DECLARE_FINAL_TYPE (NtVarlinkCall, nt_varlink_call, NT, VARLINK_CALL, GObject)

/**
 * NtVarlinkMethodFunc:
 * @call: the call; keep a reference to answer it later
 * @user_data: the user data of the interface
 *
 * Runs a method. It must send exactly one final reply to @call, now or later.
 */
typedef void (*NtVarlinkMethodFunc) (NtVarlinkCall *call, gpointer user_data);

const char *nt_varlink_call_get_method (NtVarlinkCall *self);
JsonObject *nt_varlink_call_get_parameters (NtVarlinkCall *self);
gboolean nt_varlink_call_wants_more (NtVarlinkCall *self);
gboolean nt_varlink_call_is_closed (NtVarlinkCall *self);
GCredentials *nt_varlink_call_get_credentials (NtVarlinkCall *self);
GSocket *nt_varlink_call_get_socket (NtVarlinkCall *self);
gint64 nt_varlink_call_get_connected_at (NtVarlinkCall *self);
gpointer nt_varlink_call_get_user_data (NtVarlinkCall *self);
gsize nt_varlink_call_get_pending (NtVarlinkCall *self);

gpointer nt_varlink_call_read (NtVarlinkCall *self, const NtRecordType *type);

void nt_varlink_call_admit (NtVarlinkCall *self);
void nt_varlink_call_reply (NtVarlinkCall *self, JsonObject *parameters);
void nt_varlink_call_reply_continues (NtVarlinkCall *self, JsonObject *parameters);
void nt_varlink_call_reply_error (NtVarlinkCall *self, const char *name, JsonObject *parameters);
void nt_varlink_call_reply_error_string (NtVarlinkCall *self,
                                         const char *name,
                                         const char *member,
                                         const char *value);
void nt_varlink_call_reply_invalid_parameter (NtVarlinkCall *self, const char *field);

G_END_DECLS
