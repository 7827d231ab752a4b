/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/session.h"

/* How a stream ended. */
typedef struct
{
  NtVarlinkReplyFunc func;
  gpointer user_data;
  GCancellable *cancellable;
  gboolean has_ended;
  NtExit code;
} Stream;

static void
stream_reply_cb (NtVarlinkClient *client, JsonObject *parameters, gpointer user_data)
{
  Stream *stream = user_data;

  stream->func (client, parameters, stream->user_data);
}

static void
stream_end_cb (NtSession *self, JsonObject *reply, const GError *error, gpointer user_data)
{
  Stream *stream = user_data;

  stream->has_ended = TRUE;
  if (error != NULL && !g_cancellable_is_cancelled (stream->cancellable))
    stream->code = nt_session_fail_with (self, error);
}

/**
 * nt_session_stream:
 * @self: the only session of a command
 * @method: a method that takes more
 * @parameters: (nullable): its parameters
 * @func: called with each reply
 * @user_data: for @func
 * @cancellable: ends the stream without an error
 *
 * Waits for the end of a stream.
 *
 * Returns: how it ended, after that was said
 */
NtExit
nt_session_stream (NtSession *self,
                   const char *method,
                   JsonObject *parameters,
                   NtVarlinkReplyFunc func,
                   gpointer user_data,
                   GCancellable *cancellable)
{
  Stream stream = { func, user_data, cancellable, FALSE, NT_EXIT_OK };

  nt_session_follow (self, method, parameters, stream_reply_cb, cancellable, stream_end_cb, &stream);
  while (!stream.has_ended)
    g_main_context_iteration (NULL, TRUE);
  return stream.code;
}
