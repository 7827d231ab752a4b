/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define NT_TYPE_VARLINK_CLIENT (nt_varlink_client_get_type ())
G_DECLARE_FINAL_TYPE (NtVarlinkClient, nt_varlink_client, NT, VARLINK_CLIENT, GObject)

/**
 * NtVarlinkReplyFunc:
 * @parameters: (transfer none): the parameters of the reply
 *
 * Called for each reply of a stream except the last one.
 */
typedef void (*NtVarlinkReplyFunc) (NtVarlinkClient *self, JsonObject *parameters, gpointer user_data);

NtVarlinkClient *nt_varlink_client_new (GIOStream *stream);

void nt_varlink_client_call_async (NtVarlinkClient *self,
                                   const char *method,
                                   JsonObject *parameters,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
JsonObject *nt_varlink_client_call_finish (NtVarlinkClient *self, GAsyncResult *result, GError **error);

void nt_varlink_client_stream_async (NtVarlinkClient *self,
                                     const char *method,
                                     JsonObject *parameters,
                                     NtVarlinkReplyFunc reply_func,
                                     gpointer reply_data,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
JsonObject *nt_varlink_client_stream_finish (NtVarlinkClient *self, GAsyncResult *result, GError **error);

gboolean nt_varlink_client_is_closed (NtVarlinkClient *self);
void nt_varlink_client_close (NtVarlinkClient *self);

G_END_DECLS
