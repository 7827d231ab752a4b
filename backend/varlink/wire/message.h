/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Maximum size of a reply in bytes; for calls see limits.h. */
#define NT_VARLINK_REPLY_LIMIT (16 * 1024 * 1024)

/**
 * NtVarlinkCallFlags:
 * @NT_VARLINK_CALL_DEFAULT: one reply
 * @NT_VARLINK_CALL_ONEWAY: no reply
 * @NT_VARLINK_CALL_MORE: any number of replies
 * @NT_VARLINK_CALL_UPGRADE: the connection switches to another protocol afterwards
 *
 * The kind of reply that a call expects; mutually exclusive.
 */
typedef enum
{
  NT_VARLINK_CALL_DEFAULT = 0,
  NT_VARLINK_CALL_ONEWAY = 1 << 0,
  NT_VARLINK_CALL_MORE = 1 << 1,
  NT_VARLINK_CALL_UPGRADE = 1 << 2,
} NtVarlinkCallFlags;

/**
 * NtVarlinkCallMessage:
 * @method: the full name of the method
 * @parameters: never %NULL
 * @flags: the kind of reply that is expected
 * @invalid_field: (nullable): a parameter that could not be read, see nt_scan()
 * @size: in bytes
 */
typedef struct
{
  char *method;
  JsonObject *parameters;
  NtVarlinkCallFlags flags;
  char *invalid_field;
  gsize size;
} NtVarlinkCallMessage;

/**
 * NtVarlinkReplyMessage:
 * @error: (nullable): the full name of the error
 * @parameters: never %NULL
 * @continues: another reply to the same call follows
 */
typedef struct
{
  char *error;
  JsonObject *parameters;
  gboolean continues;
} NtVarlinkReplyMessage;

NtVarlinkCallMessage *nt_varlink_call_message_parse (GBytes *frame, GError **error);
GBytes *nt_varlink_call_message_build (const char *method, JsonObject *parameters, NtVarlinkCallFlags flags);
void nt_varlink_call_message_free (NtVarlinkCallMessage *self);

NtVarlinkReplyMessage *nt_varlink_reply_message_parse (GBytes *frame, GError **error);
GBytes *nt_varlink_reply_message_build (const char *error, JsonObject *parameters, gboolean continues);
void nt_varlink_reply_message_free (NtVarlinkReplyMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtVarlinkCallMessage, nt_varlink_call_message_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NtVarlinkReplyMessage, nt_varlink_reply_message_free)

G_END_DECLS
