/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/wire/frame-reader.h"

#include <string.h>

#include "backend/varlink/wire/error.h"

#define CHUNK_SIZE (16 * 1024)

struct _NtFrameReader
{
  GObject parent_instance;

  GInputStream *stream;
  gsize limit;

  GByteArray *buffer; /* received bytes; those before start are consumed */
  gsize start;
  gsize searched; /* there is no NUL before this offset */
  guint8 chunk[CHUNK_SIZE];
};

G_DEFINE_TYPE (NtFrameReader, nt_frame_reader, G_TYPE_OBJECT)

static void read_more (GTask *task);

/* Takes the bytes up to @end out of the buffer, and drops the NUL that follows. */
static GBytes *
take_frame (NtFrameReader *self, gsize end)
{
  GBytes *frame = g_bytes_new (self->buffer->data + self->start, end - self->start);

  self->start = self->searched = end + 1;
  if (self->start == self->buffer->len)
    {
      g_byte_array_unref (self->buffer);
      self->buffer = g_byte_array_new ();
      self->start = self->searched = 0;
    }
  return frame;
}

static GBytes *
find_frame (NtFrameReader *self)
{
  gsize rest = self->buffer->len - self->searched;
  const guint8 *nul = rest > 0 ? memchr (self->buffer->data + self->searched, 0, rest) : NULL;

  if (nul != NULL)
    return take_frame (self, nul - self->buffer->data);

  if (self->start > 0)
    {
      g_byte_array_remove_range (self->buffer, 0, self->start);
      self->start = 0;
    }
  self->searched = self->buffer->len;
  return NULL;
}

/* Completes the task if a whole message has been received, or if it can never be completed. */
static gboolean
try_return (NtFrameReader *self, GTask *task)
{
  g_autoptr (GBytes) frame = find_frame (self);
  gsize size = frame ? g_bytes_get_size (frame) : self->buffer->len;

  if (size > self->limit)
    g_task_return_new_error (task,
                             NT_VARLINK_ERROR,
                             NT_VARLINK_ERROR_TOO_BIG,
                             "A message is longer than %" G_GSIZE_FORMAT " bytes",
                             self->limit);
  else if (frame != NULL)
    g_task_return_pointer (task, g_steal_pointer (&frame), (GDestroyNotify) g_bytes_unref);
  else
    return FALSE;
  return TRUE;
}

static void
return_end (NtFrameReader *self, GTask *task)
{
  if (self->buffer->len == 0)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_new_error (task,
                             NT_VARLINK_ERROR,
                             NT_VARLINK_ERROR_CLOSED,
                             "The connection ended in the middle of a message");
}

static void
nt_frame_reader_finalize (GObject *object)
{
  NtFrameReader *self = NT_FRAME_READER (object);

  g_clear_object (&self->stream);
  g_clear_pointer (&self->buffer, g_byte_array_unref);

  G_OBJECT_CLASS (nt_frame_reader_parent_class)->finalize (object);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  NtFrameReader *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gssize size = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (size < 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (size == 0)
    {
      return_end (self, task);
      return;
    }

  g_byte_array_append (self->buffer, self->chunk, size);
  if (!try_return (self, task))
    read_more (g_steal_pointer (&task));
}

static void
read_more (GTask *task)
{
  NtFrameReader *self = g_task_get_source_object (task);

  g_input_stream_read_async (self->stream,
                             self->chunk,
                             sizeof self->chunk,
                             G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task),
                             read_cb,
                             task);
}

static void
nt_frame_reader_class_init (NtFrameReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_frame_reader_finalize;
}

static void
nt_frame_reader_init (NtFrameReader *self)
{
  self->buffer = g_byte_array_new ();
}

/**
 * nt_frame_reader_new:
 * @limit: the maximum length of a message, in bytes without its NUL
 *
 * Returns: (transfer full): a reader of NUL-terminated messages
 */
NtFrameReader *
nt_frame_reader_new (GInputStream *stream, gsize limit)
{
  NtFrameReader *self = g_object_new (NT_TYPE_FRAME_READER, NULL);

  self->stream = g_object_ref (stream);
  self->limit = limit;
  return self;
}

/**
 * nt_frame_reader_read_async:
 * @self: a reader without a pending read
 * @callback: called when a message is complete
 *
 * Reads the next message.
 */
void
nt_frame_reader_read_async (NtFrameReader *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, nt_frame_reader_read_async);
  if (!try_return (self, task))
    read_more (g_steal_pointer (&task));
}

/**
 * nt_frame_reader_read_finish:
 * @error: %NT_VARLINK_ERROR_TOO_BIG, %NT_VARLINK_ERROR_CLOSED in the middle of a message, or an error of the stream
 *
 * Returns: (transfer full) (nullable): the message without its NUL; %NULL without an error at the end of the stream
 */
GBytes *
nt_frame_reader_read_finish (NtFrameReader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
