/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/varlink/wire/frame-writer.h"

struct _NtFrameWriter
{
  GObject parent_instance;

  GOutputStream *stream;
  gsize limit;

  GQueue frames; /* of GBytes; the first one is currently being written */
  gsize pending; /* bytes in them */
  GCancellable *cancellable;
};

G_DEFINE_TYPE (NtFrameWriter, nt_frame_writer, G_TYPE_OBJECT)

enum
{
  DRAINED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void write_first (NtFrameWriter *self);

static void
drop_first (NtFrameWriter *self)
{
  g_autoptr (GBytes) frame = g_queue_pop_head (&self->frames);

  self->pending -= g_bytes_get_size (frame);
}

static void
nt_frame_writer_finalize (GObject *object)
{
  NtFrameWriter *self = NT_FRAME_WRITER (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->frames, (GDestroyNotify) g_bytes_unref);

  G_OBJECT_CLASS (nt_frame_writer_parent_class)->finalize (object);
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NtFrameWriter) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    {
      if (!g_cancellable_is_cancelled (self->cancellable))
        g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }

  drop_first (self);
  if (!g_queue_is_empty (&self->frames))
    write_first (self);
  else
    g_signal_emit (self, signals[DRAINED], 0);
}

static void
write_first (NtFrameWriter *self)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (g_queue_peek_head (&self->frames), &size);

  g_output_stream_write_all_async (self->stream,
                                   data,
                                   size,
                                   G_PRIORITY_DEFAULT,
                                   self->cancellable,
                                   write_cb,
                                   g_object_ref (self));
}

static void
nt_frame_writer_class_init (NtFrameWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nt_frame_writer_finalize;

  /**
   * NtFrameWriter::drained:
   *
   * Everything that was queued has been written.
   */
  signals[DRAINED] = g_signal_new ("drained",
                                   NT_TYPE_FRAME_WRITER,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);

  /**
   * NtFrameWriter::failed:
   * @error: a #GError
   *
   * Writing failed; nothing will be written from now on.
   */
  signals[FAILED] = g_signal_new ("failed",
                                  NT_TYPE_FRAME_WRITER,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_ERROR);
}

static void
nt_frame_writer_init (NtFrameWriter *self)
{
  g_queue_init (&self->frames);
  self->cancellable = g_cancellable_new ();
}

/**
 * nt_frame_writer_new:
 * @limit: the number of bytes that may wait before the queue refuses more
 *
 * Returns: (transfer full): an output queue for @stream
 */
NtFrameWriter *
nt_frame_writer_new (GOutputStream *stream, gsize limit)
{
  NtFrameWriter *self = g_object_new (NT_TYPE_FRAME_WRITER, NULL);

  self->stream = g_object_ref (stream);
  self->limit = limit;
  return self;
}

/**
 * nt_frame_writer_write:
 * @frame: a message with its final NUL
 *
 * Queues a message. An empty queue accepts a message of any length.
 *
 * Returns: %FALSE if the peer is so slow that the queue is full
 */
gboolean
nt_frame_writer_write (NtFrameWriter *self, GBytes *frame)
{
  gsize size = g_bytes_get_size (frame);

  if (self->pending > 0 && self->pending + size > self->limit)
    return FALSE;

  g_queue_push_tail (&self->frames, g_bytes_ref (frame));
  self->pending += size;
  if (g_queue_get_length (&self->frames) == 1)
    write_first (self);
  return TRUE;
}

/**
 * nt_frame_writer_get_pending:
 *
 * While this is not zero, the source of a stream should hold back its next message and merge further changes into it,
 * until #NtFrameWriter::drained.
 *
 * Returns: the number of bytes that wait to be written
 */
gsize
nt_frame_writer_get_pending (NtFrameWriter *self)
{
  return self->pending;
}

/**
 * nt_frame_writer_stop:
 *
 * Discards everything that has not been written.
 */
void
nt_frame_writer_stop (NtFrameWriter *self)
{
  g_cancellable_cancel (self->cancellable);
}
